"""What partners asked that suppliers or other departments had to be asked about."""

from portal.demo.story import (
    Story,
    accepts,
    asks,
    asks_task,
    assigns,
    closes_lane,
    finishes,
    notes,
    reads,
    releases,
    resolves,
    says,
    takes,
)

THREE_LAMPS = Story(
    17.3,
    "petra",
    "support_request",
    "MB-5 shows three of four lamps when full",
    """Six MB-5 of our last delivery show three lamps straight off the charger, and the customers think they
    were sold used ones. Are they full?""",
    (
        assigns(1.3, "sue", "marko"),
        says(1.2, "marko", "What does the charger say, and is there an R behind the number?"),
        says(3.0, "petra", "The charger is green. There is an R on all six."),
        asks(
            1.5,
            "marko",
            "borealis",
            ("tomas",),
            "MB-5 with R: three lamps at full charge",
            """Six packs with an R behind the number show three of four lamps when the charger says full. Is
            the R the new board, and is it set right?""",
            facts=("product",),
            due_days=3,
        ),
        says(0.4, "marko", "I am asking what the R changed.", then="us", days=4),
        *reads(3.0, "tomas"),
        says(
            10.0,
            "tomas",
            """R is the new board. Its first 2,000 pieces count the fourth lamp from 98 % on and not from 90
            %; the pack is full. It learns after three full charges. We should have told you.""",
            lane="borealis",
        ),
        releases(
            1.0,
            "marko",
            """They are full and new. The R is a new board, whose fourth lamp comes on late in the beginning;
            after three full charges it is right. You may tell your customers so, and we exchange it for
            anybody who minds.""",
            source="R is the new board",
            days=3,
        ),
        asks_task(
            0.5, "marko", "marketing", "A line about the fourth lamp for the battery leaflet", assignee="mia"
        ),
        closes_lane(1.0, "marko", "borealis"),
        finishes(14.0, "mia", "A line about", "done", "In the leaflet of November, in all three languages."),
        resolves(
            2.0,
            "marko",
            "The leaflet says it from November on. Thank you for asking before sending them back.",
        ),
        accepts(12.0, "petra"),
    ),
    product="MB-5",
)

CRACKED_GRINDERS = Story(
    9.2,
    "nina",
    "complaint",
    "Kućište MG-230 puca kod vijka",
    """Na pet brusilica MG-230 puklo je kućište kod donjeg vijka, sve iz lipnja. Kupci ih vraćaju. Molimo
    zamjenu.""",
    (
        takes(1.0, "marko"),
        says(
            1.0,
            "marko",
            "Jesu li vijci originalni, i koliko su bili stegnuti? Fotografija bi pomogla.",
            language="hr",
        ),
        says(3.0, "nina", "Originalni, nitko ih nije dirao. Puklo je uvijek lijevo."),
        asks(
            1.2,
            "marko",
            "ferrum",
            ("sofia",),
            "Housing 4402-07: cracks at the lower left screw",
            """Five housings 4402-07 of June are cracked at the lower left screw, untouched since they left
            us. Is there anything about the boss of that screw in your records?""",
            facts=("product", "serial"),
            due_days=4,
        ),
        says(
            0.4,
            "marko",
            "Provjeravamo kod proizvođača. Javim se ovaj tjedan.",
            then="us",
            days=5,
            language="hr",
        ),
        *reads(6.0, "sofia"),
        says(
            14.0,
            "sofia",
            """We found it: in June the boss was drilled with a blunt drill and is up to 0.2 mm too narrow.
            It was changed on 2 July. 40 good housings go to you tomorrow.""",
            lane="ferrum",
        ),
        releases(
            1.5,
            "marko",
            """Provrt za vijak bio je u lipnju preuzak, od srpnja je u redu. Pet novih kućišta šaljemo sutra,
            montaža traje pola sata i plaćamo je.""",
            source="the boss was drilled with a blunt drill",
            language="hr",
            days=3,
        ),
        says(
            0.5,
            "marko",
            "Thank you. Of the 40 we keep 35 in store. Is there a list of the numbers that are affected?",
            lane="ferrum",
            days=3,
        ),
        says(9.0, "sofia", "All with a 26 before the dot: 26.1100 to 26.1460.", lane="ferrum"),
        notes(1.0, "marko", "361 pieces. 80 of them still in our store, checked and sorted out."),
        closes_lane(1.0, "marko", "ferrum"),
        resolves(
            3.0,
            "marko",
            """Kućišta su kod vas, a za montažu knjižimo € 110,00. Javite ako se još koja vrati: brojevi
            26.1100 do 26.1460.""",
            language="hr",
        ),
        *reads(6.0, "pavel"),
    ),
    product="MG-230",
    answers={"serial": "26.1203 i još četiri", "remedy": "replacement"},
)

OWN_REPAIRS = Story(
    9.3,
    "pavel",
    "service_wish",
    "Warranty repairs in our own workshop",
    """Customers on the islands wait two weeks because every warranty case goes to Zagreb. We have two
    trained people and the space. Could we repair drills and grinders ourselves and settle it with you
    monthly?""",
    (
        takes(3.3, "sue"),
        says(
            4.0,
            "sue",
            """I like the idea. Two questions before I take it further: who would keep the parts, and
            could you photograph each machine before it is opened? We need that for the manufacturer.""",
        ),
        says(6.2, "pavel", "Parts on consignment with us, counted every quarter. Photos are no problem."),
        notes(3.5, "sue", "Lumen asked something like it in spring and was refused."),
        asks_task(
            0.2,
            "sue",
            "finance",
            "Terms for parts on consignment, Split",
            assignee="fin",
            due_days=4,
        ),
        finishes(
            26.0,
            "fin",
            "Terms for parts",
            "done",
            "Stock of € 2,400.00 at most, counted every quarter, what is missing is invoiced.",
        ),
        asks_task(
            2.0,
            "sue",
            "sales",
            "A paragraph on liability for repairs by partners",
            assignee="sal",
            due_days=5,
        ),
        says(
            1.8,
            "sue",
            """I have the terms for parts from finance. What is missing is the text about liability; next
            week.""",
            then="us",
            days=6,
        ),
        *reads(3.0, "pavel", "nina"),
    ),
    answers={"place": "Split", "urgency": "now"},
)

STORIES = (THREE_LAMPS, CRACKED_GRINDERS, OWN_REPAIRS)
