"""What the partners in Split and Ljubljana asked earlier in the year, and still do."""

from portal.demo.telling import told

STORIES = told(
    "",
    """
# 244.1 pavel price_enquiry | Conditions for the new year
+ answer_by +10
Before we print our list: do the discounts of last year stay, and is there anything for demonstration
machines?

1.4 sal takes
4.0 sal resolves: They stay. New is 35 % on two demonstration machines of each group a year, if they stand
where customers can touch them.
8.0 pavel accepts

# 236.2 petra support_request MG-125 | Spare part numbers changed over the holidays
Half of the part numbers in my order are unknown to your system since January. Was there a change?

0.9 marko takes
1.0 marko resolves: Yes, and nobody told you: all brushes and switches have a new number. A list old to new
is in your mail, and the old numbers work until summer, from noon today.
6.0 petra accepts

# 219.1 nina complaint | Reklamne majice umjesto brtvi
+ remedy replacement
U vrećici s oznakom brtvi bilo je dvanaest majica. Lijepe su, ali ne brtve.

0.6 marko takes
0.8 marko resolves, hr: Zamijenila se etiketa u marketingu i skladištu. Brtve kreću danas, majice zadržite.
4.0 nina accepts

# 205.4 pavel complaint MR-26 | Customer threatens with a lawyer over a hammer
+ serial MR26-2571
+ remedy replacement
+ end_customer a hotel in Trogir
A hotel has had its MR-26 repaired three times and now writes through a lawyer. I would like to give them a
new one today and settle it between us.

0.3 sue takes
0.5 sue says, ours, 2d: Give it to them today. I write the letter that goes with it, you only have to hand it
over. Send me all three repair sheets, please.
3.0 pavel says: Sheets sent. The hotel is content, the lawyer too.
6.0 marko notes: Three times the same switch, and three times we did not ask why. Salt water in the store of
the hotel.
2.0 sue resolves: A new MR-26 is booked to your account at nothing. And please tell the hotel to keep it out
of the pool house: the salt had eaten three switches.
6.0 pavel accepts

# 189.2 petra product_request MS-165 | Ten saws for a do-it-yourself fair
+ quantity 10
+ needed_by +14
Ten MS-165 with a display of four for the fair in Celje.

1.2 iva takes
1.0 iva hands over to marketing, en: The display is Mia's; the ten saws are reserved.
3.0 mia resolves: The display is built and goes with the ten saws on Tuesday. Leaflets in Slovene I have only
for the older model; I sent them so that you can decide.
7.0 petra accepts

# 173.3 nina invoice_question | Obračun popusta na kraju kvartala
+ invoice C-2026-Q1
+ concern amount
U obračunu nedostaju dvije otpremnice iz veljače.

1.6 fin takes
1.0 fin resolves, hr: Točno, bile su knjižene na stari ugovor. Novi obračun je u pošti, u vašu korist 148,00
€.
5.0 nina accepts

# 162.1 petra support_request MT-216 | Which language of manual for Slovenia and Austria together?
One of my dealers sells on both sides of the border. May I put both manuals in the box?

1.0 sue gives to marko
0.7 marko resolves: You may and should. Here are both as files; printed ones in any mix from 50 pieces.
3.0 petra accepts

# 147.4 pavel complaint MB-5 | Twenty-two packs with a sticker over the date
+ remedy explanation
On twenty-two packs a white sticker covers the date. Under it is a date of two years ago. What do I tell my
customers?

0.4 sue takes
0.7 sue asks borealis tomas, facts product, 2d: Stickers over the date of 22 packs / On twenty-two MB-5 from
your last pallet the date is covered with a white sticker; below it is a date two years old. Who put it
there, and what is in the packs?
0.6 sue says, ours, 3d: Please sell none of them. I want to know that too, today.
8.0 tomas says, in borealis: It was us, and it was wrong. The cells are new, the shells were made two years
ago and stored empty. The sticker should have carried the date of filling and came out blank.
1.0 sue releases, from The cells are new, 4d: The cells are new. The shells are two years old and were stored
empty; the sticker should have had the date of filling and was blank. You may sell them with the letter in
your mail, or send them back, whatever you prefer.
1.0 sue closes lane borealis
9.0 pavel says: I send them back. I can't explain a sticker, with or without a letter.
1.0 sue resolves: I understand, and would do the same. Twenty-two new ones are on the way.
4.0 pavel accepts

# 134.2 nina service_wish | Obuka za popravak MV-30
+ place Split
+ urgency nice
Kupci donose usisavače, a mi ih ne smijemo otvarati. Postoji li obuka za mjerenje prašine?

2.0 marko takes
5.0 marko resolves, hr: Postoji: dva dana u Zagrebu, zadnji tjedan u svibnju. Mjerač vam možemo iznajmiti.
Držim dva mjesta.
6.0 nina accepts

# 123.4 petra price_enquiry MC-160 | A core drill for a rental dealer
+ quantity 2
+ end_customer a rental yard in Maribor
Two MC-160 for a rental yard. They ask whether you buy back after three years.

1.8 sal takes
3.0 sal says: We have never done it through a dealer. How many holes a year do they expect?
6.0 petra says: About 700 each.
40.0 sal resolves no_answer: I asked twice for the rental contract they would use and heard nothing; I close
this so that the price does not stand open. Write to me when they are ready.

# 113.4 pavel support_request | Wi-Fi of the MC-6 in a hotel cellar
The station needs the network for the log. In a hotel cellar there is none. Can it wait?

0.8 marko resolves: It keeps 30 days by itself, and sends them when it sees a network. Carry it upstairs once
a month.
2.0 pavel accepts

# 86.1 petra complaint | Our end customer was written to by you
+ remedy explanation
+ only managers
A customer I have had for nine years got a leaflet from your marketing with a price below mine. I would like
to hear how that came about.

0.3 sue takes
0.4 sue hands over to marketing, en: A partner's customer was written to directly. Please answer today, in
person.
1.5 mia says, ours, 3d: I have just seen the list: it was bought, and nobody took your customers out of it. I
ring you at two.
12.0 mia asks for approval by sales, for sal, 2d: Petra's customer keeps the leaflet price until spring, at
our cost
5.0 sal finishes Petra's customer as approved, en: And no more bought lists in Slovenia.
1.0 mia resolves: As we said on the phone: your customer gets that price from you, we pay the difference
until spring, and no bought lists any more where we have partners. I am sorry, it was my mistake.
10.0 petra accepts

# 68.4 nina product_request MD-12 | 12 malih bušilica za dostavu na otoke
+ quantity 12
+ needed_by +9
Dvanaest MD-12 do petka, brod ide subotom.

0.7 iva takes
0.6 iva resolves, hr: Kreću danas, u Splitu su u četvrtak.
5.0 nina accepts

# 45.2 pavel complaint MR-40 | The price on your site is below our purchase price
+ remedy explanation
Since Monday your shop shows the MR-40 for less than I pay for it. Three customers have shown it to me on
their phones.

0.5 sue hands over to sales, en: The shop sells the MR-40 below the partner's price. Sal please.
1.0 sal takes
0.9 sal says, ours, 2d: It was a test that nobody ended. It is off since ten minutes. What it cost you I
would like to hear, with names.
14.0 pavel says: Two sold at your price so that they stay mine: 96.00 in all.
1.0 sal resolves: 96.00 are on your account. Tests of prices now end by themselves on the same evening.
7.0 pavel accepts

# 26.3 petra invoice_question | Bonus for the third quarter
+ invoice bonus Q3
+ concern amount
+ amount 820.00
By our count the bonus of the third quarter is 820.00, your statement says 640.00.

3.0 fin takes
5.0 fin says: I have everything but the two orders of 29 September. They arrived on 1 October. Do we count
orders or deliveries? The contract can be read both ways.
7.0 petra says: Last year it was orders.
4.0 fin asks for approval by sales, for sal, 5d: Bonus by orders, not by deliveries: 180.00 more for the
third quarter

# 9.1 nina support_request MC-6 | Punionica pokazuje krivo vrijeme
Nakon zimskog računanja vremena punionica kasni sat, i izvještaj je pomaknut.

1.0 marko takes
0.8 marko resolves, hr: Zna se: u izborniku 7 uključite "ljetno vrijeme automatski". Stari zapisi ostaju
pomaknuti.

# 5.1 petra complaint MI-18 | Twelve impact drivers without their screws
+ remedy replacement
+ serial MI18-2610
Twelve MI-18 came without the four housing screws. The halves hold by the label.

0.6 sue takes
0.8 sue asks ferrum sofia, facts product serial, 2d: MI-18 halves without screws, lot 2610 / Twelve machines
of lot 2610 came without the four screws of housing 3320. You mount these halves. How could they leave, and
how many more are there?
0.5 sue says, ours, 5d: Please keep all twelve. New ones leave tomorrow, and I am asking the plant.
7.0 sofia reads

# 1.4 pavel product_request MR-40 | Eight combination hammers before Christmas
+ quantity 8
+ needed_by +20
+ end_customer a tunnel contractor near Knin
Eight MR-40, delivered before Christmas to a contractor of mine. Two with long chisels.
""",
)
