"""What the partners asked: Adriatic in Split, and their rival Lumen in Ljubljana."""

from portal.demo.story import (
    Ahead,
    Story,
    accepts,
    asks_task,
    assigns,
    hands_over,
    notes,
    reads,
    reopens,
    resolves,
    says,
    takes,
)

ADRIATIC = (
    Story(
        18.5,
        "nina",
        "complaint",
        "Pogrešni nastavci u 40 kompleta",
        """U 40 kompleta BS-25 umjesto TX nastavaka stigli su ravni. Kupci nam ih vraćaju. Molimo zamjenu ili
        da nam pošaljete samo TX nastavke, pa ćemo ih sami presložiti.""",
        (
            assigns(1.0, "sue", "marko"),
            says(
                1.5,
                "marko",
                "Ispričavamo se. Šaljemo 40 vrećica TX nastavaka danas, ravne zadržite. Stižu u srijedu.",
                then="us",
                language="hr",
            ),
            notes(
                1.0, "marko", "Packing line mixed two bags. The rest of the pallet in our store is checked."
            ),
            says(27.0, "nina", "Stigli su i složeni. Hvala na brzini."),
            resolves(
                1.0,
                "marko",
                "Hvala vama. Za presložene komplete knjižimo vam € 60,00 kao naknadu za rad.",
                language="hr",
            ),
            accepts(4.0, "pavel"),
        ),
        product="BS-25",
        answers={"serial": "BS25-2609", "remedy": "replacement"},
    ),
    Story(
        15.2,
        "pavel",
        "invoice_question",
        "Commission statement of the third quarter",
        """The statement of the third quarter lists 41 deliveries, we count 43. The two of 28 September to
        Trogir are missing. Could you look?""",
        (
            takes(2.2, "fin"),
            says(
                5.5,
                "fin",
                "Both were invoiced in October. Shall I move them, or leave them for the next one?",
            ),
            says(3.0, "pavel", "Please leave them, as long as they are not forgotten."),
            resolves(
                1.0,
                "fin",
                "They stand in the fourth quarter now, you can see them in the list from tomorrow.",
            ),
            accepts(10.0, "pavel"),
        ),
        answers={"invoice": "C-2026-Q3", "concern": "amount"},
    ),
    Story(
        5.4,
        "nina",
        "product_request",
        "20 brusilica MG-230 za skladište u Splitu",
        "Molimo 20 kom MG-230 za skladište u Splitu, ako može do kraja mjeseca. Isti uvjeti kao prošli put.",
        (
            takes(0.9, "iva"),
            says(
                1.8,
                "iva",
                "Imamo 14 na skladištu, ostalih 6 dolazi u petak. Šaljemo li sve zajedno ili odmah 14?",
                language="hr",
            ),
            says(1.2, "nina", "Odmah 14, ostale kad stignu."),
            resolves(
                6.0,
                "iva",
                "14 ih je na putu, dostavnica 77304. Ostalih 6 šaljemo u petak, isti uvjeti.",
                language="hr",
            ),
            *reads(4.0, "nina"),
        ),
        product="MG-230",
        answers={"quantity": 20, "needed_by": Ahead(12)},
    ),
    Story(
        3.3,
        "pavel",
        "price_enquiry",
        "Project price for 120 MD-18H, shipyard",
        """A shipyard we have worked with for years replaces its drills: 120 MD-18H, half now and half in
        summer. They compare with two other makes. What can you do for the project?""",
        (
            takes(1.5, "sal"),
            says(
                4.0,
                "sal",
                """For a project price I need to know whether they take packs and chargers from us too, and
                who decides. Could you find out how many packs they have that fit?""",
            ),
        ),
        product="MD-18H",
        answers={"quantity": 120, "answer_by": Ahead(10), "compared_with": "two other makes"},
    ),
    Story(
        2.6,
        "pavel",
        "support_request",
        "Logo and photos for our new showroom",
        """We open the new showroom in Split on the 12th. Please send us your logo for large print and five
        or six photos of the hammers on site.""",
        (
            takes(1.3, "mia"),
            resolves(
                2.7,
                "mia",
                """The logo as a drawing and eight photos are in the folder I sent to your address, all free
                to use in the showroom. Please show me a picture when it is up.""",
            ),
            *reads(5.0, "pavel"),
        ),
    ),
    Story(
        1.2,
        "pavel",
        "support_request",
        "Charging station shows E7 after the update",
        """One of our MC-6 shows E7 since the update of last week. Switching it off overnight did not help.
        It is the station in the shop, so it is a little embarrassing.""",
        product="MC-6",
        answers={"serial": "MC6-12033"},
    ),
)

