"""What Northwind, a tool rental in Portugal, needed help with, found broken and wished for."""

from portal.demo.story import (
    Story,
    accepts,
    asks_task,
    assigns,
    notes,
    reads,
    reopens,
    resolves,
    says,
    takes,
)

STORIES = (
    Story(
        41.3,
        "olga",
        "support_request",
        "Spare key for the case of the ML-360",
        """The lock of the transport case cannot be opened any more, the key broke off. Where can we get a
        second key, or a new lock? The laser itself is fine.""",
        (
            takes(2.1, "marko"),
            resolves(
                3.4,
                "marko",
                """The case has one lock for all units of this series, so I put two keys in the post to Lisbon
                today, free of charge. They should be with you on Thursday.""",
            ),
            accepts(17.5, "olga"),
        ),
        product="ML-360",
    ),
    Story(
        30.4,
        "bruno",
        "support_request",
        "Chargers in bay 4 stop after a few minutes",
        """Three of our MC-6 stations stop charging in bay 4 after about five minutes, always the same bay.
        The packs are fine in every other bay. Is this something we can repair here?""",
        (
            takes(0.9, "sue"),
            says(
                1.1,
                "sue",
                """That sounds like the spring contact of that bay. Please tell me the serial numbers of the
                three stations; they are on the back, beside the cable.""",
            ),
            says(3.0, "bruno", "MC6-11840, MC6-11841 and MC6-11847. All bought in March.", "chargers.jpg"),
            notes(1.2, "marko", "All three are from the week when the contact springs were too soft."),
            says(
                2.6,
                "sue",
                """Thank you. These are from a week in which the springs came too soft. I am sending you three
                contact sets; changing one takes ten minutes and two screws, a drawing is in the box.""",
            ),
            says(21.5, "bruno", "They arrived and two are done. Works again."),
            resolves(
                4.0,
                "sue",
                """Good to hear. The repair counts as warranty, there is nothing to pay. I leave the case to
                you.""",
            ),
            accepts(5.2, "bruno"),
        ),
        product="MC-6",
        answers={"serial": "MC6-11840"},
    ),
    Story(
        12.3,
        "bruno",
        "support_request",
        "MX-150 loses its sanding disc at full speed",
        """Two customers brought back MX-150 sanders because the disc flies off at full speed. The pad looks
        worn, but the machines are only four months old. In rental they run every day.""",
        (
            takes(1.2, "sue"),
            says(
                2.0,
                "sue",
                """In daily use the pad is a wearing part and lasts three to four months. The machine shows
                it by a grey ring at the edge. Are both rings grey?""",
            ),
            says(4.5, "bruno", "One is grey, the other is not."),
            resolves(
                3.1,
                "sue",
                """Then one pad is worn, and I send you one for the other as warranty. A set of five pads for
                the rest of the fleet is on the way too, the first set is on us.""",
            ),
            *reads(3.0, "bruno"),
            reopens(
                28.0,
                "bruno",
                """The new pad holds, but today a third machine lost its disc, and its ring is not grey at
                all. Serial MX-55310.""",
            ),
            asks_task(
                2.2,
                "sue",
                "service",
                "Measure the torque of the pad screw on five machines of this lot",
                assignee="marko",
                due_days=2,
            ),
            notes(0.1, "sue", "If it is too low, we have to tell everybody who bought this lot."),
        ),
        product="MX-150",
        answers={"serial": "MX-55102"},
    ),
    Story(
        8.4,
        "ana",
        "support_request",
        "Switch for the MS-190 circular saw, 8 pieces",
        """Eight of our MS-190 have a switch that sticks. We can change them ourselves, we only need the
        part. The list on the web shows two versions; ours are from 2024.""",
        (
            takes(1.0, "sue"),
            resolves(
                1.7,
                "sue",
                "Machines of 2024 have the second version. Eight switches went out today, they cost nothing.",
            ),
            reopens(
                22.0,
                "ana",
                "A week later nothing has arrived. Could you please ask the carrier where the parcel is?",
            ),
            says(
                2.3,
                "sue",
                """The carrier shows the parcel at the depot in Ljubljana without a scan since Tuesday. I
                opened a search there. If it is not found by tomorrow, eight new ones leave by express.""",
                then="us",
            ),
            notes(11.5, "sue", "Carrier still has no scan. Express if nothing by noon."),
            *reads(1.2, "ana"),
        ),
        product="MS-190",
        answers={"serial": "MS-2024 series"},
    ),
    Story(
        6.3,
        "ana",
        "support_request",
        "Six MG-125 grinders for repair",
        """We have six MG-125 with worn brushes and noisy bearings, all out of warranty. Could you repair
        them, and what would it cost with transport both ways? We have a box ready.""",
        (
            assigns(1.2, "sue", "marko"),
            says(
                0.9,
                "marko",
                "Yes. Please send them to our workshop in Zagreb; I quote once I have seen them.",
            ),
            says(3.0, "ana", "They left this afternoon with your carrier."),
            notes(19.0, "marko", "Arrived. Bearings in all six, brushes in all six, one cord."),
            says(
                5.0,
                "marko",
                """All six can be repaired: brushes and bearings in each, and one needs a cord. It comes to €
                412.00 with return freight, the quote is attached. If you say yes, they are on their way
                back three working days later.""",
                "quote-2026-R-0318.txt",
            ),
        ),
        product="MG-125",
        answers={"serial": "six machines, list in the box"},
    ),
    Story(
        0.95,
        "bruno",
        "support_request",
        "Which dust bag fits the MX-150 of this year?",
        """The bags we have on stock no longer click in on the machines that came in October. Was the
        connection changed, and is there an adapter for the old bags? We still have about eighty.""",
        product="MX-150",
    ),
    Story(
        0.5,
        "rui",
        "support_request",
        "Berbequim MD-18 não arranca depois da lavagem",
        """Um cliente lavou o berbequim com água sob pressão e agora não arranca. Já secámos dois dias e
        limpámos os contactos. Vale a pena abrir, ou é melhor enviar para a oficina?""",
        product="MD-18",
        answers={"serial": "2608-F 00417"},
    ),
)
