"""The company and whom it works with: organizations, products, rules of the house; see also people."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

ORGANIZATIONS: dict[str, dict[str, Any]] = {
    "meridian": {"name": "Meridian Tools", "ours": True, "country": "HR", "domain": "meridian.example"},
    "northwind": {
        "name": "Northwind",
        "customer": True,
        "segment": "Tool rental",
        "tier": "Gold",
        "country": "PT",
        "domain": "northwind.example",
    },
    "alpina": {
        "name": "Alpina",
        "customer": True,
        "segment": "Construction",
        "tier": "Silver",
        "country": "AT",
        "domain": "alpina.example",
    },
    "serralharia": {
        "name": "Serralharia Oliveira, Lda",
        "customer": True,
        "segment": "Metalwork",
        "tier": "Standard",
        "country": "PT",
        "domain": "serralharia-oliveira.example",
    },
    "norcasa": {
        "name": "Norcasa Construções, SA",
        "customer": True,
        "segment": "Construction",
        "tier": "Silver",
        "country": "PT",
        "domain": "norcasa.example",
    },
    "jadran": {
        "name": "Jadran Gradnja d.o.o.",
        "customer": True,
        "segment": "Construction",
        "tier": "Gold",
        "country": "HR",
        "domain": "jadran-gradnja.example",
    },
    "drvodjel": {
        "name": "Drvodjel d.o.o.",
        "customer": True,
        "segment": "Carpentry",
        "tier": "Standard",
        "country": "HR",
        "domain": "drvodjel.example",
    },
    "harrow": {
        "name": "Harrow & Pike Ltd",
        "customer": True,
        "segment": "Shop fitting",
        "tier": "Silver",
        "country": "IE",
        "domain": "harrowpike.example",
    },
    "adriatic": {
        "name": "Adriatic",
        "partner": True,
        "segment": "Dealer and workshop",
        "tier": "Premium",
        "country": "HR",
        "domain": "adriatic.example",
    },
    "lumen": {
        "name": "Lumen",
        "partner": True,
        "segment": "Dealer",
        "tier": "Standard",
        "country": "SI",
        "domain": "lumen.example",
    },
    "ferrum": {
        "name": "Ferrum",
        "supplier": True,
        "segment": "Castings and housings",
        "country": "AT",
        "domain": "ferrum.example",
    },
    "borealis": {
        "name": "Borealis",
        "supplier": True,
        "segment": "Cells and battery packs",
        "country": "DE",
        "domain": "borealis.example",
    },
}


@dataclass(frozen=True)
class HouseRule:
    """A routing rule that comes before the starting ones."""

    position: int
    name: str
    department: str
    kind: str = ""
    relation: str = ""
    words: tuple[str, ...] = ()
    amount_from: Decimal | None = None
    priority: int | None = None


KNOWN: dict[str, dict[str, str]] = {
    "northwind": {"vat": "PT509442013", "phone": "+351 21 555 0140", "city": "Lisboa", "spend": "A"},
    "alpina": {"phone": "+43 512 555 0122", "city": "Innsbruck", "spend": "B"},
    "norcasa": {"phone": "+351 22 555 0198", "city": "Porto", "spend": "B"},
    "jadran": {"phone": "+385 21 555 0163", "city": "Split", "spend": "A"},
    "drvodjel": {"phone": "+385 53 555 0117", "city": "Gospić", "spend": "D"},
    "harrow": {"phone": "+353 21 555 0151", "city": "Cork", "spend": "C"},
}
"""What is known of customers beside the above."""
TAGS: dict[str, tuple[str, ...]] = {
    "northwind": ("frame contract", "rental"),
    "jadran": ("frame contract",),
    "alpina": ("tunnel sites",),
}
TWIN = {"name": "Jadran gradnja", "customer": True, "country": "HR", "phone": "+385 (0)21 555 0163"}
"""Somebody at the front desk wrote a customer down a second time, after a call."""
SEGMENTS: dict[str, dict[str, list[str]]] = {
    "Large customers": {"relations": ["customer"], "spend": ["A", "B"]},
    "Construction in Croatia": {"countries": ["HR"], "industries": ["Construction"]},
    "Frame contracts": {"tags": ["frame contract"]},
}
"""What Mia and Sal narrow their lists by."""
CHANNELS = {
    "phone": {
        "on": True,
        "address": "+385 1 555 0170",
        "department": "front-desk",
        "answer_hours": 1,
        "owes": "Whoever takes the call writes it down as a case before the next one.",
    },
    "email": {
        "on": True,
        "address": "service@meridian.example",
        "department": "service",
        "answer_hours": 9,
        "owes": "Read twice a day, at 9 and at 14.",
    },
    "in_person": {"on": True, "address": "Zagreb, Slavonska avenija 22", "department": "service"},
}
"""How people reach the company: what `portal.channels.ways` keeps about each."""
QUESTION: dict[str, Any] = {
    "name": "q_hurt",
    "words": {
        "": "Was somebody hurt or in danger?",
        "en": "Was somebody hurt or in danger?",
        "pt": "Alguém ficou ferido ou em perigo?",
        "hr": "Je li netko ozlijeđen ili u opasnosti?",
    },
    "asked_as": "yes",
    "choices": None,
    "required": False,
    "hint": None,
    "off": False,
}
"""What Meridian asks beside what the form asks anyway."""

RULES = (
    HouseRule(2, "Suppliers’ questions", "front-desk", kind="support_request", relation="supplier"),
    HouseRule(
        4,
        "Print, pictures and displays",
        "marketing",
        words=("brochure", "brochures", "catalogue", "showroom", "logo", "katalog", "catálogo"),
    ),
    HouseRule(6, "Large claims", "service", kind="complaint", amount_from=Decimal(1500), priority=1),
)

PRODUCTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "Drills and drivers": (
        ("MD-12", "Compact drill 12 V", "119.00"),
        ("MD-18", "Combi drill 18 V", "189.00"),
        ("MD-18H", "Hammer combi drill 18 V", "219.00"),
        ("MI-18", "Impact driver 18 V", "199.00"),
        ("MC-160", "Diamond core drill 160 mm", "1890.00"),
    ),
    "Hammers": (
        ("MR-26", "Rotary hammer SDS-plus 26 mm", "329.00"),
        ("MR-40", "Combination hammer SDS-max 40 mm", "749.00"),
    ),
    "Saws": (
        ("MS-165", "Cordless circular saw 165 mm", "279.00"),
        ("MS-190", "Circular saw 190 mm", "249.00"),
        ("MJ-140", "Jigsaw 140 mm", "159.00"),
        ("MT-216", "Mitre saw 216 mm", "389.00"),
    ),
    "Grinders and sanders": (
        ("MG-125", "Angle grinder 125 mm", "129.00"),
        ("MG-230", "Angle grinder 230 mm", "199.00"),
        ("MX-150", "Random orbital sander 150 mm", "179.00"),
    ),
    "Dust and mixing": (
        ("MV-30", "Dust extractor class M, 30 l", "549.00"),
        ("MP-1200", "Mortar mixer 1200 W", "219.00"),
    ),
    "Batteries and chargers": (
        ("MB-2", "Battery 18 V 2.0 Ah", "59.00"),
        ("MB-5", "Battery 18 V 5.0 Ah", "99.00"),
        ("MB-8", "Battery 18 V 8.0 Ah", "159.00"),
        ("MC-4", "Rapid charger 4 A", "79.00"),
        ("MC-6", "Charging station, six bays", "449.00"),
    ),
    "Measuring": (
        ("ML-50", "Laser distance meter 50 m", "129.00"),
        ("ML-360", "Cross line laser 360°", "399.00"),
    ),
    "Accessories": (
        ("CH-13", "Keyless chuck 13 mm", "35.00"),
        ("DD-125", "Diamond disc 125 mm", "24.00"),
        ("BS-25", "Bit set, 25 pieces", "29.00"),
        ("DS-5", "SDS-plus drill set, 5 pieces", "39.00"),
    ),
}
"""Group → (code, name, list price in EUR)."""
