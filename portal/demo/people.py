"""The cast: who works at the demo company, and for its customers, partners and suppliers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Member:
    """A person acting for an organization; a person of two organizations comes twice, by the same address.

    works_in: codes of departments of ours; leads: the department they lead
    """

    key: str
    name: str
    email: str
    organization: str
    title: str = ""
    manager: bool = False
    sees: str = "all"
    works_in: tuple[str, ...] = ()
    leads: str = ""
    administrator: bool = False
    language: str = ""
    phone: str = ""
    left: bool = False


MEMBERS = (
    Member(
        "ana",
        "Ana Ferreira",
        "ana@northwind.example",
        "northwind",
        "Head of fleet",
        manager=True,
        phone="+351 22 555 01 12",
    ),
    Member("bruno", "Bruno Costa", "bruno@northwind.example", "northwind", "Purchasing", sees="own"),
    Member("rui", "Rui Matos", "rui@northwind.example", "northwind", "Workshop, Porto", language="pt"),
    Member("olga", "Old Olga", "olga@northwind.example", "northwind", "Workshop, Lisbon", left=True),
    Member(
        "carla",
        "Carla Steiner",
        "carla@alpina.example",
        "alpina",
        "Site equipment",
        manager=True,
        phone="+43 512 555 08",
    ),
    Member(
        "nina@alpina", "Nina Babic", "nina@adriatic.example", "alpina", "Equipment, Zagreb", language="hr"
    ),
    Member(
        "marta",
        "Marta Oliveira",
        "marta@serralharia-oliveira.example",
        "serralharia",
        "Owner",
        manager=True,
        language="pt",
        phone="+351 253 555 07 31",
    ),
    Member(
        "tiago", "Tiago Nunes", "tiago@serralharia-oliveira.example", "serralharia", "Workshop", language="pt"
    ),
    Member(
        "helena",
        "Helena Queirós",
        "helena@norcasa.example",
        "norcasa",
        "Purchasing",
        manager=True,
        language="pt",
        phone="+351 22 555 04 90",
    ),
    Member("jorge", "Jorge Peixoto", "jorge@norcasa.example", "norcasa", "Site manager", language="pt"),
    Member("sandra", "Sandra Vilela", "sandra@norcasa.example", "norcasa", "Accounts", language="pt"),
    Member(
        "ivana",
        "Ivana Perković",
        "ivana@jadran-gradnja.example",
        "jadran",
        "Procurement",
        manager=True,
        language="hr",
        phone="+385 21 555 118",
    ),
    Member("ante", "Ante Šarić", "ante@jadran-gradnja.example", "jadran", "Site manager", language="hr"),
    Member(
        "dino",
        "Dino Lovrić",
        "dino@jadran-gradnja.example",
        "jadran",
        "Tool store",
        sees="own",
        language="hr",
    ),
    Member(
        "zeljko", "Željko Matić", "zeljko@drvodjel.example", "drvodjel", "Owner", manager=True, language="hr"
    ),
    Member("marija", "Marija Šimić", "marija@drvodjel.example", "drvodjel", "Office", language="hr"),
    Member("emma", "Emma Walsh", "emma@harrowpike.example", "harrow", "Operations", manager=True),
    Member("declan", "Declan Byrne", "declan@harrowpike.example", "harrow", "Tool store"),
    Member("pavel", "Pavel Novak", "pavel@adriatic.example", "adriatic", "Owner", manager=True),
    Member("nina", "Nina Babic", "nina@adriatic.example", "adriatic", "Back office", language="hr"),
    Member("petra", "Petra Kos", "petra@lumen.example", "lumen", "Sales manager", manager=True),
    Member("sofia", "Sofia Weber", "sofia@ferrum.example", "ferrum", "Quality", manager=True),
    Member("tomas", "Tomas Brandt", "tomas@borealis.example", "borealis", "Key accounts", manager=True),
    Member(
        "sue",
        "Sue Keller",
        "sue@meridian.example",
        "meridian",
        "Head of service",
        works_in=("service",),
        leads="service",
    ),
    Member("marko", "Marko Babić", "marko@meridian.example", "meridian", "Workshop", works_in=("service",)),
    Member(
        "ines",
        "Inês Carvalho",
        "ines@meridian.example",
        "meridian",
        "Service for Portugal",
        works_in=("service",),
        language="pt",
    ),
    Member(
        "duarte",
        "Duarte Pinto",
        "duarte@meridian.example",
        "meridian",
        "Sales for Portugal",
        works_in=("sales",),
        language="pt",
    ),
    Member(
        "sal",
        "Sal Marin",
        "sal@meridian.example",
        "meridian",
        "Head of sales",
        works_in=("sales",),
        leads="sales",
    ),
    Member(
        "iva",
        "Iva Marić",
        "iva@meridian.example",
        "meridian",
        "Reception and sales",
        works_in=("front-desk", "sales"),
        leads="front-desk",
    ),
    Member(
        "fin",
        "Fin Okafor",
        "fin@meridian.example",
        "meridian",
        "Controller",
        works_in=("finance",),
        leads="finance",
    ),
    Member(
        "mia",
        "Mia Horvat",
        "mia@meridian.example",
        "meridian",
        "Head of marketing",
        works_in=("marketing",),
        leads="marketing",
    ),
    Member("ada", "Ada Lind", "ada@meridian.example", "meridian", "IT", administrator=True),
)
"""By the short names the stories use; `nina@alpina` is Nina acting for Alpina."""

KNOWN_BY_ADDRESS = (("Eva Jurić", "eva.juric@gradnja.example"),)
"""People without a sign-in and without an organization."""
