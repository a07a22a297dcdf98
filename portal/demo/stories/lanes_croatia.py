"""Long cases of the customers in Croatia, with partners and suppliers in lanes of their own, and new ones."""

from portal.demo.telling import told

STORIES = told(
    "hr",
    """
# 168.1 ivana service_wish | Servis na otocima bez slanja na kopno
+ place Brač, Hvar
+ urgency often
Na otocima imamo tri gradilišta i svaki kvar znači dan trajekta. Može li serviser doći jednom mjesečno?

2.5 marko takes
3.0 marko asks adriatic pavel nina, as split, hr, 6d, until 40d: Servisni dan na Braču i Hvaru jednom
mjesečno / Kupac ima tri gradilišta na otocima. Biste li jednom mjesečno odradili servisni dan, s kombijem, i
po kojoj cijeni?
0.4 marko asks lumen petra, as other, 6d, until 25d: A service day on two islands, once a month / Could you
spare a mechanic for one day a month on two Dalmatian islands, from April to October, and at what price?
0.4 marko says, ours, 10d: Dobra ideja. Pitam dvije radionice i javljam cijenu za dva tjedna.
14.0 petra says, in other: Too far for us, two days with the ferry. I would have to ask for 900 a month.
6.0 pavel says, in split, hr: Može, zadnji četvrtak u mjesecu: 320 € s trajektom i do šest strojeva, svaki
idući 25 €.
1.0 marko closes lane other
1.0 marko releases, from zadnji četvrtak, 6d: Može: zadnji četvrtak u mjesecu, od travnja do listopada,
320,00 € po danu s trajektom, do šest strojeva. Odgovara li vam?
7.0 ivana says: Odgovara, počnimo u travnju.
0.8 marko says, in split, hr, ours: Prihvatili su, počinjemo u travnju. Hvala!
2.0 marko closes lane split
1.0 marko resolves: Dogovoreno do listopada. Dan prije dolaska voditelji dobiju poruku s trajektom i satom.
5.0 ivana accepts

# 127.3 ante complaint MC-160 | Stup bušilice popustio na zidu
+ serial MC160-0377
+ remedy explanation
Stup se odvojio od zida usred bušenja i bušilica je pala s metra visine. Nitko nije stajao ispod. Sidro je
bilo naše, stup vaš.

0.3 marko takes
0.4 marko says, 2d: Hvala Bogu da nikog nije bilo. Ne dirajte sidro ni ploču, slikajte ih tako kako jesu.
Sutra dolazi netko od naših.
1.4 ante says, with flange.jpg: Evo slike. Ploča je pukla oko utora.
0.8 marko asks adriatic pavel, as site, hr, facts product serial, 1d, until 15d: Pregled stupa na gradilištu
u Zadru / Stup krunske bušilice popustio je na zidu. Možete li sutra pogledati ploču i sidro, slikati i
izmjeriti moment vijaka, prije nego što se išta makne?
0.4 marko asks ferrum sofia, as plate, facts product serial, with flange.jpg, 5d: Base plate 6120 of the core
drill stand: cracked at the slot / A base plate 6120 cracked at the slot while drilling. Was anything changed
in the casting since spring, and at which force does the plate give way in your test?
9.0 pavel says, in site, hr: Sidro je dobro, moment 40 Nm. Ploča je pukla na mjestu gdje je u odljevku bio
mjehur, vidi se tamna točka.
10.0 sofia says, in plate: The dark point is a pore of 4 mm. We have X-rayed 60 pieces: two more have one,
both of the 14th. Everything of that day is blocked here; 31 plates are with you.
1.0 marko releases, from The dark point, ours, 6d: Uzrok je mjehur u odljevku ploče, dakle naša, a ne vaša
greška. Sidro je bilo ispravno i pravilno stegnuto. Nova ploča i pregled bušilice su besplatni, a sve ploče
toga dana povlačimo.
0.5 marko closes lane site
1.0 marko asks for work by service, for marko, 3d: 31 base plates of the 14th: find and exchange
14.0 marko finishes 31 base plates as done, en: 28 in store, three with customers, all exchanged.
1.0 marko closes lane plate
7.0 ante says: Ploča je stigla, bušimo. Hvala što niste svalili na sidro.
0.6 marko resolves: Nismo imali što svaliti. Sretan rad!
2.0 ante accepts

# 99.2 dino support_request MB-5 | Kako označiti koja je baterija čija
Pet ekipa, sto baterija, i svi tvrde da su njihove nove.

0.9 marko resolves: Imamo prstenove u pet boja koji se navuku ispod zapornika, 0,40 € komad. Za prvih sto ih
šaljemo besplatno, da se prestane svađati.
3.0 dino accepts

# 76.2 zeljko complaint MT-216 | Poskupljenje nakon potvrde narudžbe
+ remedy explanation
Narudžba potvrđena po 339, račun po 359. Razlika nije velika, ali riječ je riječ.

0.6 sue hands over to sales, en: Confirmed at 339, invoiced at 359. Ours to mend.
1.2 iva takes
0.8 iva resolves: Riječ je riječ: računamo 339,00 €, a razliku smo već odobrili. Cjenik se promijenio
navečer, a program nije pitao za potvrde. Popravljeno.
4.0 zeljko accepts

# 61.4 ivana complaint MP-1200 | Tri miješalice, tri različite brzine
+ serial MP12-1301 do 1303
+ remedy replacement
Tri nove MP-1200, a svaka vrti drukčije. Majstori se svađaju oko najbrže.

0.8 marko takes
1.0 marko says: Pošaljite mi, molim, oznaku s male naljepnice ispod ručke: E2 ili E3?
2.0 ante says: Dvije E2, jedna E3.
0.6 marko resolves: E3 je nova elektronika, 15 % brža, i nismo je smjeli miješati u istu isporuku. Dvije E2
mijenjamo za E3, da budu jednake.
16.0 ante reopens: Stigle su. Sada su dvije nove brže od treće, koja je isto E3!
0.8 marko says, ours, 3d: Sad je i meni smiješno. Sutra dolazi kolega s mjeračem i podesi sve tri.
9.0 marko resolves: Sve tri su na 610 okretaja, s plombom. Hvala na strpljenju i na humoru.
3.0 ante accepts

# 47.4 zeljko price_enquiry MV-30 | Odsis za cijelu radionicu
+ quantity 1
+ answer_by +20
Možete li projektirati odsis za devet strojeva, cijevi i ventilator?

1.6 iva takes
2.0 iva says: Mi ne, ali partner u Ljubljani radi takve odsise za stolarije. Smijem li ga pitati, bez vašeg
imena?
4.0 zeljko says: Samo pitajte.
1.0 iva asks lumen petra, facts product, 6d, until 30d: Extraction for a joinery with nine machines / A
joinery of ours wants an extraction for nine machines. Could you plan and build it, and roughly for how much?
0.3 iva says, ours, 12d: Pitala sam, javim za dva tjedna.
30.0 petra says, in lumen: We could, 14,000 to 17,000 without the outlet through the wall. I would need the
floor plan and a day there.
1.0 iva releases, from 14,000 to 17,000, 10d: Okvirno 14.000 do 17.000 €, bez proboja zida. Trebali bi tlocrt
i dan kod vas. Želite li da dođu?
60.0 iva says, 10d: Samo podsjećam: ponuda za odsis čeka vašu riječ. Zatvaram na proljeće ako se ne javite.

# 33.4 ivana complaint MR-40 | Serviser tražio gotovinu na gradilištu
+ remedy explanation
+ about_person yes
+ only managers
Čovjek koji je došao popraviti čekić tražio je 50 € na ruke "da ide brže". Imamo ime i sat.

0.2 marko gives to sue
0.2 sue seals, en: Money asked for on a site, by somebody who came in our name.
0.4 sue says, ours, 8d: Hvala što ste javili. Čita samo odjel servisa i koga ja imenujem. Zovem vas danas.
0.6 sue lets in fin
9.0 sue notes, en: He is not ours nor our partner's: he heard of the job at the harbour and put on one of our
caps.
6.0 fin notes, en: No order, no van of ours that day. A case for the police, if they want.
1.0 sue resolves: Taj čovjek nije naš ni partnerov: predstavio se kapom. Prijavili smo ga, a vi od danas
dobivate ime i sliku servisera dan prije dolaska.
6.0 ivana accepts

# 25.2 dino complaint MB-2 | Stare baterije vraćene umjesto novih
+ remedy replacement
+ serial povrat 26/088
Poslali smo devet baterija na zamjenu, vratile su se iste, oprane.

0.8 marko takes
1.1 marko says, ours, 3d: Oprane? Vidim da su prošle kroz čišćenje, a ne kroz zamjenu. Nove kreću danas,
stare zadržite dok ne vidimo tko je to potpisao.
11.0 marko resolves: Devet novih je kod vas. Naljepnice za povrat i za čišćenje bile su iste boje; više nisu.

# 15.3 zeljko service_wish | Brušenje listova u dva dana
+ place Osijek
+ urgency now
Listove nam brusi čovjek kojem treba tri tjedna. Kad biste vi to radili u dva dana, prebacili bismo sve k
vama.

2.0 marko takes
3.0 marko asks adriatic nina, hr, 6d, until 40d: Brušenje listova za stolariju, oko 60 mjesečno / Možete li
brusiti šezdesetak HM listova mjesečno, u dva dana po primitku, i po kojoj cijeni po zubu?
0.4 marko says, ours, 12d: Kod nas nema brusilice za listove, ali pitam partnera koji je ima. Javljam cijenu
po zubu.
16.0 nina says, in adriatic, hr: Možemo od siječnja, stiže nam novi stroj. 0,09 € po zubu, preuzimanje
utorkom.
9.0 marko notes: Ako potvrde siječanj, nudim mu od 15.

# 7.1 ante complaint MG-230 | Disk se raspao, kaciga spasila
+ serial disk lot 4402
+ remedy explanation
Rezni disk na MG-230 raspao se kod starta, komad je udario u kacigu. Disk nije bio naš ni vaš, ali stroj
jest. Treba nam vaše mišljenje do petka za inspekciju.

0.3 marko takes
0.4 marko says, 1d: Najvažnije: radnik je dobro? Pošaljite broj okretaja s diska i je li štitnik bio na
mjestu.
1.0 ante says, with discos.jpg: Dobro je. Na disku piše 5.100, štitnik je bio.
0.7 sue notes, en: A disc for 5,100 on a machine of 6,600. That explains it, but he wants it in writing for
the inspector.
1.0 marko says, ours, 4d: Disk je za 5.100 okretaja, a stroj ima 6.600: to je uzrok. Mišljenje s potpisom
imate do četvrtka u podne.

# 4.2 ivana price_enquiry MC-160 | Najam dvije krunske za tri mjeseca
+ quantity 2
+ answer_by +6
Siječanj do ožujka, Split. Najam s krunama ili bez?

1.1 iva takes
2.0 iva says: Bez kruna 92,00 € tjedno po komadu. Krune ovise o betonu: koliko rupa i koji promjer?

# 3.1 marija complaint MX-150 | Zaboravljena brusilica na popravku od rujna
+ remedy repair
+ serial MX-54190
Brusilica je kod vas od 11. rujna. Nitko ne zna gdje je.

1.0 sue gives to marko
0.8 marko asks for work by front-desk, for iva, 1d: Find MX-54190 in the incoming goods of September
0.5 marko says, ours, 3d: Tražim je danas osobno. Ako je ne nađem do petka, dobivate novu.

# 0.5 dino product_request CH-13 | Stezne glave, deset komada, hitno
+ quantity 10
+ needed_by +2
Deset CH-13 do prekosutra, inače stojimo s gipsom.

# 0.15 marija support_request MC-4 | Punjač ne svijetli
Punjač MC-4 ne svijetli ni s jednom baterijom. Utičnica je ispravna, probala sam s lampom.

# 88.1 zeljko price_enquiry MC-6 | Punionica za dvadeset baterija
+ quantity 1
+ answer_by +8
Imate li nešto veće od MC-6, za dvadeset baterija odjednom?

1.1 iva takes
1.0 iva says: Nemamo, ali četiri MC-6 na zajedničkom nosaču rade isto. Kolikim je osiguračem osigurana
utičnica?
50.0 iva resolves no_answer: Nisam dobila odgovor, pa zatvaram da vam ne stoji na popisu. Četiri komada s
nosačem bila bi 1.590,00 €.

# 57.3 dino complaint MD-18 | Bušilica puna vode na povratu
+ serial MD18-41007
+ remedy replacement
Bušilica više ne radi, a u jamstvu je. Tražim novu.

1.0 marko takes
1.2 marko says: Pošaljite je, pogledat ćemo. Zna li se što se dogodilo?
16.0 marko resolves refused: U kućištu je bila morska voda do ležaja, pa jamstvo ne vrijedi. Popravak bi
stajao više od nove; novu vam dajem po nabavnoj, 148,00 €.
9.0 dino says: Pala je s pontona, priznajem. Uzet ćemo novu.
0.5 marko resolves refused: Hvala na iskrenosti, kreće danas.
3.0 dino accepts
""",
)
