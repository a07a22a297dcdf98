"""Countries by their names, in the languages our customers' lists are written in, or by their codes."""

import re
from functools import cache

from babel import Locale
from babel.core import get_global

from portal.routing.rules import normal

LANGUAGES = ("en", "pt", "pt_BR", "hr", "de", "es", "fr", "it", "sl")
NOWHERE = frozenset({"ZZ", "EU", "EZ", "UN", "QO", "XA", "XB"})
ALSO = {
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "u s a": "US",
    "usa": "US",
    "us": "US",
    "america": "US",
    "sad": "US",
    "eua": "US",
    "holland": "NL",
    "the netherlands": "NL",
    "czech republic": "CZ",
    "ceska republika": "CZ",
    "macedonia": "MK",
    "turkey": "TR",
    "bih": "BA",
    "bosna": "BA",
    "eire": "IE",
    "south korea": "KR",
    "russian federation": "RU",
    "republic of croatia": "HR",
    "republika hrvatska": "HR",
}


@cache
def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if re.fullmatch("[A-Z]{2}", code) and code not in NOWHERE:
                found.setdefault(normal(name), code)
                found.setdefault(normal(code), code)
    for alias, codes in get_global("territory_aliases").items():
        if re.fullmatch("[A-Z]{3}", alias) and len(codes) == 1 and re.fullmatch("[A-Z]{2}", codes[0]):
            found.setdefault(normal(alias), codes[0])
    return found | ALSO


def code_of(text: str) -> str | None:
    """The two letters of a country named in one of these languages; None when we know none of this name."""
    return _known().get(normal(text))
