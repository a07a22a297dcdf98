"""What shop fitters in Dublin asked in winter and spring: night work, noise, a framework for batteries."""

from portal.demo.telling import told

STORIES = told(
    "",
    """
# 239.4 emma price_enquiry MS-165 | Cordless saws for three night crews
+ quantity 9
+ answer_by +7
+ compared_with the brand our carpenters own privately
We refit shops at night and have to be quiet and cordless. What would nine MS-165 with two packs each cost,
and is there anything quieter in your range?

1.3 sal takes
2.4 sal says: Nothing quieter that cuts 50 mm. With our fine blade it is 4 dB less, which people notice.
Shall I quote with that blade?
4.0 emma says: Please do, and delivery to Dublin.
2.0 sal resolves: Nine MS-165 with fine blade and two MB-5 each: 437.00 per set, delivered. Valid for six
weeks.
10.0 emma accepts

# 234.2 declan product_request MS-165 | Nine saws as quoted
+ quantity 9
+ needed_by +10
Please send the nine sets Emma was quoted. Our store is open from six to two, nights are for the crews.

0.9 iva takes
1.1 iva resolves: They leave on Wednesday and are with you on Friday before noon.
21.0 declan accepts

# 230.3 declan support_request MC-4 | Plug adapters for chargers
The nine chargers came with continental plugs. Are adapters allowed or do you have the cable with ours?

0.7 sue gives to marko
0.8 marko resolves: Please don't use travel adapters on them. Nine cables with your plug are in the post
today, they simply click in at the back. The packing list is corrected.
16.0 declan accepts

# 223.4 emma invoice_question | Customs paper for a delivery inside the Union
+ invoice 2026-0274
+ concern other
Our forwarder asks for a customs invoice. Croatia and Ireland are both in the Union, so why?

1.5 fin takes
1.2 fin resolves: You need none. The pallet went through Holyhead, which is why he asked; I wrote to him with
the transit document. From now on we ship by the direct ferry.
5.0 emma accepts

# 218.2 declan complaint MS-165 | Blade brake takes four seconds
+ serial MS165-2599
+ remedy explanation
On one of the nine saws the blade runs on for four seconds after letting go. The others stop in one and a
half. Our safety officer has put a red tag on it.

0.6 marko takes
0.8 marko says: Quite right to tag it. Does it brake at all, a jerk in the hand, or does it just run out?
2.0 declan says: No jerk. It just runs out.
0.4 marko resolves: Then the brake circuit is dead. A new saw leaves today, the old one comes back to me in
its box. Please keep the tag on it for the courier.
17.0 declan accepts

# 211.3 emma service_wish | Delivery at night, to the shop we are fitting
+ place Dublin, Cork, Galway
+ urgency often
Our sites exist for two weeks and only at night. A delivery at ten in the evening to the back door would save
us a van. Could you arrange that in Ireland?

3.5 sue takes
3.0 sue says, 4d: Between which hours, and how often in a month? I ask because carriers price nights per
stop.
7.0 emma says: Nine to midnight, about six times a month.
20.0 sue hands over to sales, en: A night carrier would do it for 38.00 a stop. Whether we pass that on is a
question of price.
6.0 sal takes
5.0 sal resolves: We have a carrier for Dublin and Cork: 19.00 a stop for you, the other half is ours. Galway
only on Thursdays. Order before noon, it is at the back door that night.
9.0 emma accepts

# 204.1 declan support_request MX-150 | Hook-and-loop pads melt on solid surface
We sand mineral worktops with the MX-150 and the hooks of the pad melt after an hour. Are we doing something
wrong?

1.1 marko takes
1.0 marko resolves: You are sanding hot: mineral board doesn't take the heat away. Speed 3, an interface pad
between, and change the paper when it shines. Two interface pads are on the way so that you can see the
difference.
8.0 declan accepts

# 200.4 emma support_request | Risk assessment sheets for hand-arm vibration
Our insurer wants trigger times per day for the MR-26. Do you have a sheet our people understand?

1.4 marko takes
0.9 marko resolves, with vibration.txt: Here are the measured values, with the minutes a day that follow from
them. I also made you a one-page version with traffic lights for the wall.
4.0 emma says: The traffic lights are a hit. May we share them with our subcontractors?
0.5 marko resolves: With pleasure, our name need not be on it.
2.0 emma accepts

# 193.3 emma complaint | Three of nine transport cases arrived cracked
+ remedy replacement
Three cases have cracked corners, the machines inside are fine. They were stacked under something heavy.

1.0 sue gives to marko
0.7 marko resolves: Three empty cases leave today. The forwarder put the pallet under another one in spite of
the sign; he pays. Nothing to send back.
12.0 declan accepts

# 184.2 emma price_enquiry MB-5 | Framework for battery packs, a year
+ quantity 260
+ answer_by +14
We go through about 260 packs MB-5 and MB-8 a year, counting losses. Could we have one price for a year and
call them off?

2.0 sal takes
3.0 sal asks for approval by finance, for fin, 3d: 260 packs on call over a year at 17 % below list
9.0 fin finishes 260 packs as approved, en: With a limit of 80 per call and 30 days.
2.0 sal resolves, with delivery-plan.csv: 82.00 for MB-5 and 132.00 for MB-8, fixed for twelve months, at
most 80 per call. A first plan is attached, move the weeks as you like.
14.0 emma accepts

# 176.4 declan support_request MJ-140 | Splintering on melamine
How do we cut white melamine with the MJ-140 without chips? The customer counts them.

0.7 marko resolves: Reverse-tooth blade, pendulum at 0, the clear insert around the blade and masking tape on
top. Cut from the back where you can. With all four there is nothing left to count.
3.0 declan accepts

# 168.2 emma invoice_question | Two deliveries, one invoice, wrong cost centre
+ invoice 2026-1066
+ concern other
Invoice 2026-1066 puts a Cork delivery and a Dublin delivery together. Our books have a cost centre per site.
Can they be apart?

1.9 fin takes
1.6 fin resolves: They are apart now: 2026-1066 is cancelled, 2026-1102 is Cork and 2026-1103 is Dublin. From
today each site you name gets its own.
5.0 emma accepts

# 160.4 declan complaint MD-18 | A drill went missing between you and us
+ remedy replacement
+ serial MD18-41120
The slip says five drills, the box had four and a wooden block of the same weight. Really.

0.5 sue takes
0.8 sue says, ours, 3d: A wooden block, I have not had that before. The fifth leaves today, whatever comes
out. Please keep the block and the tape, the carrier's investigator wants to see them.
14.0 sue notes, en: Second block on that line in a month. The carrier found a man in the depot in Graz.
2.0 sue resolves: It was somebody at a depot of the carrier, the police have him and eleven drills. Thank you
for keeping the tape, it had his print on it.
6.0 declan accepts

# 151.4 emma product_request ML-360 | Two lasers for ceiling grids
+ quantity 2
+ needed_by +9
+ preference green line
Two ML-360 for ceiling work. Green, please, if there is one, the red is hard to see under shop lights.

1.2 iva takes
1.0 iva says: Green comes in three weeks, red I have here. Borrow two red ones from our pool until then?
2.0 emma says: Yes, that would bridge it nicely.
1.0 iva says, ours, 18d: The red pair leaves today. I send the green pair when it is here.
120.0 iva resolves: The green pair is on its way; put the red pair into the same box, the label is inside.
14.0 declan accepts

# 143.1 declan support_request MV-30 | Extractor with auto-start and a cordless saw
The MV-30 starts by itself when a corded tool runs. With cordless saws it can't know. Is there a trick?

1.2 marko takes
1.1 marko resolves: A small sender that sticks to the pack, and a receiver in the socket of the extractor:
49.00 for the two. It starts half a second after the saw. It doesn't work through a metal door.
# 137.2 emma support_request | Who is our contact while Sal is away?
We have two tenders running and get an out-of-office note.

0.4 sue hands over to sales, en: They ask who stands in for Sal.
0.8 iva resolves: It's me, until Monday. Both tenders are on my desk, the first answer goes out this
afternoon.
2.0 emma accepts
""",
)
