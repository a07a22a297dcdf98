"""Names as they are compared: of companies without their legal form, of people in any order, of phones."""

import re
import unicodedata
from difflib import SequenceMatcher

UNCOMBINED = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
"""Letters with a stroke, which no normal form takes apart."""

_ANYWHERE = (
    "doo jdoo dooel eood ood gmbh ggmbh mbh lda ltda unipessoal eireli limited ltd llc llp incorporated inc "
    "corporation corp sro spol srl sarl sas sprl bvba oyj oy aps kft zrt nyrt bt eurl kgaa gesmbh"
)
ANYWHERE = frozenset(_ANYWHERE.split())
"""Legal forms that mean nothing else, wherever they stand."""
_ENDING = (
    "dd kd jtd sp zu obrt sa ag kg ohg ug ev eg se plc co company nv bv cv vof as asa ab hb a s sl slu slp "
    "spa snc scarl scrl ad et ead sae kk pty pte pvt me epp cia ca holding group grupa grupo gruppe"
)
ENDING = frozenset(_ENDING.split())
"""Legal forms, and words that say as little, at the end of a name: elsewhere they may be part of it."""
LEADING = frozenset({"obrt", "ooo", "uab", "sia", "ou", "oü", "pt"})
NEAR, SIMILAR = 0.6, 0.88
"""From so many pieces in common on two names are compared letter by letter, and from so many letters on
they look like one written twice."""


def plain(text: str) -> str:
    """Without case and accents: "Šumarija ŽABAC" → "sumarija zabac"."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(UNCOMBINED))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def words(text: str) -> list[str]:
    """Its words in plain letters, ä and ae alike; single letters in a row are one, so "d. o. o." is "doo"."""
    found: list[str] = []
    single = False
    for word in re.findall(r"[^\W_]+", re.sub("(?<=[aou])e", "", plain(text))):
        if len(word) == 1 and single:
            found[-1] += word
        else:
            found.append(word)
        single = len(word) == 1
    return found


def company(name: str) -> tuple[str, ...]:
    """The words by which a company is known, in order; a name that is all legal form stays as it is."""
    whole = words(name.replace("&", " "))
    for at in range(len(whole) - 1):
        if whole[at : at + 2] == ["sp", "zoo"]:
            whole = whole[:at] + whole[at + 2 :]
            break
    kept = [word for word in whole if word not in ANYWHERE]
    while len(kept) > 1 and kept[-1] in ENDING:
        kept.pop()
    while len(kept) > 1 and kept[0] in LEADING:
        kept.pop(0)
    return tuple(kept or whole)


def person(name: str) -> tuple[str, ...]:
    """The words of somebody's name."""
    return tuple(words(name))


def phone(written: str) -> str:
    """The last eight digits, by which two phones are compared; "" when there are fewer."""
    digits = "".join(sign for sign in written if sign.isdigit())
    return digits[-8:] if len(digits) >= 8 else ""


def mailbox(email: str) -> str:
    """The mailbox behind an address: what follows a plus, and dots, lead to the same one for most."""
    local, _at, domain = email.partition("@")
    same = {"googlemail.com": "gmail.com"}.get(domain, domain)
    return f"{local.partition('+')[0].replace('.', '')}@{same}"


def trigrams(text: str) -> frozenset[str]:
    """Its pieces of three signs, with the ends counted in."""
    padded = f"  {text} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def alike(one: str, other: str, pieces: frozenset[str], other_pieces: frozenset[str]) -> float:
    """How much of two names is the same, 0 to 1; 0 when it is little, or when they differ in a number."""
    common = 2 * len(pieces & other_pieces) / (len(pieces) + len(other_pieces))
    if common < NEAR or re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return 0.0
    letters = SequenceMatcher(None, one, other, autojunk=False)
    if letters.real_quick_ratio() < SIMILAR or letters.quick_ratio() < SIMILAR:
        return 0.0
    much = letters.ratio()
    return much if much >= SIMILAR else 0.0
