"""What the construction company in Austria and its people in Zagreb asked earlier in the year."""

from portal.demo.telling import told

STORIES = told(
    "",
    """
# 232.2 carla complaint MR-40 | Handle of the MR-40 ices up on the glacier site
+ serial MR40-2577
+ remedy explanation
At minus eighteen the damped handle of the MR-40 freezes solid and the vibration goes straight into the arms.
Two people have refused to work with it, rightly.

0.9 marko takes
1.2 marko says: They are right. Does it loosen when the machine has been in the container for an hour, and is
there ice in the gap or only stiff rubber?
4.0 carla says: No ice, only stiff.
1.5 marko asks ferrum sofia, facts product, 5d: Rubber of the handle joint 7012: stiff at −18 °C / The
damping joint 7012 gets as hard as wood at −18 °C. Which mixture is it, and is there one for cold?
0.4 marko says, ours, 7d: Stiff rubber it is. I am asking for a joint of another mixture.
20.0 sofia says, in ferrum: It is our standard mixture, good to −10. There is one for −30 which we use for
snow ploughs. Forty joints could be there in eight days.
1.0 marko releases, from There is one for −30, ours, 8d: There is a mixture for −30 °C. Forty joints are
ordered; you get twelve of them as soon as they are here.
0.5 marko says, in ferrum, ours: Please send the forty. We pay for these.
50.0 marko closes lane ferrum
2.0 marko resolves: The twelve are in the post. Changing one takes four screws; please tell me in a month
what your people say.
8.0 carla accepts

# 222.3 nina@alpina invoice_question | Kopija otpremnice za gradilište Žitnjak
+ invoice 2026-0290
+ concern copy
Nedostaje nam otpremnica uz račun 2026-0290, a bez nje voditelj ne potpisuje.

1.1 fin takes
0.9 fin resolves, hr, with guia.jpg: U prilogu, s potpisom vašeg portira.
3.0 nina@alpina accepts

# 210.1 carla price_enquiry MC-160 | Three core drills for a power station
+ quantity 3
+ answer_by +8
Three MC-160 with stands for 18 months. Buy, or rent with an option?

1.5 sal takes
2.2 sal resolves: Rent with an option: 96.00 a week each, and half of what you have paid counts when you buy.
After about 30 weeks buying from the start is cheaper.
7.0 carla accepts

# 202.2 nina@alpina support_request MP-1200 | Lopatica za estrih, koja?
Za samonivelirajući estrih trebamo lopaticu bez mjehurića. Koja ide na MP-1200?

1.0 marko takes
0.6 marko resolves, hr: Diskasta, oznaka MP-D140. Miješati odozgo, na drugoj brzini, i ne vaditi je dok se
vrti.
2.0 nina@alpina accepts

# 188.4 carla complaint | Invoice sent to a site that closed in autumn
+ remedy explanation
Four invoices went to a container that isn't there any more. The reminders, however, found us.

0.8 sue hands over to finance, en: Four invoices to a closed site. Yours, I think.
2.0 fin takes
1.4 fin resolves: All four went out again to Innsbruck with a new date, and the reminders are withdrawn.
Sites now end in our books on the day you tell us.
6.0 carla accepts

# 177.1 carla product_request MG-230 | Twelve MG-230 for steel fixers, site abroad
+ quantity 12
+ needed_by +20
Twelve MG-230 to Bolzano. Italian inspectors want the manual in Italian with each machine.

1.1 iva takes
1.3 iva resolves: Twelve with an Italian manual in each case, Bolzano on Thursday. The declaration of
conformity is in Italian too.
9.0 carla accepts

# 164.2 nina@alpina support_request ML-360 | Umjeravanje lasera s potvrdom
+ serial ML360-0733
Investitor traži potvrdu o umjeravanju staru najviše šest mjeseci. Radite li to i koliko traje?

1.5 marko takes
2.0 marko asks lumen petra, 5d, until 20d: Calibration of one ML-360 with a certificate / Could your bench
calibrate one ML-360 this week, with a certificate for an investor, and at what price?
0.4 marko says, hr, ours, 6d: Radi se kod partnera s klupom. Javljam termin ovaj tjedan.
10.0 petra says, in lumen: Thursday, 65.00, certificate the same day.
0.7 marko releases, hr, from certificate the same day, 4d: Može u četvrtak, 65,00 €, potvrda isti dan.
Pošaljite laser do srijede, ili dođe kurir.
0.3 marko says, in lumen, 5d: Good, it is with you on Wednesday.
3.0 nina@alpina says: Kurir, molim.
16.0 petra says, in lumen: Done, it was 1.1 mm off at ten metres, now 0.2. The certificate is in the case.
1.0 marko closes lane lumen
1.0 marko resolves, hr: Laser se vraća sutra s potvrdom: bio je 1,1 mm izvan, sada je 0,2.
5.0 nina@alpina accepts

# 155.3 carla support_request | Who may repair machines with a class M extractor?
Our electrician is allowed to open grinders. May he also open the MV-30?

1.2 marko resolves: The electric part yes, the filter part no: after opening it has to be tested for dust,
which takes a bench. Everything above the clamp is his, everything below is ours.
3.0 carla accepts

# 142.3 carla complaint MB-8 | Packs delivered empty on the morning of a shutdown
+ remedy credit
+ amount 960.00
+ currency EUR
Forty packs for the shutdown of a cable car came at ten percent. It took us until noon to charge them, with a
crew of six standing by. 960.00 for half a day.

0.4 sue takes
0.9 sue asks borealis tomas, facts product, 2d: Packs at 10 % on delivery / Forty packs reached a customer at
about 10 %, ours usually come at 30. What was the state of charge when they left you?
0.5 sue says, ours, 4d: That was not what you ordered. I am finding out where the charge went, and finance
has your amount.
7.0 tomas says, in borealis: They left at 30 %, the log says. In your lorry it was two weeks: a pack with the
radio chip loses ten percent a week. We can switch the chip to sleep before shipping.
2.0 sue asks for work by service, for marko, 5d: Packs with a radio chip: sleep before they leave us
5.0 fin finishes Check the amount as approved, en: Two weeks on our lorry is our doing.
1.0 sue releases, from They left at 30, ours, 3d: The packs lose charge by a small radio in them, and they
had been on our lorry for two weeks. Your 960.00 are credited. From next week the radio sleeps until the
first charge.
1.0 sue closes lane borealis
9.0 marko finishes Packs with a radio chip as done, en: A magnet on the pallet does it.
3.0 sue resolves: The credit note is in the post. And if something starts at a fixed hour again, tell us the
hour: then somebody looks at the lamps before loading.
6.0 carla accepts

# 131.1 nina@alpina product_request | Dozatori vode za krunske bušilice
+ quantity 4
+ needed_by +12
Trebaju nam četiri ručne pumpe za vodu, za MC-160, tamo gdje nema priključka.

1.0 iva takes
1.1 iva resolves, hr: Četiri pumpe od 10 litara kreću sutra, brtve za zimu su u vrećici.
6.0 nina@alpina accepts

# 120.2 carla price_enquiry | Price list in our own article numbers
+ answer_by +15
Could you give us your prices with our article numbers in a column? We order 140 items.

2.0 sal takes
9.0 sal resolves: Here it is, 138 of the 140 with a number. Two we could not find: 40 118 and 40 277; what
are they?
5.0 carla reopens: 40 118 are hearing protectors, 40 277 doesn't exist, sorry.
2.0 sal resolves: Then 139 of 139. The list is renewed each January.
4.0 carla accepts

# 107.3 carla support_request MS-190 | Smell of burnt varnish after an hour
+ serial MS190-2599
One MS-190 smells after an hour of ripping oak. Nothing smokes.

0.9 marko takes
0.8 marko says: Feel the cord near the plug after half an hour: warm or hot? And is it on a drum?
2.0 carla says: Hot, and yes, on a drum, not unrolled.
0.4 marko resolves: Then unroll it all, 50 metres rolled up carry a third of it. The saw got too little
voltage and heated itself. It is fine.
3.0 carla accepts

# 91.1 nina@alpina complaint MD-18 | Torba za alat bez ruba
+ remedy replacement
Tri kutije, u sve tri torbe nedostaje metalni rub.

1.0 marko takes
0.8 marko resolves, hr: Rubovi su ostali na traci, šaljemo šest, s tri u rezervi. Oprostite.
4.0 nina@alpina accepts

# 77.4 carla support_request MC-6 | Charging station in a container at 45 degrees
The container gets to 45 degrees, the stations switch off at noon. Is there a fan kit?

0.8 marko takes
1.0 marko resolves: There is none; what helps is shade and a grille on both ends, for about 30 euros of tin.
Above 40 the packs refuse by themselves, which is right.
5.0 carla accepts

# 64.1 carla complaint | Rude note on a returned machine
+ remedy explanation
+ about_person yes
+ only managers
A drill came back from your workshop with a note "learn to read the manual". My mechanic found it and was
hurt, and he was not even the one who had it.

0.4 sue takes
0.8 sue says, ours, 3d: So would I be. I know the handwriting and I will talk to him today, alone.
7.0 sue resolves: He is ashamed, and his letter to your mechanic is in the post, written by hand and not
dictated by me. Thank you for writing to me and not about us.
8.0 carla says: The letter came. It is all right now.
1.0 sue resolves: Thank you.
1.0 carla accepts

# 50.1 carla product_request MV-30 | Six extractors after the winter break
+ quantity 6
+ needed_by +60
Six MV-30, but not before the second week of January, we are closed.

1.0 iva takes
0.7 iva says, ours, 60d: Noted for the 12th of January at the price of today. I remind you a week before.
""",
)
