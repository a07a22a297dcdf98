"""The joiners near Osijek in summer and autumn: a fair, a late pallet, two cases that were one."""

from portal.demo.telling import told

STORIES = told(
    "hr",
    """
# 128.4 zeljko support_request MV-30 | Filtar usisavača puše prašinu natrag
+ serial MV30-0688
Kad se ugasi, iz MV-30 izađe oblačić prašine. Radnik kašlje.

0.8 marko takes
0.9 marko says: Je li vibriranje filtra uključeno? To je sklopka straga, s tri položaja.
2.0 zeljko says: Bilo je na nuli. Radnik to nije znao.
0.3 marko resolves: Stavite na A i neka nakon gašenja radi deset sekundi. Objesite papir na stroj, nije on
jedini.
2.0 zeljko accepts

# 118.3 zeljko product_request MG-125 | Deset MG-125 za montažu
+ quantity 10
+ needed_by +15
Deset MG-125 s brzim stezanjem, ako takve imate.

0.9 iva takes
1.3 iva says: Imamo, doplata 11,00 €. Sve deset, ili pet i pet?
3.0 zeljko says: Svih deset.
0.8 iva resolves: Svih deset kreće u četvrtak, otpremnica 77140.
5.0 zeljko accepts

# 112.2 marija invoice_question | Račun bez broja narudžbe
+ invoice 2026-2199
+ concern other
Veći kupci vraćaju nam vaše račune jer na njima nema našeg broja narudžbe. Može li se to dodati?

2.0 fin takes
2.0 fin resolves: Može: pri narudžbi upišite "vaš broj", pa stoji i na računu. Stare ne možemo mijenjati, ali
za te imate prateći dopis.
3.0 marija accepts

# 105.1 zeljko complaint MX-150 | Baterija u paketu s brusilicom na kabel
+ remedy explanation
U paketu s MX-150 bila je i nečija baterija MB-5. Naša nije, ali poklonu se u zube ne gleda?

0.9 marko takes
0.6 marko resolves: Lijepo od vas što ste javili. Zadržite je, kod nas je već otpisana kao izgubljena.
Ubuduće pri pakiranju brojimo naglas.
2.0 zeljko accepts

# 97.3 marija product_request BS-25 | Nagrade za sajam: 40 kompleta s našim imenom
+ quantity 40
+ needed_by +25
+ preference naš znak na kutiji
Na sajmu dijelimo 40 kompleta nastavaka. Možete li otisnuti naše ime na kutiju?

1.5 iva takes
2.0 iva asks for work by marketing, for mia, 4d: Print on 40 boxes of BS-25: price and days
11.0 mia finishes Print on 40 boxes as done, en: 1.10 a box in one colour, five days.
0.8 iva says, 4d: Možemo, 1,10 € po kutiji u jednoj boji. Pošaljete li nam znak kao crtež?
5.0 marija says: Poslala sam. Boja je tamnozelena.
1.0 iva resolves: Hvala, sve kreće za pet dana. Neka sajam bude dobar!
16.0 marija accepts

# 90.2 zeljko complaint | Paleta kasnila devet dana
+ remedy credit
+ amount 240.00
+ currency EUR
Paleta koja je trebala doći 4. stigla je 13. Dva radnika nisu imala s čime raditi. Tražimo 240,00 €.

0.9 sue gives to marko
1.2 marko says, ours, 4d: Vidim u praćenju: šest dana je stajala u Budimpešti, iako je trebala preko Zagreba.
Provjeravam iznos s financijama.
6.0 fin finishes Check the amount as approved, en: The carrier misrouted it and pays half.
1.0 marko resolves: Priznajemo 240,00 €, bez komentara. Prijevoznik je platio pola.
8.0 zeljko says: Uredno. Hvala.
0.5 marko resolves: Hvala vama na strpljenju.
1.0 zeljko accepts

# 82.1 zeljko support_request MX-150 | Podloga se otkvačila (drugi put)
Opet se otkvačila podloga, ista brusilica kao u svibnju.

0.5 marko takes
0.4 marko resolves duplicate: Ovo je ista stvar kao vaš upit od prekjučer o trošenju podloge. Nastavljam
ondje, da priča ostane na jednom mjestu.

# 84.4 zeljko support_request MX-150 | Trošenje podloge na brusilici
+ serial MX-54188
Podloga traje pola onoga što je prije trajala. Isti posao, isti ljudi.

1.1 marko takes
1.0 marko says: Pošaljite mi, molim, jednu staru i jednu novu. Imate li staru s drugim brojem?
14.0 zeljko says: Poslano jutros. Stara je s brojem 11, nova s brojem 14.
14.0 marko resolves: Smjesa je promijenjena, mekša je i brže se troši. Vraćamo broj 11 za vaš tip posla, 30
komada kreće danas.
6.0 zeljko accepts

# 67.1 marija service_wish | Odvoz starih baterija
+ place Osijek
+ urgency often
Nakupilo se četrdesetak starih baterija, a komunalno ih ne prima.

2.2 marko takes
3.0 marko resolves: Šaljemo kutiju za opasnu robu s adresom i kurira, besplatno. Kutija se puni do crte, ne
preko.
3.0 marija accepts

# 59.3 zeljko price_enquiry MT-216 | Zamjena staroga za novo: rabat?
+ quantity 1
Imamo dvije MT-216 iz 2021. Dajete li nešto za staro na novo?

1.7 iva takes
2.2 iva resolves: 40,00 € po stroju, bez obzira na stanje, do kraja godine. Donesite ih kod našeg partnera u
Osijeku.
5.0 zeljko accepts

# 51.4 marija invoice_question | Dugujemo li nešto? Dopis odvjetnika
+ concern other
+ invoice 2025-6621
Stigao je dopis odvjetnika da dugujemo 1.210,00 € za 2025-6621. Mi smo to platili u veljači i imamo izvod.

0.6 fin takes
1.1 fin says, ours, 2d: Ovo ne bi smjelo otići. Provjeravam danas s odvjetnikom, a vi molim ne plaćajte
ništa.
8.0 fin notes: Uplata je knjižena na drugog kupca istog imena. Poništeno, odvjetniku javljeno.
1.0 fin resolves: Uplata je bila kod nas, samo na krivom kontu. Opomena je povučena pismeno i troškove
odvjetnika snosimo mi. Oprostite na strahu.
5.0 marija says: Hvala, samo neka nema drugog pisma.
0.4 fin resolves: Neće ga biti, imate moju riječ.
1.0 marija accepts

# 42.2 zeljko support_request MD-12 | Duljina svrdla u kompletu DS-5
Koliko je dugačko svrdlo od 6 mm iz DS-5? Treba mi 160.

0.6 marko resolves withdrawn: Naše je 110. Od 160 imate zasebno, 4,20 €.

# 32.1 zeljko complaint MS-190 | Otkazao kabel odmah na ulazu
+ serial MS190-2591
+ remedy repair
Kabel na ulazu u stroj pukao za četiri mjeseca. Ista stvar na dvije pile.

1.0 marko takes
1.1 marko says: Kako ih nosite, za kabel ili za ručku? Slika ulaza bi mi pomogla.
2.0 zeljko says, with kabel.jpg: Za kabel. Ne ja, ali da.
0.8 marko asks ferrum sofia, as boot, facts product, with kabel.jpg, 5d: Cord boot of the MS-190: torn at the
entry in four months / The cord tears where the rubber boot ends. Would a longer boot with a stiffer root be
possible without a new tool?
0.5 marko resolves: Popravljam obje u jamstvu, i molim: ne za kabel. Istodobno pitamo za jaču uvodnicu.
9.0 zeljko reopens: Vratile se popravljene, ali jedna iskri u prekidaču.
1.0 marko says, 2d: Odmah je pošaljite natrag, kurir stiže sutra. Zamjenska je na putu.
8.0 sofia says, in boot: A stiffer boot is possible, the tool can be changed in three weeks. Price for the
change 1,450.00.
1.0 marko asks for approval by service, for sue, 4d: 1,450.00 for a stiffer cord boot, MS-190
6.0 sue finishes 1,450.00 as approved, en: Agreed, half of all our cord repairs are this.

# 23.2 zeljko product_request MR-26 | Tri MR-26 za posao u Vukovaru
+ quantity 3
+ needed_by +18
Tri MR-26 s komplet svrdlima.

0.8 iva takes
0.7 iva resolves: Sve na lageru, kreće sutra, otpremnica 77261.
5.0 zeljko accepts

# 16.4 marija support_request | Potvrda o jamstvu za natječaj
Za natječaj Hrvatskih šuma traže potvrdu da su strojevi u jamstvu. Do petka.

1.0 marko takes
1.2 marko resolves: Potvrda s popisom strojeva i datumima isteka upravo vam je otišla mailom, a original ide
poštom. Sretno na natječaju!
4.0 marija accepts

# 12.4 zeljko complaint MT-216 | Vodilica koja se ne vraća
+ serial MT216-2588
+ remedy repair
Vodilica zapinje na pola hoda, i ne vraća se sama.

1.1 marko takes
1.0 marko says: Je li ležaj čist od strugotina? Ispuhnite i pogledajte ima li zareza na cijevi.
9.0 zeljko says: Zarez dugačak centimetar, na dnu.
1.2 marko says, ours, 6d: Onda je cijev. Naručujem je, kod nas je za pet dana. Pila do tada radi, samo je
vratite rukom.

# 5.3 marija invoice_question | Dupla dostava, jedan račun
+ invoice 2026-4802
+ concern amount
Dva puta je stigla ista roba, a račun jedan. Vratiti ili naplatiti?

1.3 fin takes
2.0 fin says, 4d: Hvala na poštenju. Što vam je draže: vozač u četvrtak po drugu pošiljku, ili račun s 15 %
popusta?

# 1.2 zeljko price_enquiry MV-30 | Cijena za drugi usisavač
+ quantity 1
+ answer_by +5
Koliko za još jedan MV-30, s istim popustom kao prošli?

# 0.7 marija complaint | Vaš vozač izgrebao vrata
+ remedy credit
+ amount 380.00
+ currency EUR
Vozač je jutros paletom izgrebao dvorišna vrata, ostavio mi je broj na papiriću. Popravak je 380 €.
""",
)
