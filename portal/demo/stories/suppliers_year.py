"""What the suppliers asked earlier in the year: drawings, dates, payments."""

from portal.demo.telling import told

STORIES = told(
    "",
    """
# 243.4 sofia support_request | Working days over Christmas
Is your store staffed between Christmas and New Year? We have a truck on the 29th.

0.5 iva takes
0.5 iva resolves: On the 29th from eight to noon, gate 2. After that again from the 2nd.
3.0 sofia accepts

# 216.1 tomas invoice_question | Remittance advice for January
+ invoice B-1987
+ concern copy
You paid 61,204.80 in one sum. Which invoices is it for?

1.5 fin takes
0.6 fin resolves: Seven invoices, B-1981 to B-1987, less 112.00 for the broken tray. The list is in your
mail.
3.0 tomas accepts

# 196.4 sofia complaint | Drawing sent in the wrong revision
+ remedy explanation
We made 400 pieces after revision B of 5120-03, as sent to us. Your inspection rejects them after revision C,
which we never got.

0.7 sue takes
1.2 sue says, ours, 4d: If we never sent C, the 400 are ours. I am looking through what left our house.
9.0 sue notes: C lies in the outbox of a colleague, unsent, since the 3rd.
1.0 sue asks for approval by finance, for fin, 3d: Pay Ferrum for 400 base plates after an old drawing
4.0 fin finishes Pay Ferrum as approved, en: We can rework 300 of them for another saw.
1.0 sue resolves: C never left our house. We pay for the 400 and rework what we can. Drawings now go out with
an acknowledgement, and you see the list of current revisions.
8.0 sofia accepts

# 183.2 tomas price_enquiry MG-230 | Machines for our own maintenance
+ quantity 5
Five MG-230 for our maintenance crew, at whatever you give suppliers.

1.3 iva takes
0.9 iva resolves: 149.00 each, the price for our own people too.
6.0 tomas accepts

# 157.3 sofia support_request | Tool costs for the mould of 9021
Who keeps the mould of 9021 in the books, you or us? Our auditors ask.

1.0 iva hands over to finance, en: Whose is the mould of article 9021?
5.0 fin takes
3.0 fin resolves: It is ours, paid in 2023, with your plate M-0419. You keep and insure it; the paper is in
your mail.
6.0 sofia accepts

# 139.4 tomas complaint | Deductions without a reason, again
+ remedy explanation
For the third time an invoice is paid short without a word. This time 88.00 of B-2090.

0.6 sue hands over to finance, en: Third time for this supplier. You may want to talk rather than write.
1.5 fin takes
2.0 fin resolves: 88.00 for a pallet of the wrong size, and again nobody told you. From today no deduction
leaves here without a letter; the system refuses it.
9.0 tomas accepts

# 118.4 sofia product_request ML-50 | Laser meters for our quality department
+ quantity 6
+ needed_by +14
Six ML-50 with certificate.

1.0 iva takes
1.0 iva resolves: Six with certificates, in your next truck back.
8.0 sofia accepts

# 94.3 tomas support_request | Holiday closing of your goods receipt
Is your goods receipt open in the second half of August?

0.4 iva resolves: Closed from the 10th to the 16th, otherwise open. Dangerous goods only on Tuesdays.
2.0 tomas accepts

# 70.2 sofia invoice_question | Statement of account at the end of August
+ invoice statement
+ concern other
Our balance shows 9,112.00 open, yours 8,740.00.

2.0 fin takes
4.0 fin resolves: The difference is F-87655, which went to the old company number. Booked now, both at
9,112.00.
6.0 sofia accepts

# 52.3 tomas service_wish | Forecast by week instead of by quarter
+ place Hamburg
+ urgency often
With a forecast by week we could keep cells in stock for you. Today we get a figure per quarter.

3.0 sue hands over to sales, en: They ask for a forecast by week. It is Sal's figure.
6.0 sal takes
12.0 sal resolves: From next month by week, four weeks firm and eight as a guess. Please tell me when the
guess costs you money.
7.0 tomas accepts

# 34.4 sofia complaint | Empty containers not returned since July
+ remedy credit
+ amount 1240.00
+ currency EUR
62 steel containers of ours stand in your yard since July. 20.00 a piece and month were agreed.

0.9 sue takes
1.0 sue says, ours, 6d: You shall have them. I counted 58 this morning; the other four I am looking for.
9.0 fin finishes Check the amount as approved, en: Agreed in writing in 2024.
14.0 sue resolves: 62 are loaded, the last four held our Christmas tree stands. 1,240.00 are credited to you.
6.0 sofia accepts

# 18.1 tomas price_enquiry MT-216 | Another mitre saw, for the apprentices
+ quantity 1
One MT-216 like the two of autumn, with the same price if possible.

0.9 iva takes
1.0 iva resolves: Same price, and a blade for the apprentices as a present.
9.0 tomas accepts

# 10.2 sofia support_request | Pallet size from January
From January your guideline asks for 1,000 × 800 pallets. Our racks take 1,200. Is there a time of
transition?

1.5 iva takes
2.0 iva says, ours, 12d: I don't decide that, but I am asking, and until you hear from me the 1,200 are fine.

# 0.9 tomas invoice_question | Two different account numbers on your orders
+ invoice order 26-1180
+ concern other
Order 26-1180 names another account of yours for credit notes than all before. Is it real? We had a case of
fraud this year and would rather ask.
""",
)
