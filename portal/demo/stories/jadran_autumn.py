"""The builder in Split in summer and autumn: noise, neighbours, a wet store and a promise for Christmas."""

from portal.demo.telling import told

STORIES = told(
    "hr",
    """
# 125.2 ante complaint MR-40 | Buka na gradilištu pored škole
+ remedy explanation
Ravnateljica škole prijavila nas je zbog buke. Trebamo dokaz da čekić ne prelazi ono što piše u papirima, i
savjet kako raditi tiše.

0.9 marko takes
1.0 marko says: U prilogu su vrijednosti s ispitivanja. Jeste li mjerili vi ili netko drugi, i na kojoj
udaljenosti?
3.2 ante says, with mjerenje-buke.csv: Mjerio je ovlašteni, evo tablice. Kod ograde je 71,8.
1.8 marko resolves, with vibration.txt: Vaše vrijednosti su u redu i niže od naših. Za tiše: guma ispod
špice, paravan od prešane vune uz ogradu, i rad od 8 do 10 i od 16 do 18. Paravan vam možemo posuditi.
7.0 ante accepts

# 119.3 ivana price_enquiry MD-18 | Paket za novu ekipu: 8 bušilica s opremom
+ quantity 8
+ answer_by +6
Otvaramo osmu ekipu. Što bi nas koštao paket: 8 MD-18, 16 MB-5, 8 MC-4 i kovčezi?

1.2 iva takes
2.2 iva resolves: Komplet izlazi 388,00 € po kompletu, ukupno 3.104,00 €, s besplatnim kovčezima. Isporuka u
tri dana.
10.0 ivana accepts

# 114.1 ivana complaint | Skladište poplavilo, 20 strojeva u vodi
+ remedy explanation
Kiša je ušla u skladište i dvadeset strojeva bilo je pod vodom oko sat vremena. Što smijemo uključiti, a što
ne?

0.2 marko takes
0.3 marko says, 1d: Ništa ne uključujte! Baterije stavite u kutiju na otvorenom, nikako unutra. Po strojeve
sutra dolazimo mi, recite mi samo adresu i sat.
0.6 ivana says: Split, novo skladište, od 7.
20.0 marko notes: Od dvadeset spašeno trinaest, sedam ide u otpis. Baterije sve u otpis.
4.0 marko resolves: Trinaest je suho i ispitano, sedam nije bilo spasa. Za otpis imate zapisnik za
osiguranje, i na zamjenske dajemo 20 %.
11.0 ivana accepts

# 108.4 dino support_request MB-8 | Skladištenje baterija preko ljeta
Zatvaramo dva tjedna. Kako ostaviti pedesetak baterija da ne strada kapacitet?

1.0 marko takes
0.8 marko resolves: Na 40 do 60 %, suho, ispod 25 °C, skinute sa strojeva. Za 14 dana ne trebate ništa više.
3.0 dino accepts

# 102.3 ante complaint MG-125 | Rukavica zapela: zaštita na MG-125 se okrenula
+ serial MG125-11930
+ remedy explanation
Radniku je rukavica zapela jer se štitnik okrenuo. Prošlo je s ogrebotinom. Hoću znati je li to naša greška
ili vaša.

0.3 sue takes
0.6 sue says, 2d: Drago mi je da je samo ogrebotina. Ne koristite ju. Kurir stiže sutra po stroj; radnika,
molim vas, zamolite da opiše što se dogodilo.
1.3 sue asks ferrum sofia, facts product serial, 4d, managers, confidential: Guard of the MG-125: it turned
in use / The guard of a grinder turned during work and somebody was scratched. Please check the clamping band
of this lot today, and treat this as confidential until we know more.
2.0 ante says: Opisao je: stezaljka je bila zategnuta do kraja, a ipak se okrenula.
9.0 sofia says, in ferrum: The band is 0.3 mm too wide in pieces from tool 2. It can turn when warm. 900
pieces, from two weeks. We have stopped the tool.
1.0 sue releases, from The band is 0.3 mm, ours, 2d: Našli smo uzrok: stezaljka je u dijelu serije preširoka
i na toplom popušta. Nije do vas. Zovemo sve kupce te serije, i vama odmah stižu nove.
1.0 marko asks for work by service, for marko, 4d: Letter to all who bought MG-125 of those two weeks
2.0 sue closes lane ferrum
3.0 marko finishes Letter to all as done, en: 214 customers, out since yesterday.
5.0 sue resolves: Nove stezaljke su kod vas, i kupci su obaviješteni. Radniku, molim vas, prenesite ispriku.
Troškove liječnika snosimo mi.
6.0 ante accepts

# 95.2 ivana invoice_question | Kasni obračun kamata
+ invoice 2026-2701
+ concern amount
+ amount 31.18
Zašto nam naplaćujete kamate, kad je uplata bila na dan dospijeća?

1.9 fin takes
3.0 fin resolves: Vaša uplata je zavedena dva dana kasnije jer je sletjela na stari račun. Kamate su
poništene. Na novom IBAN-u toga više nema.
4.0 ivana accepts

# 87.4 ante support_request MJ-140 | Ubodna pila vibrira
+ serial MJ140-2590
Nakon pada MJ-140 vibrira da ruka trne.

1.4 marko takes
0.7 marko says: Provjerite je li potisni valjak još na mjestu, iza lista, i vrti li se.
3.0 ante says: Nema ga. Nestao.
0.5 marko resolves: Šaljem nov valjak i vodilicu, sami ih možete zamijeniti, dva vijka. Bez njega ne radite,
list puca.
7.0 ante accepts

# 80.1 ivana complaint | Vozač odbio istovar
+ remedy explanation
Vozač je rekao da istovar nije njegov posao i paleta je ostala na cesti. Uz plaćenu dostavu do mjesta!

0.7 iva reads
1.4 marko takes
2.3 marko resolves: Tako ne smije biti: istovar je u cijeni, vozač nije znao. Prijevoznik je upozoren i
jučerašnju dostavu ne plaćate. Sljedeći put zovite nas s ceste, odmah.
8.0 ivana accepts

# 72.2 ivana product_request DS-5 | 50 kompleta svrdala za jesenski popis
+ quantity 50
+ needed_by +20
Imate li još akciju na DS-5? Trebamo 50 kompleta.

1.0 iva takes
1.3 iva resolves: Akcija je do petka, 31,00 €. Rezerviram 50 dok ne potvrdite.
1.0 ivana accepts

# 65.3 ante complaint MC-160 | Najam krunske bušilice: dvaput naplaćeno
+ remedy credit
+ amount 210.00
+ currency EUR
Najam MC-160 od 1. do 5. naplaćen je na dva računa. Tražimo povrat 210,00 €.

1.1 sue takes
1.0 fin finishes Check the amount as approved, en: Booked twice by the old rental list.
1.0 sue resolves: Točno, dvaput. Povrat od 210,00 € kreće sutra, a popis najma više se ne vodi ručno.
3.0 ante accepts

# 57.1 dino support_request MI-18 | Udarni odvijač i čelična konstrukcija
Smijemo li s MI-18 stezati visokovrijedne vijke? Momenta ima dovoljno.

0.9 marko takes
0.9 marko resolves: Ne, jer nema kontrole momenta. Za 10.9 vijke treba moment-ključ ili stroj s mjerenjem. S
MI-18 samo prihvat, a dotezanje ključem.
5.0 dino accepts

# 48.4 ivana service_wish | Rezervni dijelovi na vlastitom popisu
+ place Split
+ urgency nice
Volio bi naš skladištar popis dijelova za naše strojeve s vašim brojevima, da ne zove svaki put.

3.2 marko takes
5.0 marko says, ours, 10d: Odlična ideja. Popis radim iz vaših kupnji, trebam tjedan dana.
38.0 marko resolves: Popis s 64 dijela je u vašoj pošti, s cijenama i slikama.
5.0 ivana accepts

# 39.2 ante support_request | Umjeravanje dinamometara
Umjeravate li i dinamometarske ključeve koje nismo kupili kod vas?

2.5 marko takes
1.0 marko resolves refused: Ne, za to nemamo ovlaštenje. Ovlašteni laboratorij u Zagrebu radi to za oko 45 €,
broj vam šaljem.
7.0 ante accepts

# 30.3 ivana complaint MB-5 | Baterija ispala s brusilice na visini
+ serial MB5-2609-771
+ remedy explanation
S trećeg kata ispala je MB-5 i pala na skelu, nikoga nije pogodila. Zapornik ne drži. Ako takvih ima više,
hoćemo ih van.

0.3 marko takes
0.5 marko says, 2d: Dobro da nikoga nije pogodila. Na stroju i bateriji tražim dvije slike: jezičak sprijeda
i utor. Do tada na visini samo baterije s ovjesom.
2.2 ante says, with kabel.jpg: Slike. Jezičak je zaobljen.
1.0 marko asks borealis tomas, facts product serial, with kabel.jpg, 3d, until 25d: Latch of the MB-5: edge
is round instead of square / A pack fell off a machine on a scaffold; the edge of the latch is round. Please
send us the drawing of that edge and check the lot, and how many have left like this.
0.5 marko says, ours, 8d: Tražimo objašnjenje od proizvođača. Do srijede vam šaljem ovjesne trake za sve
baterije na visini, besplatno.
6.0 tomas reads
16.0 tomas says, in borealis: The tool for the latch was polished by mistake in September. 4,300 packs, of
which 2,900 have left. We deliver 3,000 new latches; changing takes two minutes and no tool.
1.0 marko asks for approval by service, for sue, 3d: Replace 2,900 latches in the field, with a leaflet
4.0 sue finishes Replace 2,900 as approved, en: Yes. Marketing writes the leaflet this week.
1.0 marko releases, from The tool for the latch, ours, 9d: Uzrok je alat koji je krivo obrađen: rub zapornika
je zaobljen. Mijenjamo sve, kod vas kolega dolazi za deset dana, traje dvije minute po bateriji.
1.0 mia reads
8.0 ivana says: Ovjesi su stigli, hvala. Čekamo termin.
1.0 marko closes lane borealis
6.0 marko says, ours, 8d: Termin potvrđen: četvrtak 8 sati, kod portirnice. Kolega ih mijenja svih devedeset.

# 21.4 ivana price_enquiry | Ugovor o održavanju za 60 strojeva
+ quantity 60
+ answer_by +14
Koliko stoji godišnji ugovor za 60 strojeva, s dva pregleda i zamjenskim strojem dok se popravlja?

2.0 iva takes
2.5 iva asks for approval by finance, for fin, 4d: 1,860 a year for 60 machines, loan machines included
16.0 fin finishes 1,860 a year as approved, en: Only if loans are limited to three at a time.
1.2 iva resolves: 1.860,00 € godišnje, s najviše tri zamjenska stroja odjednom. Ugovor šaljem na potpis.
20.0 ivana reopens: Direktor traži cijenu bez zamjenskih strojeva, i rok od dvije godine.
2.0 iva says, ours, 4d: Preračunavam, do petka vam šaljem obje varijante.

# 11.2 ante support_request ML-50 | ML-50 pokazuje krivo na staklu
Mjeri se kroz prozor i dobije se metar manje. Je li uređaj neispravan?

1.0 marko takes
0.9 marko resolves: Nije, staklo odbija dio zrake. Mjerite uz otvoren prozor ili zalijepite papir na staklo.

# 6.4 dino complaint | Isporučene rukavice umjesto filtara
+ remedy replacement
+ serial otpremnica 77318
Naručili smo filtre, stiglo je dvjesto pari rukavica.

1.1 marko takes
1.0 marko says, ours, 3d: Oprostite, zamijenjene su dvije police. Filtri kreću danas; po rukavice vozač
dolazi u četvrtak.

# 2.1 ivana invoice_question | Račun za prosinac 2025. još nije stigao
+ invoice nepoznat
+ concern copy
Zatvaramo godinu i nema računa za tri pile iz prosinca. Bez njega ne možemo u knjige.

1.4 fin takes
1.0 fin says: Kojeg su dana preuzete, i tko je potpisao?

# 0.6 ante support_request MR-40 | Prsten za brtvljenje, kat. broj
Trebam broj brtve prednje glave za MR-40 iz 2022., i ima li je na skladištu?
""",
)
