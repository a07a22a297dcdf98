"""What else Northwind asked that took more than two: a partner's offer, another department, a call."""

from portal.demo.story import (
    Story,
    asks,
    assigns,
    corrects,
    finishes,
    hands_over,
    notes,
    reads,
    revokes,
    says,
    takes,
)

HINGES = Story(
    6.6,
    "rui",
    "complaint",
    "Dobradiças partidas nas malas da MR-26",
    """Boa tarde. Em nove das malas das MR-26 a dobradiça partiu ao fim de dois ou três meses. O martelo está
    bom, mas sem mala não o podemos alugar. Há dobradiças à parte, ou só malas novas?""",
    (
        takes(1.2, "sue"),
        says(
            1.6,
            "sue",
            """Boa tarde Rui, obrigada pela fotografia. Vejo que parte sempre o pino. Vou perguntar ao
            fabricante se há pinos à parte e volto a escrever-lhe na próxima semana.""",
            then="us",
            days=9,
            language="pt",
        ),
        asks(
            0.8,
            "sue",
            "ferrum",
            ("sofia",),
            "Hinge 8806-2 of the MR-26 case: pins break",
            """On nine cases the pin of the hinge broke after two or three months of daily use, see the photo.
            Are there pins without the hinge, and was the material changed this year?""",
            facts=("product",),
            files=("hinge.jpg",),
            due_days=5,
            until_days=20,
        ),
        *reads(5.0, "rui", "sofia"),
        says(
            38.0,
            "sofia",
            """The pins of spring were turned from a softer wire than ordered; we see it from the invoice of
            our own supplier. 200 pins of the right wire are ready, free of charge. Shall they go to you,
            or to an address you give us?""",
            lane="ferrum",
        ),
    ),
    product="MR-26",
    answers={"remedy": "replacement"},
    files=("hinge.jpg",),
)

CALIBRATION = Story(
    5.2,
    "ana",
    "service_wish",
    "Calibration of torque drills at our Porto site",
    """Two customers now ask for calibration certificates with the torque drills they rent. Sending forty
    drills to Zagreb twice a year is not practical. Could somebody come to Porto, say every six
    months?""",
    (
        assigns(2.4, "sue", "marko"),
        says(
            3.8,
            "marko",
            """We don't offer that in Portugal today. I am asking whether a service partner has the bench for
            it; you hear from me within a week. How many drills would it be at a time?""",
        ),
        says(4.4, "ana", "Between 35 and 45, and one day in March and one in September would suit us best."),
        asks(
            1.0,
            "marko",
            "lumen",
            ("petra",),
            "Calibration bench for torque drills, twice a year",
            """A customer of ours in Portugal wants 35 to 45 torque drills calibrated on site, in March and in
            September. Could you go there with a bench, and for what price?""",
            due_days=5,
            until_days=15,
        ),
        asks(
            0.4,
            "marko",
            "adriatic",
            ("pavel", "nina"),
            "Umjeravanje momentnih bušilica na terenu, dvaput godišnje",
            """Jedan naš kupac u Portugalu želi dvaput godišnje, u ožujku i rujnu, umjeriti 35 do 45 momentnih
            bušilica kod sebe. Možete li doći s klupom, i po kojoj cijeni?""",
            due_days=5,
            until_days=30,
            language="hr",
        ),
        says(
            0.7,
            "marko",
            """That would be enough for a partner to come with a bench. I am waiting for their price and
            write to you within a week.""",
            then="us",
            days=6,
        ),
        says(
            5.6,
            "petra",
            """We could, with a rented bench. Who is the customer? We would rather offer it to them directly
            and settle the commission with you afterwards.""",
            lane="lumen",
        ),
        revokes(
            2.5,
            "marko",
            "lumen",
            "They want the name to offer it directly. That is not how we work together.",
        ),
        says(
            9.0,
            "pavel",
            """Možemo, klupa stane u kombi. Za 35 do 45 komada treba dan i pol: 18,50 € po komadu s potvrdom,
            put i dvije noći 640 €. Ispod 30 komada se ne isplati. Termin u ožujku bih rezervirao do kraja
            mjeseca.""",
            lane="adriatic",
            language="hr",
        ),
        *reads(1.0, "rui", "marko"),
        notes(0.5, "marko", "33.80 a piece with the journey at 42 drills. Sal says up to 40.00 sells."),
    ),
    answers={"place": "Porto", "urgency": "often"},
)

