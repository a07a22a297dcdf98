"""What Northwind found broken that suppliers had to be asked about, each in a lane of their own.

Whoever is asked never reads who the customer is; the customer never reads who was asked.
"""

from portal.demo.story import (
    Story,
    accepts,
    asks,
    closes_lane,
    finishes,
    notes,
    reads,
    releases,
    resolves,
    says,
    takes,
)

CRACKED_HOUSINGS = Story(
    4.7,
    "ana",
    "complaint",
    "Clutch housings cracked on 14 of 40 drills",
    """14 of the 40 drills of last week's delivery show cracks in the clutch housing after two or three
    days of normal use. Two broke completely. We have taken the whole lot out of rental and need to
    know what we may tell our customers.""",
    (
        takes(0.5, "sue"),
        says(
            1.4,
            "sue",
            """Thank you for the clear photos. Please send me the lot number from the plate under the
            battery, and have you looked at all forty?""",
        ),
        says(
            3.3,
            "rui",
            """Boa tarde. Todos os 14 são do lote 2609-B. Os outros 26 são do lote 2608-F e não têm
            problema. Verificámos os quarenta, a lista vai em anexo.""",
            "placa.jpg",
            "checked.csv",
        ),
        notes(
            0.6,
            "sue",
            "Second case with lot 2609-B, after the one at Alpina. I ask Ferrum before we promise anything.",
        ),
        asks(
            0.5,
            "sue",
            "ferrum",
            ("sofia",),
            "Housing 7740-12, lot 2609-B: cracks after two days of use",
            """14 of 40 drills of lot 2609-B show cracks in the clutch housing, your article 7740-12, after
            two or three days of normal use; two of them broke. Lot 2608-F from the same delivery is sound.

            Please tell us by the date above what you do at once (D1 to D3), and then the cause (D4). What we
            have left of 2609-B is blocked in our store. Which other deliveries may be affected?""",
            lane="cause",
            facts=("product", "serial"),
            files=("housing-1.jpg",),
            due_days=2,
        ),
        says(
            0.8,
            "sue",
            """Thank you, that is exactly what I needed. Lot 2609-B is stopped in our store. We are
            clarifying the cause with the manufacturer and I write to you again as soon as I have more
            than a guess. Until then please keep the 14 out of rental; the other 26 are safe to use.""",
            then="us",
            days=3,
        ),
        *reads(1.9, "sofia"),
        notes(
            1.0, "fin", "€ 1,846.00 is plausible: 14 × 131.86. Not before Ferrum has said what they found."
        ),
        says(
            5.5,
            "sofia",
            """Good morning, the first part of our report is attached, D1 to D3.

            We have blocked what is left of casting week 9, 312 pieces, and from today every housing goes
            through a gauge before it leaves. Weeks 8 and 10 come from other inserts and are not affected. 200
            checked housings can leave with the next truck, free of charge.""",
            "8d-2609-B.txt",
            lane="cause",
        ),
        says(
            0.8,
            "sue",
            """Thank you, that was quick. Please send the 200, and keep the blocked ones: we want to see two
            of them. When do you know the cause?""",
            lane="cause",
            days=4,
        ),
        says(
            5.4,
            "ana",
            """Thank you. Two sites are waiting for drills on Monday. Is there a way to lend us eight
            until this is settled?""",
        ),
        says(
            1.5,
            "sue",
            """Eight MD-18 from our demonstration pool leave Zagreb tonight, they are of lot 2610-A. Keep
            them as long as this takes; there is nothing to sign.""",
            then="us",
            days=6,
        ),
        notes(1.6, "mia", "Should we stop the MD-18 campaign in Portugal until we know?"),
        says(
            5.6,
            "sofia",
            """First finding: we have cut four housings open, see the picture. Beside the bearing seat the
            wall is 1.9 mm instead of 2.6 in pieces from cavity 3; cavities 1, 2 and 4 are within the
            drawing. The core pin of cavity 3 was changed in week 9 and sits 0.7 mm off. So it is one
            housing in four of this lot, and of no other.

            What I cannot answer yet is why our own check of the first parts let it pass.""",
            "section.jpg",
            "thickness.csv",
            lane="cause",
        ),
        finishes(
            1.4,
            "fin",
            "Check the amount claimed",
            "approved",
            """14 × 131.86, and the finding is clear. The credit note leaves with our answer; of Ferrum's
            F-88177 I hold the same amount back.""",
        ),
        releases(
            1.2,
            "sue",
            """We know more. In lot 2609-B one housing in four has a wall that is too thin beside the
            bearing; the picture shows one cut open. It comes from a tool that was changed in a single
            week. No other lot is affected, so your 26 drills of lot 2608-F and the eight on loan stay in
            use, and you may tell your customers just that.

            Your credit of € 1,846.00 is approved. What is still missing is why nobody noticed before
            delivery: you have it from me by the date above.""",
            source="we have cut four housings open",
            files=("section.jpg",),
            days=7,
        ),
        says(
            0.5,
            "sue",
            """Thank you, this is a clear picture. What we still need is the root cause (D4): why the check of
            the first parts let it pass, and what you change for good (D5).""",
            lane="cause",
            days=3,
        ),
        *reads(3.0, "ana", "rui"),
        *reads(2.0, "ana", "sue"),
    ),
    product="MD-18",
    answers={"serial": "2609-B", "remedy": "credit", "amount": "1846.00", "currency": "EUR"},
    files=("housing-1.jpg", "housing-2.jpg"),
)

