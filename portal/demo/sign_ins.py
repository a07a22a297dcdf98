"""Who can be tried out; shown on the sign-in page of the demo and by `portal demo`. Imports nothing."""

PASSWORD = "demo"  # noqa: S105 - meant to be known

_ROWS = (
    (
        "Ana Ferreira",
        "cust",
        "customer Northwind, manages it",
        "ana@northwind.example",
        "three things need her",
    ),
    ("Bruno Costa", "cust", "Northwind, own requests only", "bruno@northwind.example", "sees less than Ana"),
    ("Rui Matos", "cust", "Northwind", "rui@northwind.example", "writes in Portuguese"),
    ("Carla Steiner", "cust", "customer Alpina, manages it", "carla@alpina.example", "a claim just sent"),
    (
        "Pavel Novak",
        "part",
        "partner Adriatic, manages it",
        "pavel@adriatic.example",
        "a repair on site, an offer",
    ),
    ("Nina Babic", "part", "Adriatic, and Alpina too", "nina@adriatic.example", "chooses whom she acts for"),
    ("Petra Kos", "part", "rival partner Lumen", "petra@lumen.example", "one question, nothing of Adriatic"),
    ("Sofia Weber", "supp", "supplier Ferrum", "sofia@ferrum.example", "one answer is late, one due soon"),
    (
        "Tomas Brandt",
        "supp",
        "rival supplier Borealis",
        "tomas@borealis.example",
        "asked by sales and by finance",
    ),
    ("Sue Keller", "us", "service, leads it", "sue@meridian.example", "a complaint in three lanes"),
    ("Sal Marin", "us", "sales, leads it", "sal@meridian.example", "let into a confidential case"),
    ("Fin Okafor", "us", "finance, leads it", "fin@meridian.example", "amounts to approve"),
    ("Mia Horvat", "us", "marketing, leads it", "mia@meridian.example", "a task that is late"),
    ("Ada Lind", "us", "administrator", "ada@meridian.example", "departments, people, rules"),
)

SIGN_INS: list[dict[str, str]] = [
    dict(zip(("name", "role", "who", "email", "look_at"), row, strict=True)) for row in _ROWS
]
"""name, role (cust, part, supp or us), who, email, look_at: one dictionary a person."""
