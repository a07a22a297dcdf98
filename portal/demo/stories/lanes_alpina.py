"""What Alpina asked that suppliers had to be asked about, two of them at once.

Whoever is asked never reads who the customer is, nor that somebody else was asked.
"""

from portal.demo.story import (
    Ahead,
    Story,
    asks,
    asks_task,
    closes_lane,
    finishes,
    notes,
    reads,
    releases,
    reschedules,
    resolves,
    says,
    takes,
)

OPENED_PACKS = Story(
    5.5,
    "carla",
    "complaint",
    "Three MB-8 packs opened at the seam while charging",
    """Three of our new MB-8 packs swelled on the charger and opened at the seam. Nothing burned, nobody was
    hurt, but they stood in a site container. What do we do with the other 27?""",
    (
        takes(0.3, "sue"),
        says(
            0.5,
            "sue",
            """Please stop using packs of this lot at once and put all of them outside, in metal boxes if you
            have some. 30 packs of another lot leave today by courier. I call you in ten minutes.""",
            then="us",
            days=2,
        ),
        asks_task(
            0.3, "sue", "service", "Block MB-8 of lot 2611-04 in the store", assignee="marko", due_days=1
        ),
        asks(
            0.9,
            "sue",
            "borealis",
            ("tomas",),
            "MB-8, lot 2611-04: packs swell on the charger",
            """Three packs of lot 2611-04 swelled while they were charged and opened at the seam. None
            burned. Please look at the records of the cells of this lot today, and tell us whether anybody
            else may use theirs.""",
            lane="cells",
            facts=("product", "serial"),
            files=("pack.jpg",),
            due_days=1,
            only_managers=True,
        ),
        asks(
            0.3,
            "sue",
            "ferrum",
            ("sofia",),
            "Pack housing 9021-08: seam opens",
            """On three packs the seam of the housing, your article 9021-08, opened when the pack got warm.
            The lot is 2611-04. Please check the welding of that week: energy, time, and the ten pieces
            you keep.""",
            lane="seam",
            facts=("product", "serial"),
            files=("pack.jpg",),
            due_days=7,
        ),
        finishes(
            1.0, "marko", "Block MB-8", "done", "412 packs, all with a red label. Shop is closed for them."
        ),
        *reads(0.5, "tomas"),
        says(
            7.0,
            "tomas",
            """We have read out the records of all 96 trays. In two of them the formation was broken off by a
            power cut and repeated, which must not be. These cells age fast and can swell. Please let
            nobody use packs of this lot; the numbers of the two trays are attached.""",
            "trays.csv",
            lane="cells",
        ),
        releases(
            1.0,
            "sue",
            """We know the cause: when the cells of this lot were made, a step was interrupted and should not
            have been repeated. They can swell, so please use none of the 27 either. A carrier with the
            right boxes fetches them from you; you do not have to bring anything.

            Other lots are not affected.""",
            source="In two of them the formation was broken off",
            days=6,
        ),
        says(
            0.4,
            "sue",
            "Thank you, that was quick and clear. I leave this open until the packs are back with you.",
            lane="cells",
            then="us",
        ),
        says(
            6.5, "carla", "The 30 are here, the carrier came yesterday. Will we hear why the seam gave way?"
        ),
        says(
            1.5,
            "sue",
            """Yes. A swollen pack should stay closed, whatever is in it; that is being looked at separately,
            and I write to you when I have it.""",
            then="us",
            days=6,
        ),
        *reads(4.0, "sofia"),
        *reads(10.0, "carla", "tomas"),
    ),
    product="MB-8",
    answers={"serial": "2611-04", "remedy": "replacement"},
    files=("pack.jpg",),
)