SHORT_BATTERIES = Story(
    7.4,
    "ana",
    "complaint",
    "Twenty MB-2 packs last for twenty minutes",
    """Twenty new MB-2 packs last for about twenty minutes in the screwdrivers, the old ones for forty. Our
    workshop has measured five of them. We ask for new packs or for our money back, € 1,180.00.""",
    (
        assigns(1.0, "sue", "marko"),
        says(1.5, "marko", "Could you send me what you measured, and at which current?"),
        says(
            4.0,
            "rui",
            """Medimos cinco a 10 A até 12,5 V: entre 1,38 e 1,44 Ah. Os antigos dão 1,97. Todos do lote
            MB2-2608.""",
        ),
        asks(
            2.0,
            "marko",
            "borealis",
            ("tomas",),
            "MB-2, lot MB2-2608: 1.4 Ah instead of 2.0",
            """Five of twenty packs of lot MB2-2608 give 1.38 to 1.44 Ah at 10 A down to 12.5 V. Earlier lots
            give 1.97. Which cells went into this lot?""",
            facts=("product", "serial"),
            due_days=4,
        ),
        says(
            0.5, "marko", "Obrigado, Rui. The readings are clear; I am asking where it comes from.", then="us"
        ),
        *reads(4.0, "tomas"),
        says(
            13.0,
            "tomas",
            """It should not happen and it did: a tray of 1.5 Ah cells went into that lot. 380 packs are
            affected. We exchange all of them.""",
            lane="borealis",
        ),
        hands_over(
            3.0,
            "marko",
            "finance",
            "Wrong cells, Borealis says so. What is left is the money; I settle the exchange with them.",
        ),
        takes(3.0, "fin"),
        finishes(0.5, "fin", "Check the amount claimed", "approved", "20 × 59.00. Charged on to Borealis."),
        says(
            0.6,
            "fin",
            """The twenty packs had the wrong cells in them, that was not your measuring. € 1,180.00 go back
            to your account as soon as the exchange is agreed with the manufacturer.""",
            then="us",
            days=7,
        ),
        says(
            1.2,
            "marko",
            """Thank you for the plain words. Please confirm in writing that you bear the 380 packs and the
            freight: our finance department cannot settle it before. The first 20 may go to scrap.""",
            lane="borealis",
            days=4,
        ),
        *reads(9.0, "ana", "tomas"),
    ),
    product="MB-2",
    answers={"serial": "MB2-2608", "remedy": "credit", "amount": "1180.00", "currency": "EUR"},
)

PORCELAIN_DISCS = Story(
    2.9,
    "rui",
    "product_request",
    "Discos DD-125 para cortar porcelanato",
    """Bom dia. Precisamos de discos de diamante DD-125 que cortem porcelanato sem lascar. O vosso serve, ou
    há outro?""",
    (
        takes(1.0, "sal"),
        says(
            2.0,
            "sal",
            """Bom dia Rui, o DD-125 corta, mas lasca na saída. Temos um de banda contínua. Quantos, e metade
            de cada ou só do novo?""",
            language="pt",
        ),
        corrects(
            8.5,
            "iva",
            "us",
            """Rui rang, he does not get to writing: 120 discs, half of each, with the
            pallet of next week. Our move.""",
            due_days=3,
        ),
        *reads(3.0, "sal"),
    ),
    product="DD-125",
)

STORIES = (HINGES, CALIBRATION, SHORT_BATTERIES, PORCELAIN_DISCS)
