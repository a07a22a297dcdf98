"""The shop fitters in Dublin in summer and autumn: a fire alarm, a returned laser, Christmas windows."""

from portal.demo.telling import told

STORIES = told(
    "",
    """
# 124.4 declan complaint MX-150 | Fine dust set off the fire alarm in a shopping centre
+ remedy explanation
The MX-150 with its bag set off the alarm at one in the morning, and eighty people from the cinema stood in
the street. The centre wants a statement from the maker.

0.5 sue takes
1.2 sue says: I am sorry for that night. Was the extractor connected, or the bag alone? The statement depends
on it.
2.0 declan says: The bag alone. There was no socket near.
3.0 sue resolves: The statement is in your mail: the bag holds back 92 %, which is enough for a workshop and
not for a smoke detector. I also wrote what would have been: extractor on a battery, and the detectors of
that zone covered by the fire officer. Both without blame.
7.0 emma says: The centre manager accepted it, and we may go on working there. Thank you.
0.6 sue resolves: That is the best news of the week.
2.0 emma accepts

# 115.4 emma price_enquiry MC-6 | Charging stations for a van
+ quantity 4
Does the MC-6 run from a van's inverter, and what would four cost?

1.5 sal takes
1.6 sal resolves: From a pure sine inverter of 1,200 W or more, yes; from a modified one it hums and gets
hot. Four are 389.00 each.
6.0 emma accepts

# 110.2 declan support_request MB-8 | Packs on a plane to a site abroad
We have a shop in Gran Canaria. Can the packs fly with the crew?

0.8 marko takes
0.6 marko resolves: No: 144 Wh is above the 100 Wh for cabin bags without the airline's word, and never in
the hold. MB-5 with 90 Wh may, two spares a person, contacts taped. The easier way is to rent packs there,
our dealer in Las Palmas has some.
4.0 declan accepts

# 104.2 emma invoice_question | Rental of the red lasers, which were a courtesy
+ invoice 2026-2288
+ concern amount
+ amount 84.00
We are charged 84.00 for two lasers that Iva lent us for nothing.

1.6 fin takes
0.9 fin resolves: The pool counts by itself and nobody told it. Credited, and Iva says sorry too.
3.0 emma accepts

# 98.1 declan complaint MT-216 | Mitre saw cuts 0.4 degrees off
+ serial MT216-2607
+ remedy repair
Brand new MT-216, cuts 0.4 degrees off at every stop. Carcasses don't close.

0.9 marko takes
0.9 marko says: The stops can be set: four screws under the scale plate, page 19. Before that, please check
that the table is bolted to the stand on all four corners; one loose corner gives just about 0.4.
3.0 declan says: One corner was loose. I'll say nothing to Emma.
0.3 marko resolves: Nor will I.
2.0 declan accepts

# 92.3 emma product_request DD-125 | Sixty discs for terrazzo
+ quantity 60
+ needed_by +6
Sixty discs for cutting terrazzo, in the shop by Friday.

0.8 iva takes
0.9 iva resolves: Fifty from stock today, ten follow on Monday. For terrazzo keep them wet, dry they last a
quarter.
9.0 emma accepts

# 85.3 emma complaint | Nobody rang back in a week
+ remedy explanation
I left three messages about a training day in Dublin. Nobody rang back. We are not a big customer, but still.

0.4 sue takes
0.7 sue says, ours, 2d: You are right, and size has nothing to do with it. I found all three: they went to a
mailbox of a colleague who left in June. I will ring you today at four, if that suits.
9.0 sue resolves: Thank you for the talk. The training is on the 14th, two groups of eight, free of charge.
The mailbox is closed and all others were checked: there was one more.
5.0 emma accepts

# 78.3 declan support_request MI-18 | Anvil stuck after a drop
MI-18 fell off a ladder, the bit can't be pulled out.

1.0 marko takes
0.5 marko resolves: Push the collar forward with a screwdriver at the slot, then pull; the ball is jammed. If
it rattles after that, the spring is gone: 6.40, or I change it when it is here for service.
2.0 declan accepts

# 71.1 emma service_wish | Photo of each machine at the end of a rental
+ place Dublin
+ urgency nice
When we rent, a dispute about scratches costs more than the scratch. A photo at both ends would end that.

4.0 sue takes
9.0 sue asks for work by marketing, for mia, 8d: A card "photo at both ends" for the rental boxes
40.0 mia finishes A card as done, en: Printed in three languages, in every rental box from the 1st.
2.0 sue resolves: Done: from the 1st each rental box has a card with a code; the photo lands with the order.
Thank you, you will see your words on it.
8.0 emma accepts

# 63.4 declan complaint MB-5 | Packs from the recall list in a new box
+ serial 2605-11
+ remedy replacement
We opened a new box today and four packs carry lot 2605-11, which you recalled in May. How can they be in a
new box in August?

0.2 sue takes
0.3 sue says, 1d: They can't be allowed to, that is how. Please don't charge them, put them outside. Who sold
you the box, us or a dealer?
0.6 declan says: A dealer in Belfast.
1.0 sue asks for work by sales, for sal, 2d: Ring the dealer in Belfast: four packs of 2605-11 sold this week
3.0 sal finishes Ring the dealer as done, en: He had 22 left on a shelf, he missed the letter. All collected
tomorrow.
1.0 sue resolves: He had missed our letter and had 22 left; they are fetched tomorrow with yours. Four new
ones are at your store in the morning. I have asked for every dealer to be rung, not written to.
5.0 emma accepts

# 55.2 emma price_enquiry MR-26 | Rent or buy for a bank with 40 branches
+ quantity 30
+ answer_by +12
+ compared_with renting them in Dublin
We refit 40 branches in ten months. Thirty MR-26: rent or buy back at the end?

1.7 sal takes
4.0 sal resolves: Buy, with a promise of ours: 30 at 262.00, and after ten months we take back what is
complete for 95.00 each. That is a third of what renting costs.
12.0 emma accepts

# 46.3 declan support_request ML-360 | Returned laser shows another company's name
The repaired ML-360 came back with a sticker of somebody in Linz. Is it ours?

0.8 marko takes
0.6 marko says: What number is engraved, not stuck, beside the thread?
1.0 declan says: ML360-0819.
0.3 marko resolves: That's yours. The sticker is from the loan box it travelled in. Throw it away, please,
and forget the name.
2.0 declan accepts

# 38.2 emma invoice_question | Purchase order missing on twelve invoices
+ invoice 2026-3800 ff
+ concern other
Our new system refuses invoices without a PO number. Twelve are stuck. Can you reissue them?

2.0 fin takes
4.0 fin says: I can, but it would be easier for both to get one list with numbers and POs, signed by us.
Would your system take that?
6.0 emma says: Accounts say yes, this once.
3.0 fin resolves: The list is in your mail. From now on an order without a PO does not leave here.
4.0 emma accepts

# 29.2 emma product_request CH-13 | Keyless chucks for Christmas windows
+ quantity 25
+ needed_by +12
Every November we build windows for eleven shops and lose chuck keys in the snow, the artificial one. 25
CH-13 please.

0.7 iva takes
0.5 iva resolves: On their way, with a magnet for the keys you still have.
11.0 emma accepts

# 22.1 declan support_request MD-12 | Clutch of the MD-12 too strong at 1
At setting 1 the MD-12 still crushes plasterboard.

1.0 marko takes
0.7 marko resolves: Setting 1 is 1.2 Nm; for plasterboard use the depth bit instead of the clutch. Ten are in
the post.

# 13.1 emma complaint | Machines lent to a branch came back wet
+ remedy credit
+ amount 140.00
+ currency EUR
Two loan machines you sent us had water in the case. One tripped the shop's fuse and the freezers with it. We
claim 140.00 for the electrician.

0.8 sue takes
1.0 sue says, ours, 5d: That must not happen with a loan machine. I am finding out where they stood. The
amount is with finance.
5.0 fin finishes Check the amount as approved, en: Electrician's bill is plausible.
16.0 sue says: They stood under a leaking gutter at the carrier's. We pay the electrician, 140.00; may I also
replace what melted in the freezers?

# 7.3 emma price_enquiry MV-30 | Extractors with a longer hose
+ quantity 6
+ answer_by +10
Six MV-30, with hoses of eight metres instead of four.

1.0 sal takes
1.5 sal says, 5d: Eight metres cost suction: class M only holds up to six. Would six do?

# 2.3 declan support_request MS-165 | Saw stops in MDF after 20 cuts
+ serial MS165-2611
One of this year's saws stops after about twenty cuts in MDF and needs ten minutes. The older ones don't.

0.9 sue gives to marko
0.8 marko says: Could you read me the three blinks of the lamp when it stops: how many, then how many?

# 0.3 emma invoice_question | Fee for early payment?
+ invoice 2026-4871
+ concern amount
+ amount 12.50
Our invoice has a line "bank 12.50" that we have never seen. We paid early, if anything.
""",
)