LUMEN = (
    Story(
        25.3,
        "petra",
        "support_request",
        "Lower blade guard of the MT-216 does not close",
        """The lower guard stays open by about two centimetres when the head goes up. Can the spring be
        adjusted?""",
        (
            takes(2.0, "marko"),
            resolves(
                3.0,
                "marko",
                """Yes: loosen the screw marked S behind the guard, turn the spring by one notch and tighten
                it again. If it still stays open, please stop using the saw and send it to us.""",
            ),
            *reads(1.0, "petra"),
        ),
        product="MT-216",
    ),
    Story(
        10.4,
        "petra",
        "product_request",
        "Five demonstration cases with ML-360",
        "For the autumn fairs we need five ML-360 in demonstration cases, sold as used afterwards.",
        (
            takes(1.3, "sal"),
            notes(1.0, "sal", "Five are in the pool until January."),
            says(1.6, "sal", "Five are free until January. Collected in Zagreb, or shall we send them?"),
            says(2.0, "petra", "We collect them on Friday morning."),
            resolves(
                14.0, "sal", "They were handed over on Friday. Prices for selling them used are in the box."
            ),
            accepts(8.0, "petra"),
        ),
        product="ML-360",
        answers={"quantity": 5, "needed_by": Ahead(7), "preference": "with tripods"},
    ),
    Story(
        6.2,
        "petra",
        "invoice_question",
        "Reminder for an invoice we paid",
        """We received a second reminder for invoice 2026-4390. It was paid on 29 October; our bank confirms
        it. Please stop the reminders while you look for it.""",
        (
            takes(1.8, "fin"),
            says(
                2.4,
                "fin",
                "Reminders are stopped. I look for the payment and tell you where it went.",
                then="us",
            ),
            notes(3.0, "fin", "Not on the usual account. Asked the bank about the old one."),
            says(26.0, "petra", "Any news? Our auditors are in the house this week and ask about it."),
            asks_task(
                4.0,
                "fin",
                "sales",
                "Waive the reminder fees of € 40.00: a good customer, and our mistake",
                kind="approval",
                assignee="sal",
                due_days=1,
            ),
        ),
        answers={"invoice": "2026-4390", "concern": "other", "amount": "3118.40"},
    ),
    Story(
        4.4,
        "petra",
        "support_request",
        "Cross line laser loses its level",
        """A customer's ML-360 is off by about four millimetres on five metres, always to the left. He
        dropped it, he says from the height of a chair. Photo of his wall attached.""",
        (
            assigns(1.1, "sue", "marko"),
            says(
                2.2,
                "marko",
                """Thank you. Please let it lock and unlock three times with the switch; sometimes the
                pendulum only sticks. If the line is still off, send it in, adjustment costs € 45.00.""",
            ),
        ),
        product="ML-360",
        answers={"serial": "ML360-0772"},
        files=("wall.jpg",),
    ),
    Story(
        1.6,
        "petra",
        "price_enquiry",
        "Framework order for 300 battery packs",
        """Over the next year we expect to sell about 300 packs, two thirds MB-5 and one third MB-8. What
        would a framework order look like, with deliveries every month?""",
        product="MB-5",
        answers={"quantity": 300, "answer_by": Ahead(14)},
    ),
    Story(
        14.6,
        "petra",
        "support_request",
        "Two MI-18 with a loose bit holder",
        "Two impact drivers from the same box let the bit fall out when held upside down.",
        (
            takes(1.2, "sue"),
            resolves(2.0, "sue", "Both go back to us, please; two new ones are on their way today."),
            reopens(20.0, "petra", "The new ones are here. One of them does the same."),
            hands_over(
                3.0, "sue", "sales", "We have no more of the old series; sales may offer the next one."
            ),
            takes(1.5, "sal"),
            says(2.0, "sal", "May I send you one of the new series instead, at the same price?"),
        ),
        product="MI-18",
        answers={"serial": "MI18-40 and 41"},
    ),
)

STORIES = ADRIATIC + LUMEN
