"""A segment as a sentence: “Customers or partners in Portugal, tagged “fair”.”"""

from collections.abc import Mapping
from typing import Any

from babel.lists import format_list
from flask_babel import get_locale
from flask_babel import gettext as _

from portal.identity.segments import UNKNOWN, conditions
from portal.settings.words import relation_name


def sentence(given: Mapping[str, Any]) -> str:
    """Who is in a segment, in words; without conditions everybody outside is, and it says so."""
    wanted = conditions(given)
    if not wanted:
        return _("Every organization: there is no condition.")
    parts = [_PARTS[name](words) for name, words in wanted.items()]
    return _("Organizations where %(conditions)s.", conditions=format_list(parts, locale=get_locale()))


def _any(words: list[str]) -> str:
    return str(format_list(words, style="or", locale=get_locale()))


def country(code: str) -> str:
    """What a country is called."""
    locale = get_locale()
    return str(locale.territories.get(code, code)) if locale else code


def _spend(words: list[str]) -> str:
    return _any([_("not known") if word == UNKNOWN else word for word in words])


_PARTS: dict[str, Any] = {
    "relations": lambda words: _("they are a %(any)s", any=_any([relation_name(word) for word in words])),
    "countries": lambda words: _("the country is %(any)s", any=_any([country(word) for word in words])),
    "tags": lambda words: _("a tag is %(any)s", any=_any(words)),
    "spend": lambda words: _("the spend class is %(any)s", any=_spend(words)),
    "tiers": lambda words: _("the tier is %(any)s", any=_any(words)),
    "industries": lambda words: _("the segment word is %(any)s", any=_any(words)),
    "domains": lambda words: _("the web domain ends in %(any)s", any=_any(words)),
}