COLD_PACKS = Story(
    20.5,
    "carla",
    "support_request",
    "Do MB-8 packs survive a winter at 2,000 metres?",
    """From December we work at 2,000 metres, with nights of minus twenty. Do the packs survive that on the
    machines, or do they have to be carried down every evening?""",
    (
        takes(2.0, "marko"),
        asks(
            2.0,
            "marko",
            "borealis",
            ("tomas",),
            "MB-8 at minus twenty: what is left in the morning?",
            """What is left of the charge after a night at −20 °C, and does it harm the cells to be charged
            cold?""",
            facts=("product",),
            due_days=5,
            until_days=8,
        ),
        says(
            0.5, "marko", "Good question. I ask for measured figures rather than guess.", then="us", days=12
        ),
        asks_task(
            4.0, "marko", "service", "A night at −20 °C in the cold chamber", assignee="marko", due_days=8
        ),
        finishes(50.0, "marko", "A night at −20 °C", "cancelled", "The chamber is taken until January."),
        notes(
            45.0,
            "marko",
            """No word from Borealis, and their time is over. We put four packs into the freezer of the
            canteen.""",
        ),
        resolves(
            41.0,
            "marko",
            """We measured it ourselves: after a night at −18 °C 71 % are left, and the machine starts. The
            packs may stay up there. Never charge them below zero: an hour in the container first is
            enough.""",
        ),
        *reads(10.0, "carla"),
    ),
    product="MB-8",
)

LEAKING_GEARBOX = Story(
    9.4,
    "carla",
    "complaint",
    "Core drill leaks oil on granite",
    """Our newest MC-160 leaks oil out of the gearbox on long holes. On granite steps that is a stain nobody
    gets out again. It is eight weeks old.""",
    (
        takes(1.0, "marko"),
        says(
            1.4,
            "marko",
            "Does it come from the shaft or from the joint of the two halves? A photo would help.",
        ),
        says(2.5, "carla", "From the joint, on the lower side. It is dry again when it has cooled down."),
        asks(
            2.0,
            "marko",
            "ferrum",
            ("sofia",),
            "Gear housing 6110: joint leaks when warm",
            """A gear housing 6110 leaks at the joint once it is warm, and is dry when cold. Could you check
            the flatness of the joint face of that lot, and send one housing you have measured?""",
            facts=("product", "serial"),
            due_days=5,
        ),
        says(0.5, "marko", "I am having the joint checked. A loan machine leaves today.", then="us", days=12),
        *reads(8.0, "sofia"),
        notes(20.0, "marko", "Sofia rang: the measuring machine is down. She needs four days more."),
        reschedules(0.3, "marko", "ferrum", 9),
        *reads(2.0, "carla", "sofia"),
    ),
    product="MC-160",
    answers={"serial": "MC160-0412", "remedy": "replacement"},
)

TUNNEL_SITE = Story(
    6.8,
    "carla",
    "product_request",
    "240 MB-8 packs for the tunnel site",
    """For the tunnel we need 240 packs MB-8 in five weeks, and 40 charging stations with them. Can you
    deliver that, if need be in two parts?""",
    (
        takes(1.2, "sal"),
        says(
            1.0,
            "sal",
            "The stations yes. For the packs I have to ask; you hear from me next week.",
            then="us",
            days=10,
        ),
        asks(
            1.5,
            "sal",
            "borealis",
            ("tomas",),
            "12,000 cells in four weeks: possible?",
            """We have an enquiry for 240 MB-8 beyond the plan. Can you deliver 12,000 cells in four weeks,
            or half of them in three?""",
            lane="delivery",
            facts=("product", "quantity"),
            due_days=3,
        ),
        *reads(3.0, "tomas"),
        says(
            12.0,
            "tomas",
            "6,000 in three weeks, the rest two weeks later. Faster only if you take the cells of spring.",
            lane="delivery",
        ),
        says(
            1.0,
            "sal",
            "That fits. Please reserve them until the end of next week.",
            lane="delivery",
            then="us",
        ),
        asks(
            0.5,
            "sal",
            "borealis",
            ("tomas",),
            "Price for 12,000 cells on one call",
            "What is the price for 12,000 cells in one call, and what if we add 4,000 for our own store?",
            lane="price",
            due_days=7,
            confidential=True,
        ),
        closes_lane(6.0, "sal", "delivery"),
        *reads(3.0, "tomas", "carla"),
    ),
    product="MB-8",
    answers={"quantity": 240, "needed_by": Ahead(40), "preference": "in two parts if need be"},
)

STORIES = (OPENED_PACKS, COLD_PACKS, LEAKING_GEARBOX, TUNNEL_SITE)
