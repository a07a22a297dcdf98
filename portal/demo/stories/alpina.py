"""What Alpina, a construction company in Austria with a site in Zagreb, asked."""

from portal.demo.story import (
    Ahead,
    Story,
    accepts,
    asks_task,
    assigns,
    closes,
    notes,
    reads,
    resolves,
    says,
    takes,
)

STORIES = (
    Story(
        33.1,
        "carla",
        "support_request",
        "Training for three new mechanics",
        """Three mechanics start with us on the 1st. Is there a day on which you could show them how to
        service the MR-40, here or in Zagreb?""",
        (
            takes(1.5, "marko"),
            says(
                2.0,
                "marko",
                """We have a training day in Zagreb in the second week, 9:00 to 15:00. Shall I keep three
                places?""",
            ),
            says(6.0, "carla", "Yes please, and a vegetarian lunch for one of them."),
            says(1.0, "marko", "Three places and one vegetarian lunch are noted.", then="us"),
            resolves(
                70.0, "marko", "Thank you for coming; the three certificates are in the post to Innsbruck."
            ),
            closes(30.0, "marko", "Certificates have arrived, Carla said so on the phone."),
        ),
        product="MR-40",
    ),
    Story(
        20.4,
        "carla",
        "service_wish",
        "Loan machines while ours are in repair",
        """When an MC-160 is in your workshop, a core drilling crew stands still. Would you keep two or three
        loan machines for customers with a contract?""",
        (
            takes(4.0, "sue"),
            says(
                3.0,
                "sue",
                """How long was your longest wait this year, and would a machine of the size below help? We
                have two of those in the demonstration pool.""",
            ),
            says(
                8.0, "carla", "Eleven days in July. The size below does not reach 160, so it would not help."
            ),
            resolves(
                30.0,
                "sue",
                """I put it to our management with your eleven days and two similar cases. For this year the
                answer is no: three MC-160 standing by cost more than they save all together. What we do
                instead is repair a core drill within three days or credit you the rental of another make.
                That holds from today.""",
                outcome="refused",
            ),
            accepts(20.0, "carla"),
        ),
        product="MC-160",
        answers={"place": "Innsbruck", "urgency": "often"},
    ),
    Story(
        13.2,
        "carla",
        "product_request",
        "Two MT-216 mitre saws for the site at Brenner",
        "Two mitre saws MT-216 with stands, delivered to the site office at Brenner, gate 3.",
        (
            takes(1.2, "iva"),
            says(0.8, "iva", "With the blade for aluminium or for wood?"),
            says(3.5, "carla", "Wood for both, and one spare blade."),
            resolves(
                2.0,
                "iva",
                """Both saws, stands and a spare blade for wood reach gate 3 on Friday between 10:00 and
                12:00.""",
            ),
            *reads(2.0, "carla"),
        ),
        product="MT-216",
        answers={"quantity": 2, "needed_by": Ahead(8)},
    ),
    Story(
        10.3,
        "carla",
        "complaint",
        "Clutch housing broken on one MD-18",
        """The clutch housing of an MD-18 broke right through while driving screws into larch, nothing
        unusual. The machine is three weeks old.""",
        (
            takes(0.8, "sue"),
            says(1.0, "sue", "Please tell me the lot on the plate under the battery."),
            says(2.2, "carla", "2609-B."),
            says(
                1.5,
                "sue",
                """Thank you. A new machine leaves today, so that you can work. I would like to have the
                broken one back for our laboratory; a label is in the box.""",
                then="us",
            ),
            says(38.0, "carla", "The new one is here, yours was picked up yesterday. What came out of it?"),
            notes(
                2.0,
                "sue",
                "Same lot as the fourteen at Northwind. The laboratory has both since this morning.",
            ),
            asks_task(
                0.5,
                "sue",
                "marketing",
                "No MD-18 in the Austrian flyer before we know the cause",
                assignee="mia",
                due_days=1,
            ),
            says(
                2.5,
                "sue",
                """The laboratory has it since this morning, together with others of the same lot. They need
                two weeks; as soon as the cause is certain you hear it from me.""",
                then="us",
                days=10,
            ),
        ),
        product="MD-18",
        answers={"serial": "2609-B", "remedy": "replacement"},
        files=("housing-2.jpg",),
    ),
    Story(
        6.1,
        "carla",
        "support_request",
        "Brochures and a display for our tool store",
        """We are rebuilding the tool store in Innsbruck, where our own people choose machines. Do you have
        brochures in German and perhaps a display with the batteries? About 40 people go in and out there
        every day.""",
        (
            takes(3.0, "mia"),
            says(
                2.5,
                "mia",
                """With pleasure. Two hundred brochures in German are packed. For the display I need the
                height of the shelf: there is one of 120 and one of 160 cm.""",
            ),
            says(6.5, "carla", "160 fits."),
            says(
                1.5, "mia", "Then it is ordered; it takes two weeks. I tell you the day.", then="us", days=10
            ),
            asks_task(
                0.5,
                "mia",
                "front-desk",
                "Forwarder with a tail lift for a display, Innsbruck",
                assignee="iva",
                due_days=8,
            ),
            *reads(3.0, "carla"),
        ),
    ),
    Story(
        4.3,
        "nina@alpina",
        "invoice_question",
        "Račun 2026-3980: pogrešan PDV broj",
        """Na računu 2026-3980 stoji stari PDV broj naše podružnice u Zagrebu. Molim ispravak, knjigovodstvo
        ga ovakvog ne može proknjižiti.""",
        (
            takes(2.0, "fin"),
            says(
                3.0,
                "fin",
                """Please send me the new VAT number and the date from which it is valid, then I correct it
                at once.""",
            ),
        ),
        answers={"invoice": "2026-3980", "concern": "other"},
    ),
    Story(
        2.4,
        "nina@alpina",
        "support_request",
        "Baterija MB-8 ne puni se preko 80 %",
        """Jedna od naših baterija MB-8 puni se samo do 80 % i stane, lampica svijetli zeleno. Druge se na
        istoj stanici pune do kraja. U prilogu je ispis sa stanice.""",
        (
            takes(1.0, "marko"),
            says(
                2.0,
                "marko",
                """Hvala na ispisu. Po njemu je paket zdrav, ali prag punjenja stoji na 80 %. Držite li tipku
                na paketu dulje od pet sekundi, vraća se na 100 %. Možete li probati i javiti?""",
                language="hr",
            ),
        ),
        product="MB-8",
        answers={"serial": "MB-8/0417"},
        files=("punjenje.csv",),
    ),
    Story(
        1.5,
        "carla",
        "support_request",
        "Chargers hum, batch of 25",
        """The 25 rapid chargers of the last delivery hum quite loudly while they charge. They work, but in
        the site container with six of them nobody wants to have a break. Is that normal?""",
        (
            takes(1.2, "sue"),
            says(
                1.6,
                "sue",
                """A soft tone is normal, something you mind at two metres is not. Could you record ten
                seconds with a phone and tell me whether it changes when a pack is nearly full?""",
            ),
        ),
        product="MC-4",
        answers={"serial": "MC4-2610"},
    ),
    Story(
        0.8,
        "carla",
        "complaint",
        "MV-30 fails the class M test on two sites",
        """The labour inspectorate measured on two of our sites, and three of five MV-30 failed the class M
        test. We had to rent others at once. We claim the rental, € 2,340.00, and need to know what to do
        with the other eleven extractors we have.""",
        product="MV-30",
        answers={
            "serial": "MV30-0911 and others",
            "remedy": "credit",
            "amount": "2340.00",
            "currency": "EUR",
        },
    ),
    Story(
        0.35,
        "carla",
        "price_enquiry",
        "Diamond discs, about 600 a year",
        """We use about 600 discs DD-125 a year and buy them as we go. What would they cost on call, with
        deliveries of 50?""",
        product="DD-125",
        answers={"quantity": 600, "compared_with": "buying single boxes"},
    ),
    Story(
        27.6,
        "carla",
        "support_request",
        "Laser distance meter shows an error 255",
        "Our ML-50 shows error 255 below five degrees. Indoors it works.",
        (
            assigns(2.0, "sue", "marko"),
            says(2.0, "marko", "Does it stay when the batteries are warm and only the meter is cold?"),
            says(7.5, "carla", "With warm batteries it works outside too."),
            resolves(
                1.0,
                "marko",
                """Then it is the batteries. Lithium cells of the same size hold down to minus ten; no repair
                needed.""",
            ),
            accepts(11.0, "carla"),
        ),
        product="ML-50",
    ),
)
