"""More long cases and those of these weeks, in English: what they take, and how some end."""

from portal.demo.telling import told

STORIES = told(
    "",
    """
# 150.2 emma complaint MV-30 | Extractors fail the dust test in a hospital
+ serial MV30-1020 to 1025
+ remedy credit
+ amount 1710.00
+ currency EUR
Six MV-30 failed the dust test of a hospital we are fitting. We rented class H for nine days, 1,710.00. The
seals look as if cut with scissors.

0.3 sue takes
0.6 sue says, ours, 4d: Six of one row is no chance. I have them fetched tomorrow; yours will be others the
day after. The amount is with finance.
0.8 sue asks ferrum sofia, as seal, facts product serial, 3d: Seal of the extractor lid, 8118: cut by hand? /
Six lids have a seal 8118 with ragged ends, as if cut by hand. How was it cut in that week?
0.4 sue asks lumen petra, as test, 3d, until 20d: Six extractors: a dust test tomorrow, with a record / Could
your bench test six MV-30 tomorrow, with a record a hospital accepts?
7.0 sofia says, in seal: The cutter was in repair for two days and somebody cut by hand. 140 seals. It was
not allowed and will not happen again; we send 140.
6.0 petra says, in test: All six fail as they came and pass with a straight seal. Records are on the way.
1.0 sue releases, from somebody cut by hand, ours, 4d: You saw right: for two days the seals were cut by
hand. With a straight seal all six pass; the record of the test is on its way to you, for the hospital.
5.0 fin finishes Check the amount as approved, en: Charged on in full.
1.0 sue closes lane seal
0.3 sue closes lane test
2.0 sue resolves: 1,710.00 are credited, and the six are back with new seals and a record each. Thank you for
the remark about the scissors, it saved us a week.
7.0 emma accepts

# 121.4 bruno price_enquiry MX-150 | Price for 200 pads a quarter
+ quantity 800
+ answer_by +10
We would like 200 pads for the MX-150 each quarter, on call.

1.0 sal takes
2.0 sal says: With the hook side we have now, or the harder one that lasts longer in rental?
40.0 sal resolves no_answer: I have not heard from you since; the harder ones would be 6.10 each at 800 a
year. Write whenever it fits.

# 105.3 carla support_request MR-26 | Chisels from another maker
Do chisels of other makers harm the MR-26? Purchasing wants to save.

0.9 marko resolves: Not if the shank is to the norm. Measure the groove: 40 mm ± 0.2. Below that the lock
wears out, and that is a repair of 58 euros for two saved on a chisel.
2.0 carla accepts

# 83.4 petra complaint MC-6 | Stations with a plug for another country, twice
+ remedy replacement
Fourteen MC-6 with Danish plugs. Last time it was Swiss ones.

0.6 sue takes
0.7 sue says, ours, 3d: Twice is once too often. Fourteen cords leave today; and I go to the packing line
myself.
11.0 sue notes: The bins for cords have no light. They have one now.
0.4 sue resolves: The bins for the cords stood in the dark. Now there is a lamp above and a picture on each.
The Danish ones you may keep, in case.
6.0 petra accepts

# 72.1 sofia complaint | Rejected delivery that was inside tolerance
+ remedy credit
+ amount 2880.00
+ currency EUR
You rejected 1,200 pieces of 7740-12 for a bore of 22.04. The drawing allows 22.05. We claim transport and
sorting, 2,880.00.

0.8 sue takes
1.4 sue says, ours, 6d: 22.04 is inside, if the gauge is right. I am having both gauges compared, yours and
ours; could you send yours?
4.0 sofia says: It leaves today, with its certificate.
14.0 marko notes: Ours reads 0.02 too much. Dropped, by the look of it, and nobody said so.
3.0 fin finishes Check the amount as approved, en: Our gauge, our money. Please buy a second one.
1.0 sue resolves: It was our gauge: it had been dropped. 2,880.00 are yours, and the 1,200 pieces are taken.
I am sorry that you had to prove it.
8.0 sofia says: Thank you. That is how one would like it always.
0.5 sue resolves: One would.
1.0 sofia accepts

# 58.1 declan support_request MS-165 | Same question about the brake again
Is the brake of the older saws meant to take four seconds? I think I asked.

0.6 marko resolves duplicate: You did, in winter, and the answer stands: no, please tag it and send it in. Is
it another saw this time?
3.0 declan accepts

# 54.4 tomas product_request MD-18 | Cancelled: drills for our apprentices
+ quantity 4
+ needed_by +10
Four MD-18 for our apprentices, please.

1.0 iva takes
0.9 iva says: With one pack each or two?
5.0 tomas says: Sorry, our works council has just given them away to another maker. Please cancel.
0.4 iva resolves withdrawn: Cancelled, no harm done.
2.0 tomas accepts

# 49.3 ana complaint MC-160 | Credit for a machine that was stolen from our yard
+ remedy credit
+ amount 1890.00
+ currency EUR
An MC-160 was stolen from our yard three weeks after we bought it. You said on the fair that theft is covered
in the first month. We ask for 1,890.00.

0.9 sue takes
1.5 sue says, ours, 5d: I am sorry about the machine. I know nothing of such a promise, but I am asking who
stood at the fair; and finance has the amount.
6.0 sal notes: It was a leaflet of an insurer who shared our stand. It says so in the smallest print I have
ever seen.
5.0 fin finishes Check the amount as refused, en: No contract, no insurance of ours. A goodwill discount on a
new one is sales' business.
2.0 sue resolves refused: The promise was on a leaflet of an insurer beside our stand, and one had to sign
for it within a week. We cannot pay for a theft. What we can do is a new MC-160 at our dealers' price,
1,420.00, if you want it, and our name no longer beside such leaflets.
9.0 ana says: Disappointing, but clear. We will think about the machine.
1.0 sue resolves refused: Thank you for taking it like that. The price stands until the end of the year.
3.0 ana accepts

# 40.4 declan support_request | A pallet of last year's catalogue
We have a pallet of last year's catalogue in our store, still wrapped. Do you want it back?

1.0 mia takes
1.0 mia resolves: Recycle them, please, with our thanks, and keep one: in ten years they are worth something.
20.0 mia closes: Nothing more to do.

# 36.1 emma complaint MB-8 | Two packs got hot in a locked van
+ serial 2609-31 and 32
+ remedy explanation
Two MB-8 were so hot in the morning that the driver could not hold them. The van had stood locked, nothing
was charging.

0.2 sue takes
0.3 sue says, 1d: Please put them outside on stone, away from everything, and don't charge them again. I ring
you in five minutes.
0.9 sue asks borealis tomas, facts product serial, 1d, managers, confidential: MB-8 2609-31 and -32: hot at
rest / Two packs were too hot to hold in the morning after a night at rest. Please treat this as urgent: what
can heat a pack at rest, and which packs share their cells?
0.4 sue seals: Two packs hot at rest. Until we know, only who has to act.
0.4 sue lets in sal
4.0 tomas says, in borealis: A slow short inside a cell, we think. Forty packs share the tray. Please have
all forty put outside, we come and fetch them with our own boxes.
1.0 sue asks for work by sales, for sal, 1d: Ring all who have one of the forty packs, today
3.0 sal finishes Ring all who as done, en: All seven customers reached, 38 of 40 packs outside. Two are at
sea until Friday.
0.5 sue says, ours, 8d: It may be a fault inside one cell. 38 of the 40 packs that share it are found and
outside. Somebody with the right box is with you tomorrow morning.
60.0 tomas says, in borealis: Confirmed: a burr on one electrode of one coil. The other thirty-nine are
sound, we have cut six of them open. Report by the end of next week.
1.0 sue says, in borealis, 14d: Thank you. We need the report before we write to the customers.
3.0 sue releases, from a burr on one electrode, ours, 25d: It is certain now: one cell had a burr inside. The
other 39 packs are sound. You get the written report as soon as we have it.
20.0 emma says: Thank you for staying on it. Our insurer asks for that report before Christmas.

# 31.4 pavel complaint MD-18H | The shipyard's drills smell of smoke
+ serial MD18H-2608
+ remedy repair
+ end_customer a shipyard near Split
Nine of the first twenty drills for the shipyard smell after a day below deck. They run them at full load for
minutes. Before I say "wrong use" I would like to hear you.

0.7 marko takes
1.0 marko says: Don't say it yet. Would you open one and look at the brushes: even or on one side only?
6.0 pavel says, with motor.jpg: On one side only, and a bearing that one can move.
1.0 marko asks ferrum sofia, facts product serial, 6d: Bearing seat of housing 7741, lot 2608: loose / The
bearing of the rotor can be moved by hand in housing 7741 of lot 2608, and the brushes wear on one side. What
is the bore, and was it machined or cast to size?
0.4 marko says, ours, 10d: Then it isn't their use. Twenty others leave tomorrow from another lot, so that
the shipyard doesn't notice.
30.0 sofia says, in ferrum: Bore is 22.09 where 22.05 is the limit, from one spindle of three. 260 housings.
We pay for the drills.
1.0 marko closes lane ferrum
1.0 marko resolves: One housing in three of that lot had a bore too wide. All nine are paid for, the twenty
others you keep. And thank you for not saying it.
20.0 pavel reopens: Two of the twenty others smell as well.
1.0 marko says, 3d: Numbers, please? I want to know whether they are of 2608 after all.
6.0 pavel says: 2610, both.
2.0 marko asks for work by service, for marko, 6d: Two MD-18H of lot 2610 from Split: open and measure
0.5 marko says, ours, 9d: Then it is something else as well. Both come to me, not to the line.

# 20.1 emma service_wish | A mechanic for one night during the refit in Cork
+ place Cork
+ urgency now
From the 8th to the 12th a mechanic on site from ten to six at night. We pay. Everybody else in Ireland says
no.

1.5 sue takes
2.0 sue gives to marko
4.0 marko says, ours, 12d: I would come myself. What I can't say yet is who stands in for me here; you hear
from me in two weeks.
50.0 sue asks for approval by finance, for fin, 5d: Five nights in Cork for Marko, paid by the customer

# 14.4 ana price_enquiry MB-8 | Packs for the winter, with return of the old ones
+ quantity 120
+ answer_by +8
120 MB-8 against 120 old ones, what is the price with and without the return?

1.2 sal takes
2.0 sal says, ours, 9d: Without return 132.00 each. What the old ones are worth the recycler tells me; I
answer as soon as he has.
3.0 sal asks borealis tomas, facts product quantity, 4d, confidential: 120 old MB-8: what are the cells
worth? / 120 packs of 2019 to 2021 come back. What would you pay for the cells, and who carries the freight
as dangerous goods?
9.0 tomas reads

# 7.4 petra support_request ML-360 | Demonstration lasers: who pays the calibration in January?
The five demonstration lasers are due in January. Is that on you or on us?

1.0 sue hands over to sales, en: Who pays for calibrating lasers we lent to a dealer? A question of the deal.
9.0 sal takes
2.0 sal hands over to front-desk, en: We pay, five lasers; please make the date with Petra.

# 5.2 declan complaint MC-6 | Station with a bay that charges nothing
+ serial MC6-12240
+ remedy repair
Bay 2 shows green for everything, even for a piece of wood.

0.8 marko takes
0.9 marko says: A piece of wood, very good. Please hold the button of bay 2 for ten seconds; which colour
comes then?
1.5 declan says: Orange, twice.
0.4 marko resolves: That is the third contact, bent inwards. Bend it out with a plastic card, with the plug
pulled. If it is green for wood again after that, a new one comes.

# 3.4 emma product_request | Point-of-sale display for our own trade counter
+ quantity 1
+ needed_by +25
We sell off used machines at a trade counter now. Is there a display or a showroom board we could have?

1.5 mia takes
2.0 mia says, 5d: With pleasure, how many metres of wall? A photo would help me.
2.0 declan says, with board.jpg: About four. The board on the left goes.

# 1.1 carla complaint | Brochures with a machine that you no longer make
+ remedy replacement
The brochures that came for the tool store show the MR-32 on the front. Our people now ask for it every day.

# 0.45 sofia invoice_question | Debit note for sorting, which we had agreed on otherwise
+ invoice D-2026-088
+ concern amount
+ amount 640.00
Your debit note charges 640.00 for sorting. We had agreed that our own people come, and they came.
""",
)