BASE_PLATES = Story(
    27.2,
    "ana",
    "complaint",
    "Base plates bent on eleven circular saws",
    """On eleven of our MS-165 the base plate is bent at the front edge, so that they no longer cut square.
    All are from July. They were not dropped, and the older ones next to them are straight. We ask for new
    plates and a credit for the three weeks they stood still, € 627.00.""",
    (
        takes(0.8, "sue"),
        says(1.2, "sue", "Could you lay a ruler over one and tell me how much it is, and from which lot?"),
        says(3.0, "ana", "Lote MS165-2607 em todas as onze. Na ponta são dois milímetros.", language="pt"),
        asks(
            1.5,
            "sue",
            "ferrum",
            ("sofia",),
            "Base plate 5120-03: bends at the front edge",
            """Eleven saws of lot MS165-2607 have a base plate, your article 5120-03, that bends upwards by
            two millimetres at the front edge. Older ones in the same use are straight. Could you check
            the hardness of that week, and replace the plates?""",
            facts=("product", "serial"),
            due_days=4,
        ),
        says(0.5, "sue", "Thank you. I am having the plates of that lot examined.", then="us", days=6),
        *reads(3.0, "sofia"),
        says(
            22.0,
            "sofia",
            """You are right. The oven record of that week shows 20 minutes less than it should, and the
            hardness is 62 instead of 75 HB. 60 plates of a good week leave today. Please charge us for
            the rest.""",
            lane="ferrum",
        ),
        releases(
            1.5,
            "sue",
            """The plates of that lot are too soft: they were not in the oven long enough. Eleven good ones
            are on their way to you, with screws. Changing one takes five minutes. About the credit you
            hear from me this week.""",
            source="The oven record of that week",
            days=4,
        ),
        says(
            1.0,
            "sue",
            "Thank you for the clear answer. The charge comes from our finance department.",
            lane="ferrum",
            then="us",
        ),
        finishes(6.0, "fin", "Check the amount claimed", "approved", "Charged on to Ferrum, they agreed."),
        closes_lane(18.0, "sue", "ferrum"),
        resolves(
            0.6,
            "sue",
            "Your credit note 2026-G-118 over € 627.00 is in the post. Thank you for your patience with us.",
        ),
        accepts(9.0, "ana"),
    ),
    product="MS-165",
    answers={"serial": "MS165-2607", "remedy": "credit", "amount": "627.00", "currency": "EUR"},
)

LOOSE_SLEEVES = Story(
    6.2,
    "bruno",
    "support_request",
    "Keyless chucks open by themselves in reverse",
    """Five of the ten CH-13 for our workshop open by themselves when the drill runs backwards. Is there a
    screw we overlooked, or are they meant for one direction only?""",
    (
        takes(1.5, "marko"),
        says(1.0, "marko", "Both directions. Does the sleeve click three times when you tighten it?"),
        says(2.0, "bruno", "Twice, on the five that open. Three times on the others."),
        asks(
            1.5,
            "marko",
            "ferrum",
            ("sofia",),
            "Sleeve of CH-13: only two clicks",
            """On five of ten chucks the sleeve clicks twice instead of three times and opens in reverse. Was
            the spring changed? And can you send us ten sleeves of a lot you are sure of?""",
            facts=("product",),
            due_days=2,
        ),
        says(
            0.4,
            "marko",
            "Then the spring in the sleeve is too weak. I am asking for sleeves of a good lot.",
            then="us",
            days=8,
        ),
        *reads(6.0, "sofia"),
        notes(24.0, "marko", "Called Ferrum twice, nobody picks up. I try the switchboard tomorrow."),
    ),
    product="CH-13",
)

STORIES = (CRACKED_HOUSINGS, BASE_PLATES, LOOSE_SLEEVES)
