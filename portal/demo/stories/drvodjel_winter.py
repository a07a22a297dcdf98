"""What joiners near Osijek asked in winter and spring: dust, blades, and a machine for the school."""

from portal.demo.telling import told

STORIES = told(
    "hr",
    """
# 240.2 zeljko price_enquiry MT-216 | Geri za stolariju: MT-216 ili nešto veće?
+ quantity 3
+ answer_by +10
Stolarija smo s devet ljudi. Kupovali bismo tri gera. Koji je od vaših za masivni hrast 60 mm, i koliko stoji
za tri?

1.0 iva takes
2.1 iva says: MT-216 reže 65 mm, ali hrast iz dana u dan za nju je previše. Mogu vam jednu poslati na probu,
deset dana. Bi li to išlo?
6.0 zeljko says: Išlo bi. Mi imamo i uzorak hrasta, tri godine sušenog.
1.0 iva says, ours, 14d: Stiže u srijedu, i list za hrast od 48 zubi.
58.0 zeljko says: Reže uredno, samo je vrućina na motoru. Za sitne poslove da, za hrast ne.
1.0 iva resolves: Hvala na iskrenosti. Onda tri za sitno po 339,00 €, a za hrast vam preporučam stacionarnu,
koju ne radimo.
5.0 zeljko accepts

# 235.1 zeljko product_request MT-216 | Narudžba: tri MT-216
+ quantity 3
+ needed_by +8
Naručujemo tri prema ponudi, adresa radionice u Tenji.

0.9 iva takes
1.0 iva resolves: Kreću u ponedjeljak, dostava 77002.
14.0 marija accepts

# 227.2 marija invoice_question | Račun na pogrešnu adresu
+ invoice 2026-0259
+ concern other
Račun je stigao na adresu mog šefa kod kuće. Može li na radionicu?

1.7 fin takes
0.8 fin resolves: Adresa je promijenjena, a račun 2026-0259 poslan na novu.
2.0 marija accepts

# 220.1 zeljko support_request MX-150 | Krugovi nakon brušenja
+ serial MX-54188
Nakon lakiranja vide se sitni krugovi, kao od brusilice. Brusimo 150, pa 220.

1.0 marko takes
1.2 marko says: Idete li s 150 na 220 bez 180? I je li papir istog proizvođača?
2.2 zeljko says: Bez 180. Papir je onaj jeftini.
0.6 marko resolves: Dodajte 180 i probajte naše papire, šaljem po deset. I brusilicu ne pritiskati: krug
ostaje kad se stroj uspori.
16.0 zeljko says: Nestali su. Ništa se ne vidi. Uzimamo paket od tisuću.
0.7 marko resolves: Ovo prosljeđujem prodaji, javit će vam cijenu.
2.0 zeljko accepts

# 213.4 marija complaint | Dostava navečer bez najave
+ remedy explanation
Jučer u 19:40 vozač je zvonio na vrata moje kuće. Nisam radno vrijeme, i to s paletom.

1.2 sue gives to marko
1.2 marko resolves: Ispričavam se. U karton vašeg kupca upisano je: samo radionica, 7 do 15 sati. Vozač
sljedeći put mora zvati.
5.0 marija accepts

# 205.3 zeljko complaint MS-190 | Kružna pila pali se sama kad se ukopča
+ serial MS190-2577
+ remedy replacement
Kad se ukopča utikač, pila krene sama. Prekidač je u položaju isključeno. Sklonili smo je.

0.3 marko takes
0.3 marko says, 1d: Nemojte je više ukopčati. Kurir dolazi sutra. Zamjena kreće danas.
15.0 marko notes: Kontakti su zavareni od strujnog udara, nema kvara u mehanici.
1.0 marko resolves: Kontakti prekidača su se zavarili, vjerojatno grmljavina. Imate novu; i preporučam
prenaponsku zaštitu u radionici. Ovo nije trebalo puknuti tako, proslijedio sam razvoju.
8.0 zeljko accepts

# 198.3 marija service_wish | Najam usisavača za veće poslove
+ place Osijek
+ urgency often
Četiri puta godišnje imamo posao od tjedan dana i jedan usisavač premalo. Iznajmljujete li?

2.8 marko takes
3.0 marko says, 3d: Za sada samo kupcima u Zagrebu. U kojim tjednima biste ga trebali, i koliko dana?
5.0 marija says: Ožujak, lipanj, rujan i studeni, po pet dana.
25.0 marko resolves: Dogovorio sam s partnerom: dva MV-30 stoje u Slavonskom Brodu, 18,00 € dnevno. Broj vam
je u pošti.
6.0 marija accepts

# 190.4 zeljko product_request MS-165 | Aku pila za ugradnju na terenu
+ quantity 2
+ needed_by +10
Dvije MS-165, uz to dvije MB-5 i jedan punjač.

0.9 iva takes
0.7 iva resolves: Ima na lageru, sutra kreće. Uz to vam stavljam vodilicu, oprostite da smo s njom kasnili
prošli put.
5.0 zeljko accepts

# 183.1 zeljko support_request MX-150 | Zamjena podloge na brusilici
Kojom je stranom podloga okrenuta? Nova ne sjeda.

1.1 marko takes
0.6 marko resolves: Četiri rupe gledaju prema ventilatoru. Malo masti na ležaj, a vijak ima lijevi navoj, 8
Nm.
2.0 zeljko accepts

# 175.2 marija invoice_question | Ponuda u kunama iz 2022.
+ concern other
+ invoice 2022-3310
Pronašla sam vašu ponudu iz 2022. u kunama. Možemo li još po njoj, preračunato?

2.0 fin takes
3.0 fin hands over to sales, en: Somebody wants to order on an offer of 2022. Prices are yours.
2.0 iva takes
1.0 iva resolves refused: Nažalost ne, te cijene su prestale vrijediti pred godinama. Ali na nove vam dajem 8
%, kao stalnom kupcu.
3.0 marija accepts

# 167.3 zeljko complaint MB-5 | Kvar: tri baterije iz iste kutije prazne
+ serial MB5-2601-118 do 120
+ remedy replacement
Iz kutije od deset, tri se ne pune. Punjač treperi narančasto.

0.6 marko takes
0.8 marko asks borealis tomas, facts product serial, 3d: MB-5: three of ten do not charge, lamp orange /
Three packs of one box do not charge, the lamp is orange. They left your house six weeks ago. Please tell us
the self-discharge of that lot.
0.4 marko says, ours, 5d: Šaljem tri nove danas. Stare, molim, u kutiju i na paletu, čekamo objašnjenje.
11.0 tomas says, in borealis: The lot is fine; the three were stored discharged below 2.4 V for months in our
own warehouse, at the back of a rack. We exchange them and check the rack.
1.0 marko closes lane borealis
1.2 marko resolves: Baterije su predugo stajale prazne, pa se nisu dale napuniti. Nove ste dobili, a kod nas
se sada redovito provjeravaju.
6.0 zeljko accepts

# 159.2 marija price_enquiry | Rabat za školsku radionicu
+ answer_by +9
Osnovna škola pita može li kod nas naručiti pet bušilica s našim rabatom. Smijemo li to?

1.2 iva takes
1.8 iva resolves: Za školu imamo poseban cjenik, bolji je i od vašeg. Neka mi se javi ravnateljica, a vama
zahvaljujem na preporuci.
7.0 marija accepts

# 153.3 zeljko support_request MD-18 | Odvijanje slomljenog vijka
Slomio mi se vijak u vratima. Imate li što za odvrtanje lijevim navojem s MD-18?

0.8 marko resolves: Imamo set za odvijanje M3 do M8 koji ide u CH-13: kreće rotacijom ulijevo, 2. brzina,
sasvim polako. Nemojte s udarom.
4.0 zeljko accepts

# 144.1 zeljko complaint MT-216 | Sjena na rezu nije točna
+ serial MT216-2588
+ remedy repair
LED sjena pokazuje 1 mm lijevo od reza.

1.0 marko takes
1.0 marko resolves: Postoji vijak na lampi, ispod gumice. Okrenite za četvrt kruga udesno. Kad sjedne, kap
laka na vijak.
6.0 zeljko accepts

# 136.3 marija complaint | Katalog u kojem nema cijena
+ remedy explanation
Dobili smo katalog, ali u njemu nema nijedne cijene. Kupac stoji pred pultom i pita, a ja nemam što reći.

2.0 mia takes
1.6 mia resolves: Katalog tiskamo jednom godišnje, a cijene se mijenjaju. Šaljem vam cjenik na A3 za iza
pulta i adresu s cijenama za danas. Zamjerka je potpuno na mjestu.
5.0 marija accepts
""",
)
