"""What Alpina asked that partners or other departments had to do: repairs on site, money, a delicate word."""

from portal.demo.story import (
    Story,
    accepts,
    asks,
    asks_task,
    assigns,
    closes_lane,
    finishes,
    lets_in,
    notes,
    reads,
    releases,
    resolves,
    says,
    seals,
    takes,
)

STANDING_MIXERS = Story(
    3.3,
    "carla",
    "support_request",
    "Four mortar mixers stand still in Zagreb",
    """On our site in Zagreb four MP-1200 do not start any more since the night of the storm. The screed has
    to go in this week. Can somebody come?""",
    (
        takes(0.5, "marko"),
        says(0.7, "marko", "Does the lamp at the switch light up, and from when to when is somebody there?"),
        says(1.1, "carla", "No lamp on any of them. From six to three, they know at the gate."),
        asks(
            0.9,
            "marko",
            "adriatic",
            ("pavel", "nina"),
            "Popravak četiri miješalice na gradilištu u Zagrebu",
            """Na gradilištu u Zagrebu, Žitnjak, stoje četiri MP-1200: ne pale se od oluje, lampica ne
            svijetli. Vjerojatno prekidač i varistor. Možete li doći sutra ili prekosutra? Na porti znaju,
            od 6 do 15 sati. Dijelove šaljemo odmah.""",
            lane="site",
            facts=("product",),
            due_days=1,
            until_days=8,
            language="hr",
        ),
        *reads(1.0, "nina"),
        says(
            2.0,
            "pavel",
            "Prekosutra u 7 sam tamo. Pošaljite pet prekidača i pet varistora, jedan komplet za rezervu.",
            lane="site",
            language="hr",
        ),
        releases(
            0.6,
            "marko",
            """A mechanic of our service partner is at the gate the day after tomorrow at seven, with all
            parts.""",
            source="Prekosutra u 7 sam tamo",
            days=4,
        ),
        says(
            0.3,
            "marko",
            "Dijelovi su u dostavi, broj 77391. Molim kratak izvještaj i fotografije kad završite.",
            lane="site",
            days=3,
            language="hr",
        ),
        *reads(9.0, "pavel", "carla"),
    ),
    product="MP-1200",
)

STUCK_DRILL = Story(
    23.6,
    "carla",
    "complaint",
    "Core drill stuck in Rijeka, a crew of three waiting",
    """The MC-160 in Rijeka seized in the middle of a hole. Three people waited for a day. We would like it
    repaired on site, and ask for the day back, € 320.00.""",
    (
        assigns(0.6, "sue", "marko"),
        says(0.8, "marko", "We can have somebody there tomorrow. Is there a lift, and who opens?"),
        says(1.0, "carla", "There is a hoist. The gate is open from seven."),
        asks(
            0.9,
            "marko",
            "adriatic",
            ("pavel",),
            "MC-160 na gradilištu u Rijeci: zaribala kruna",
            """MC-160 stoji u rupi, zaribala je. Možete li sutra u Rijeku? Gradilište je otvoreno od sedam,
            dizalica postoji. Račun nama.""",
            lane="site",
            facts=("product",),
            due_days=2,
            until_days=90,
            language="hr",
        ),
        says(1.5, "pavel", "Mogu, sutra u 9.", lane="site", language="hr"),
        says(
            0.4, "marko", "Hvala! Molim kratak izvještaj kad je gotovo.", lane="site", days=3, language="hr"
        ),
        says(
            14.0,
            "pavel",
            """Gotovo. Voda nije dolazila: crijevo je bilo priklješteno pod postoljem, kruna se pregrijala.
            Nova brtva i ležaj, tri sata s putem. Izvještaj i slika su u prilogu.""",
            "repair-rijeka.txt",
            "motor.jpg",
            lane="site",
            language="hr",
        ),
        releases(
            1.0,
            "marko",
            """It runs again. No water had reached the crown, because the hose was pinched under the stand;
            the crown ran hot and seized. Seal and bearing are new, the report is attached.""",
            source="Voda nije dolazila",
            files=("repair-rijeka.txt",),
            days=4,
        ),
        finishes(
            9.0,
            "fin",
            "Check the amount claimed",
            "refused",
            """A pinched hose is not a fault of ours, and the contract excludes waiting time. Repair for
            nothing is fine.""",
        ),
        closes_lane(1.0, "marko", "site"),
        resolves(
            0.8,
            "marko",
            """Journey, seal and bearing cost you nothing. The day of waiting we cannot pay: the hose was
            pinched on site. A guard for the hose is in the post, so that it does not happen again.""",
        ),
        says(5.0, "carla", "A pity, but fair. The guard fits."),
        resolves(1.0, "marko", "Good to hear. I leave it to you to close."),
        accepts(3.0, "carla"),
    ),
    product="MC-160",
    answers={"serial": "MC160-0388", "remedy": "credit", "amount": "320.00", "currency": "EUR"},
)

