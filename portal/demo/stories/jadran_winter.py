"""What a builder in Split asked in winter and spring: machines in salt air, invoices, certificates."""

from portal.demo.telling import told

STORIES = told(
    "hr",
    """
# 242.2 ivana price_enquiry MG-230 | Ponuda za 15 brusilica MG-230 i 10 usisavača
+ quantity 15
+ answer_by +8
Poštovani, molimo ponudu za 15 MG-230 i 10 MV-30 za gradilišta u Splitu i Zadru. Plaćanje 30 dana, isporuka
na dva mjesta.

1.1 iva takes
2.4 iva resolves: Poštovana, 15 MG-230 po 168,00 € i 10 MV-30 po 472,00 €, obje isporuke uključene u cijenu.
Ponuda vrijedi do kraja mjeseca. Ako uzmete usisavače sada, filtri za prvu godinu idu besplatno.
9.0 ivana accepts

# 237.3 ivana product_request MV-30 | Narudžba: 10 MV-30, isporuka Split 6 i Zadar 4
+ quantity 10
+ needed_by +14
Prema ponudi naručujemo 10 usisavača MV-30. Šest u skladište Split, četiri na gradilište Zadar, kod
portirnice.

0.8 iva takes
1.0 iva says, ours, 7d: Hvala! Split ide u utorak, Zadar u srijedu ujutro. Filtri putuju zajedno s njima.
32.0 ante says: Zadar stigao, četiri komada, sve u redu.
6.0 ivana says: I Split. Na otpremnici piše pet, ali ih je šest, ispravite molim vas.
1.0 iva resolves: Ispravljeno, nova otpremnica je u vašoj pošti. Hvala na poštenju.
4.0 ivana accepts

# 233.1 ante support_request MR-40 | MR-40 ne udara kad je hladno
+ serial MR40-2214
Ujutro na minusu čekić prvih deset minuta samo vrti, a onda počne udarati. Je li to kvar?

0.9 marko takes
1.0 marko resolves: Nije kvar, mast se na hladnoći stvrdne. Pustite ga dvije minute u prazno, bez pritiska.
Ako vam to svako jutro smeta, imamo zimsku mast, šaljem dvije tube.
7.0 ante accepts

# 228.4 dino support_request | Popis strojeva za redovni servis
U prilogu je popis. Koji od njih moraju na servis ove godine, a koji mogu čekati?

1.5 marko takes
0.6 dino says, with popis-strojeva.csv: Zaboravio sam prilog, evo ga.
3.0 marko resolves: MR40-2214 i usisavač odmah, brusilica do ljeta, ostalo iduće godine. Ako pošaljete sve
tri stvari u jednoj paleti, prijevoz je naš.
6.0 dino accepts

# 221.0 ivana invoice_question | Račun 2026-0287: krivi OIB
+ invoice 2026-0287
+ concern other
Na računu je OIB naše stare tvrtke, koja je pripojena prije godinu dana. Trebamo ispravak prije predaje
PDV-a.

1.2 fin takes
2.0 fin resolves: Storniran je i izdan novi, 2026-0311, s novim OIB-om. Stari smo podatak izbrisali iz
kartice.
5.0 ivana accepts

# 214.3 ante complaint MV-30 | Usisavač ne prolazi mjerenje prašine
+ serial MV30-0702
+ remedy repair
Zaštita na radu mjerila je jučer i MV-30 propušta. Zatvorili su nam radove dok ne riješimo.

0.3 marko takes
0.4 marko says, 1d: Zovem vas za pet minuta. Pitanje unaprijed: kad je zadnji put mijenjan glavni filtar, ne
vrećica nego filtar iza nje?
0.8 ante says: Iskreno, nikad.
0.5 marko asks adriatic pavel nina, facts product, hr, 1d, until 20d: MV-30 na gradilištu u Zadru: novi
filtar i mjerenje / Usisavač ne prolazi mjerenje, filtar nikad nije mijenjan. Možete li sutra s novim filtrom
i mjeračem u Zadar? Inspekcija čeka zapisnik.
1.2 pavel says, in adriatic, hr: Možemo, u 8 smo na portirnici. Nosimo i brtvu.
0.3 marko releases, from u 8 smo na portirnici, ours, 2d: Sutra u 8 dolazi serviser našeg partnera s filtrom,
brtvom i mjeračem. Zapisnik dobijete na licu mjesta.
10.0 pavel says, in adriatic, hr: Gotovo, mjerenje 0,06 %, granica je 0,1. Zapisnik sam dao voditelju i
slikao ga.
1.0 marko closes lane adriatic
1.0 ante says: Radovi opet idu. Hvala, spasili ste nam tjedan.
0.5 marko resolves: Drago mi je. Filtar se mijenja jednom godišnje, javit ćemo vam se mi.
3.0 ante accepts

# 207.2 dino product_request MB-5 | 16 baterija MB-5 za Split
+ quantity 16
+ needed_by +7
Treba nam 16 MB-5, stare više ne drže ni sat vremena.

1.0 iva takes
1.2 iva resolves: Imamo ih u Zagrebu, u Splitu su u petak. Stare pošaljite natrag istim kombijem, zbrinjavamo
ih besplatno.
8.0 dino accepts

# 199.4 ante support_request | Otpornost na sol: strojevi na rivi
Radimo metar od mora i strojevi rđaju oko vijaka. Postoji li što osim brisanja?

1.4 marko takes
1.1 marko resolves: Postoji zaštitni sprej koji koristimo na platformama, ali ne na ručkama ni na kontaktima
baterija. Šaljem dvije boce. Navečer slatka voda na krpu, pa sprej. I ne u plastične kofere dok su mokri.
4.0 ante accepts

# 192.1 ivana complaint | Ponuda stigla tek kad smo već kupili drugdje
+ remedy explanation
Tražili smo ponudu za 40 bušilica 3. u mjesecu, stigla je 14., a mi smo kupili drugdje jer nismo mogli
čekati. Zašto toliko dugo?

1.6 sue takes
2.0 sue hands over to sales, en: An offer took eleven days. They bought elsewhere. Sales should answer that,
not me.
3.0 sal takes
2.0 sal says, ours, 3d: Ne mogu to uljepšati: ponuda je ležala tri dana jer je kolega bio na godišnjem, a
nije imao zamjenu. Javim vam što smo promijenili.
20.0 sal resolves: Od ponedjeljka svaka ponuda koja stoji dulje od jednog dana ide meni. Ako vam se ponovi,
pišite ravno meni. I oprostite.
6.0 ivana accepts

# 185.3 ante complaint MP-1200 | Miješalica se gasi usred miješanja
+ serial MP12-1180
+ remedy repair
Stane nakon dvije minute, pa radi opet nakon pet. Beton mi se stvrdne u kanti.

0.7 marko takes
0.7 marko says: To je toplinska zaštita. Je li lopatica oblijepljena, i koliko litara miješate odjednom?
1.6 ante says: Oko 80 litara.
0.4 marko resolves: Previše je, granica je 65. S 80 se motor pregrije, a zaštita radi točno ono što treba. Za
80 litara imate MP-1800, ali ga ne držimo na lageru.
6.0 ante accepts

# 178.2 ivana service_wish | Servis vikendom tijekom betoniranja
+ place Split
+ urgency often
Betoniramo subotom i kad nešto stane, nemamo koga zvati do ponedjeljka. Postoji li dežurni broj, makar uz
naplatu?

3.0 sue takes
6.0 sue asks adriatic pavel, 7d, until 20d: Saturday stand-by for a builder in Split, spring / Could your
workshop keep one person on call on Saturdays from March to June, and at what price per call? It is one site,
twenty minutes from yours.
12.0 pavel says, in adriatic: Saturdays yes, Sundays no. 90.00 a call plus the repair, and a flat rate of
60.00 a month whether it rings or not.
1.5 sue closes lane adriatic
2.0 sue resolves: Možemo subotom od ožujka do lipnja preko našeg partnera: 90,00 € po izlasku, uz 60,00 €
mjesečno paušala. Nedjeljom ne. Ako vam odgovara, broj vam šaljem poštom.
9.0 ivana says: Odgovara, kreće od idućeg vikenda?
0.6 sue resolves: Da, od ove subote u 7.
4.0 ivana accepts

# 170.0 dino complaint | Krivo zapakirano: u kutiji alat za drugoga
+ remedy replacement
U paketu s našim imenom bila je roba za neku tvrtku iz Osijeka. Naše nema.

0.5 marko gives to marko
0.6 marko resolves: Zamjena paketa na sortiranju, drugi kupac je javio isto. Vozač sutra uzima krivi i donosi
vaš, ne trebate ništa spremati.
12.0 dino accepts

# 163.4 ante support_request MC-160 | Kruna za armirani beton 32 mm armature
Kojom krunom kroz armaturu 32 mm? Prošla je ostala bez segmenata.

1.3 marko takes
1.0 marko resolves: Za 32 mm armature traži se kruna s mekšom vezom, MC160-B, i pritisak koliko drži ruka, ne
tijelo. S vodom bar 1,5 litre u minuti. Krunu šaljem, segmenti su otpali jer je bila pretvrda.
10.0 ante accepts

# 156.1 ivana invoice_question | Popust za plaćanje prije dospijeća
+ concern terms
+ invoice 2026-1120
Imamo li skonto ako plaćamo u 8 dana? Knjigovođa misli da imamo.

2.8 fin takes
1.4 fin resolves: Imate: 2 % u roku od 8 dana, na sve račune osim akcijskih. Na 2026-1120 možete odbiti 2 %.
3.0 ivana accepts

# 148.3 ante support_request | Potvrda o sigurnosnoj obuci za inspekciju
Trebamo potvrdu da je vaš čovjek obučio 12 naših radnika prošli tjedan, za inspekciju rada.

1.0 marko takes
0.9 marko resolves, with zapisnik.txt: U prilogu, s imenima i potpisima. Ako inspektor pita za trajanje, bilo
je četiri sata.
2.0 ante accepts

# 140.2 ivana product_request MT-216 | Dva gera za stolarsku ekipu
+ quantity 2
+ needed_by +21
Trebaju nam dvije MT-216 sa stalcima, ali prije narudžbe: imaju li vaše laser ili samo sjenu?

1.1 iva takes
1.2 iva says: Sjenu, s LED svjetlom. Po našem iskustvu na suncu je vidljivija od lasera. Želite li jednu na
probu?
4.0 ivana says: Da, jednu na tjedan dana.
1.0 iva says, ours, 12d: Dogovoreno, u četvrtak je kod vas.
44.0 ivana says: Zadržavamo je i uzimamo drugu. Sjena je stvarno bolja.
1.2 iva resolves: Druga kreće sutra. Probnu vam računamo s 5 % popusta.
4.0 ivana accepts

# 133.4 dino support_request CH-13 | Stezna glava CH-13 klima
Na dva mandrila prihvat ima zračnost. Je li to u normi?

0.8 marko takes
1.0 marko resolves: Do 0,15 mm je u redu. Ako osjetite rukom, više nije. Stegnite vijak iznutra lijevim
navojem, 12 Nm. Ako i dalje klima, zamjena.
5.0 dino accepts
""",
)
