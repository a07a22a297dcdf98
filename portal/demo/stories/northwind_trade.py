"""What Northwind, a tool rental in Portugal, wanted to buy; how it was delivered and what invoices said."""

from portal.demo.story import (
    Ahead,
    Story,
    accepts,
    asks_task,
    closes,
    hands_over,
    narrows,
    notes,
    reads,
    resolves,
    says,
    takes,
)

STORIES = (
    Story(
        38.6,
        "ana",
        "price_enquiry",
        "Price for 25 MV-30 dust extractors",
        """Two of our larger customers have to work with class M extraction from spring. What would 25 MV-30
        cost us, and how much less if we take 40? We would want them in two deliveries.""",
        (
            takes(1.4, "sal"),
            says(2.2, "sal", "Would both deliveries go to Porto, or one of them to Lisbon?"),
            says(4.6, "ana", "Both to Porto, please."),
            resolves(
                5.3,
                "sal",
                """25 pieces are 468.00 each, 40 pieces 449.00 each, delivered to Porto in two parts, payable
                in 30 days. The offer stands for six weeks.

                Sal""",
            ),
            *reads(2.0, "ana", "rui"),
        ),
        product="MV-30",
        answers={
            "quantity": 25,
            "answer_by": Ahead(10),
            "compared_with": "our present supplier of extractors",
        },
    ),
    Story(
        26.2,
        "rui",
        "invoice_question",
        "Cópias das faturas de agosto",
        """Bom dia, a contabilidade precisa de cópias das faturas de agosto, números 2026-4102 a 2026-4109.
        Podem enviar em PDF, por favor?""",
        (
            takes(1.8, "fin"),
            resolves(
                1.0,
                "fin",
                """Bom dia Rui, seguem as oito faturas por correio eletrónico para
                contabilidade@northwind.example. Se faltar alguma, diga-me aqui.""",
                language="pt",
            ),
            accepts(8.3, "rui"),
        ),
        answers={"invoice": "2026-4102", "concern": "copy"},
    ),
    Story(
        11.1,
        "rui",
        "product_request",
        "Mandris de aperto rápido para a MD-18",
        """Os clientes pedem cada vez mais um mandril que se troque sem chave e sem ferramentas. Vendem isso
        para a MD-18? Para começar precisávamos de 30 peças, 13 mm.""",
        (
            takes(1.1, "sal"),
            says(
                2.3,
                "sal",
                """Bom dia Rui, o CH-13 aperta sem chave mas não se troca sem ferramenta. Um mandril de troca
                rápida está em discussão. Posso passar o seu pedido ao marketing, que decide sobre a gama?""",
                language="pt",
            ),
            says(
                5.2, "rui", "Sim, por favor. Se houver um protótipo, gostávamos de o experimentar na oficina."
            ),
            hands_over(
                1.6,
                "sal",
                "marketing",
                "A wish for something new, by a customer who would buy 30 at once. Third one this month.",
            ),
            says(
                9.4,
                "mia",
                """Obrigada, Rui. O mandril de troca rápida está previsto para a primavera, e juntei o vosso
                pedido aos outros. Assim que houver protótipos, a vossa oficina recebe dois para
                experimentar.""",
                then="us",
                days=35,
                language="pt",
            ),
            notes(0.4, "mia", "Twelve organizations by now. Take it to the range meeting in December."),
            *reads(6.0, "rui", "ana"),
        ),
        product="CH-13",
        answers={"quantity": 30, "preference": "without tools, 13 mm, metal sleeve"},
    ),
    Story(
        9.2,
        "ana",
        "invoice_question",
        "Invoice 2026-4471 charged twice",
        """Our bank shows two direct debits for invoice 2026-4471, on the 3rd and on the 5th, € 1,284.60
        each. Please check and send one of them back.""",
        (
            takes(1.3, "fin"),
            says(
                1.1,
                "fin",
                """You are right that there are two debits. I am asking our bank whether the second was ours
                or a repeat of theirs.""",
                then="us",
            ),
            notes(
                7.6,
                "fin",
                "Ours: the batch of the 5th ran twice for three customers. The other two are told.",
            ),
            resolves(
                15.0,
                "fin",
                """The second debit was our mistake, a batch that ran twice. € 1,284.60 went back to your
                account this morning, value date tomorrow. Please tell us when it has arrived, or that it
                has not.""",
            ),
            *reads(2.5, "rui"),
        ),
        answers={"invoice": "2026-4471", "concern": "twice", "amount": "1284.60"},
    ),
    Story(
        3.4,
        "ana",
        "product_request",
        "12 MB-5 packs to replace worn ones",
        """Please send us 12 battery packs MB-5, the old ones no longer hold through a morning. We need them
        before the end of next week.""",
        (
            takes(1.0, "sal"),
            notes(1.9, "sal", "On stock. Their last order went to Maia, this one names Porto. Asking."),
            says(
                5.0,
                "sal",
                """The 12 packs are on stock and can leave tonight. Your order names the depot in Porto, but
                the last delivery went to Maia. Which of the two shall it be?""",
            ),
        ),
        product="MB-5",
        answers={"quantity": 12, "needed_by": Ahead(9), "preference": "same cells as the last lot"},
    ),
    Story(
        2.2,
        "bruno",
        "price_enquiry",
        "Price for 60 MR-26 rotary hammers",
        """We are putting together next year's fleet and need a price for 60 rotary hammers MR-26, delivered
        in three parts from February. We have another offer that is about 8 % below your list price.""",
        (
            takes(2.0, "sal"),
            says(1.5, "sal", "With cases and depth stops, or the bare machines?"),
            says(2.5, "bruno", "With cases, without depth stops."),
            notes(1.0, "sal", "The other offer is probably from last year's list."),
            asks_task(
                0.1,
                "sal",
                "finance",
                "60 MR-26 at 9 % below list, in three deliveries",
                kind="approval",
                assignee="fin",
                due_days=3,
            ),
            says(
                0.8,
                "sal",
                "I am calculating it for three deliveries. You have it within four working days.",
                then="us",
                days=4,
            ),
        ),
        product="MR-26",
        answers={"quantity": 60, "answer_by": Ahead(7), "compared_with": "an offer 8 % below list"},
    ),
    Story(
        33.5,
        "ana",
        "product_request",
        "Ten sets of keyless chucks for the workshop",
        """Could we order ten CH-13 for our own workshop, on the usual terms? No hurry, they may come with
        the next delivery.""",
        (
            takes(3.0, "iva"),
            resolves(2.2, "iva", "They are packed with your delivery on Thursday, on the usual terms."),
            closes(40.0, "iva", "Delivered with slip 76904, Ana confirmed by phone."),
        ),
        product="CH-13",
        answers={"quantity": 10},
    ),
    Story(
        22.7,
        "ana",
        "complaint",
        "Pallet arrived with crushed boxes",
        """The lower row of the pallet that came this morning is crushed, eight boxes of grinders. The driver
        noted it on the delivery slip. Four machines have bent guards, the others look fine.""",
        (
            takes(0.7, "sue"),
            says(
                1.3,
                "sue",
                """I am sorry about that. Please set the four aside and use the others. Can you send me the
                slip with the driver's note? Then the carrier's insurance takes care of it.""",
            ),
            says(2.1, "ana", "Here is the slip, number 77120, signed by the driver. Photo attached earlier."),
            notes(0.8, "fin", "Carrier accepts 4 × 129.00. Booked as a claim against them."),
            resolves(
                7.4,
                "sue",
                """Four new MG-125 leave with tomorrow's truck. The carrier's insurance pays, you keep the
                damaged ones for parts or send them back with the next pallet, as you like.""",
            ),
            accepts(26.0, "ana"),
        ),
        product="MG-125",
        answers={"remedy": "replacement", "serial": "delivery 77120"},
        files=("pallet.jpg",),
    ),
    Story(
        16.5,
        "ana",
        "complaint",
        "How your driver spoke to our warehouse people",
        """Yesterday the driver of the Tuesday tour shouted at two of our people because the ramp was not
        free at once. He was twenty minutes early. This is the second time. I don't want anybody punished,
        I want it to stop.""",
        (
            narrows(0.1, "ana"),
            takes(1.9, "sue"),
            says(
                2.4,
                "sue",
                """Thank you for telling us, and for how you put it. I spoke with the carrier's dispatcher
                today; the driver will be talked to and the tour now has a window from 8:30 to 9:00. May I
                ask you again in two weeks whether it holds?""",
                then="us",
            ),
            says(
                30.5,
                "ana",
                "The last two deliveries were fine, and he apologised by himself. Please close it.",
            ),
            resolves(1.2, "sue", "Gladly. I passed your words on, the apology included."),
            accepts(2.7, "ana"),
        ),
        answers={"remedy": "explanation", "about_person": True},
        only_managers=True,
    ),
)