A_REMARK = Story(
    4.2,
    "carla",
    "complaint",
    "What one of your people offered our foreman",
    """One of your sales people, who visits our sites, offered our foreman vouchers if the next order names
    your machines. The foreman told me the same day. I would like this looked into by somebody who does
    not work with him, and I do not want it to cost him his job before it is clear. His name I give you on
    the phone.""",
    (
        takes(0.3, "sue"),
        seals(0.1, "sue", "About a colleague in sales. Only who has to act should read it."),
        says(
            0.6,
            "sue",
            """Thank you for telling us. Of us only the service department reads what you write here, and
            whom I let in by name. I call you within the hour.""",
            then="us",
            days=8,
        ),
        lets_in(1.4, "sue", "sal"),
        notes(
            0.2,
            "sue",
            "She named him on the phone. Sal and I talk to him when he is back, nothing in writing before.",
        ),
        asks_task(
            0.4,
            "sue",
            "finance",
            "Vouchers in expense claims, Austria, last two quarters",
            assignee="fin",
            due_days=5,
        ),
        *reads(2.0, "sal", "fin"),
        notes(
            5.0,
            "sal",
            "He has no budget for vouchers. If there are any, they are his own. He is back next week.",
        ),
        notes(11.0, "fin", "Two quarters are through without anything, the last one is not closed yet."),
        *reads(2.0, "carla"),
    ),
    answers={"remedy": "explanation", "about_person": True},
    only_managers=True,
)

RENTAL_SET = Story(
    7.3,
    "carla",
    "complaint",
    "Rental set came back without its case, but the case is on the bill",
    """The hammer set we rented for Sölden went back complete. Your return note says the case is missing,
    and you charge it. The driver took it, our foreman has a photo of the van.""",
    (
        takes(1.1, "sue"),
        says(3.5, "sue", "Could you send me the foreman's photo and the day of the pick-up?"),
        says(
            2.2,
            "carla",
            "It was the 6th at about 15:00. The photo comes as soon as he is off the mountain.",
        ),
        says(9.0, "carla", "Photo: the case stands behind the seat, one can see the label.", "pallet.jpg"),
        notes(4.0, "sue", "Depot found a case without a label on the 7th. Probably it."),
        finishes(0.8, "fin", "Check the amount claimed", "approved", "148.00 is what we charged."),
        asks_task(
            0.7,
            "sue",
            "finance",
            "Bill of the rental set without the case",
            assignee="fin",
            due_days=1,
        ),
        says(16.0, "carla", "Is there any news? I would like to book the corrected invoice this month."),
        *reads(1.0, "sue"),
    ),
    product="MR-40",
    answers={"remedy": "credit", "amount": "148.00", "currency": "EUR"},
)

SAFETY_CHECK = Story(
    6.9,
    "carla",
    "service_wish",
    "Yearly safety check of our 60 grinders",
    """Our insurer wants a yearly check of all machines with a cord. We have 60 grinders in one store and
    nobody who is allowed to sign. Could you do that, once a year in January?""",
    (
        takes(2.0, "sue"),
        asks(
            3.0,
            "sue",
            "lumen",
            ("petra",),
            "Safety check of 60 grinders in one day, Carinthia",
            """Could you check 60 grinders with a cord in one day in January, on site, with certificates?
            There is a room with power. What would it cost with the journey?""",
            due_days=4,
            until_days=25,
        ),
        says(
            0.5,
            "sue",
            """A good idea, and you are not the only one. I am asking who could come; it takes me a week or
            two.""",
            then="us",
            days=11,
        ),
        *reads(4.0, "petra", "carla"),
        says(
            14.0,
            "petra",
            "With two people it can be done in a day. Is a list with the numbers enough, or a plate on each?",
            lane="lumen",
        ),
        says(2.0, "sue", "A plate on each, please, and the list as a table.", lane="lumen", days=6),
        *reads(4.0, "petra"),
    ),
    answers={"place": "Villach", "urgency": "often"},
)

STORIES = (STANDING_MIXERS, STUCK_DRILL, A_REMARK, RENTAL_SET, SAFETY_CHECK)
