"""What the suppliers asked: Ferrum, and their rival Borealis."""

from portal.demo.story import (
    Story,
    accepts,
    closes,
    hands_over,
    notes,
    reads,
    resolves,
    says,
    takes,
)

FERRUM = (
    Story(
        14.3,
        "sofia",
        "complaint",
        "Gate closed at the agreed hour",
        """Our truck had a slot at 7:30 on Tuesday and found gate 2 closed until 8:10. The driver lost his
        next slot in Maribor. Please tell us how we can avoid this.""",
        (
            takes(1.6, "sue"),
            says(
                2.0,
                "sue",
                "The gatekeeper was ill and nobody stood in. From next week the workshop has a second key.",
                then="us",
            ),
            resolves(
                3.0, "sue", "The second key is there since this morning. I am sorry for the hour you lost."
            ),
            accepts(6.0, "sofia"),
        ),
        answers={"remedy": "explanation"},
    ),
    Story(
        8.2,
        "sofia",
        "support_request",
        "Delivery of two pallets outside the plan",
        "We can deliver two pallets of article 7740-12 three days earlier. Is there room in your store?",
        (
            takes(0.9, "iva"),
            says(1.6, "iva", "There is room from Wednesday noon, gate 2. Does that help?"),
            says(1.0, "sofia", "Wednesday 13:00 it is."),
            resolves(20.0, "iva", "Both pallets are in the store since Wednesday 13:05. Thank you."),
            closes(9.0, "iva", "Nothing left to do."),
        ),
    ),
    Story(
        5.3,
        "sofia",
        "invoice_question",
        "Payment of our invoice F-88120",
        "Our invoice F-88120 of 30 September is open. Is anything missing on our side?",
        (
            takes(2.5, "fin"),
            notes(1.5, "fin", "The delivery slip was never booked in. Done now."),
            resolves(
                2.0,
                "fin",
                """Nothing is missing on your side, our goods receipt was late. It is paid with Thursday's
                run.""",
            ),
            *reads(6.0, "sofia"),
        ),
        answers={"invoice": "F-88120", "concern": "terms", "amount": "18420.00"},
    ),
    Story(
        1.9,
        "sofia",
        "support_request",
        "Who signs drawing 7740-12, revision D?",
        """We have revision D of drawing 7740-12 here without a signature. The mould is free from Thursday.
        Who at Meridian releases it, and can it be done by then?""",
    ),
)

BOREALIS = (
    Story(
        19.4,
        "tomas",
        "product_request",
        "Two MT-216 for our own workshop",
        "Do you sell to suppliers too? We would like two mitre saws for our own workshop.",
        (
            takes(2.0, "iva"),
            says(1.0, "iva", "Certainly, at the dealer's price. Shall they go to Hamburg?"),
            says(2.0, "tomas", "To Hamburg, please, to my name."),
            resolves(5.0, "iva", "They left today. The invoice is in the box."),
            accepts(30.0, "tomas"),
        ),
        product="MT-216",
        answers={"quantity": 2},
    ),
    Story(
        3.6,
        "tomas",
        "support_request",
        "Somebody to show our new cell format to",
        """From spring we offer a cell that gives a pack of the size of yours about 15 % more. Whom at
        Meridian could we show samples and curves to? Half an hour is enough.""",
        (
            notes(2.5, "iva", "Not ours to decide; sales has the range of packs."),
            hands_over(0.5, "iva", "sales", "Offers a new cell; the range of packs is with Sal."),
            takes(3.0, "sal"),
            says(2.0, "sal", "Gladly. Could you send the curves first, at 0 and at 40 degrees?"),
        ),
    ),
    Story(
        2.7,
        "tomas",
        "invoice_question",
        "Deduction on our invoice B-2207",
        """You paid our invoice B-2207 less € 310.00 without a word. Our books need the reason in writing. If
        it is about the four packs of October, we had agreed on a replacement.""",
        answers={"invoice": "B-2207", "concern": "amount", "amount": "310.00"},
    ),
    Story(
        0.25,
        "tomas",
        "support_request",
        "Certificates for your audit",
        "Your quality department asked for our certificates. To whom may I send them, and in which form?",
    ),
)

STORIES = FERRUM + BOREALIS
