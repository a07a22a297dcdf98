"""What a cell says: numbers, dates, yes and no, in the ways spreadsheets of several countries write them.

Each raises Odd with a code of `wrong.CELLS` when it says something else, or when it could mean two things.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from portal.exchange.countries import code_of
from portal.forms import on_one_line
from portal.identity.people import BadEmail, checked
from portal.routing.rules import normal

YES = frozenset(
    ("yes", "y", "1", "true", "t", "x", "da", "d", "sim", "s", "verdadeiro", "istina", "ja", "si")
)
NO = frozenset(("no", "n", "0", "false", "f", "ne", "nao", "falso", "laz", "nein"))
RELATIONS = {
    "customer": "customer client account kupac klijent korisnik cliente comprador kunde",
    "partner": "partner reseller distributor dealer parceiro revendedor distribuidor preprodavac agent",
    "supplier": "supplier vendor manufacturer dobavljac proizvodac fornecedor fabricante lieferant",
}
LARGEST = Decimal(10) ** 12
_DOMAIN = re.compile(r"(?=.{4,200}$)([\w]([\w-]{0,61}[\w])?\.)+[^\W\d_][\w-]{0,61}[\w]")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{1,2}:\d{2}.*)?")
_DAY = re.compile(r"(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4})\.?(?:[ ,T]+(\d{1,2}:\d{2}(?::\d{2})?))?")


class Odd(ValueError):
    """The cell says something else. code: a key of `wrong.CELLS`; facts: what its sentence names."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def line(cell: str, most: int) -> str:
    """One tidy line of at most so many characters."""
    words = on_one_line(cell) or ""
    if len(words) > most:
        raise Odd("too_long", most=most)
    return words


def email(cell: str) -> str:
    """A normalised address."""
    try:
        return checked(cell)
    except BadEmail as error:
        raise Odd("email") from error


def country(cell: str) -> str:
    """The code of a country."""
    found = code_of(cell)
    if found is None:
        raise Odd("country")
    return found


def domain(cell: str) -> str:
    """A web domain out of whatever was copied: "https://www.Alpina.example/contact" → "alpina.example"."""
    bare = re.sub(r"^[a-z]+://", "", cell.lower())
    found = re.split(r"[/?#]", bare)[0].removeprefix("www.").rstrip(".")
    if not _DOMAIN.fullmatch(found):
        raise Odd("domain")
    return found


def relations(cell: str) -> frozenset[str]:
    """What somebody is to us: some of customer, partner, supplier."""
    found = set()
    for word in re.split(r"[,;/+&]", cell):
        bare = normal(word)
        one = next(
            (code for code, words in RELATIONS.items() if bare in words.split() or bare == f"{code}s"), None
        )
        if one is None:
            raise Odd("relation")
        found.add(one)
    return frozenset(found)


def yes(cell: str) -> bool:
    """Yes or no."""
    word = normal(cell)
    if word not in YES | NO:
        raise Odd("yes_or_no")
    return word in YES


def one_of(cell: str, words: Mapping[str, str], code: str) -> str:
    """The key whose words hold this one. code: what is wrong when none does."""
    word = normal(cell)
    found = next((key for key, several in words.items() if word in several.split()), None)
    if found is None:
        raise Odd(code)
    return found


def amount(cell: str, decimal: str) -> Decimal:
    """A number that is not below zero, in cents. decimal: the fraction's sign if the file tells, else ""."""
    bare = re.sub(r"[\s\u00a0\u202f'’]", "", cell)
    bare = re.sub(r"^(€|\$|£|EUR|USD|GBP|R\$|kn)|(€|\$|£|EUR|USD|GBP|kn)$", "", bare, flags=re.IGNORECASE)
    try:
        found = Decimal(_plain(bare, decimal))
    except InvalidOperation as error:
        raise Odd("number") from error
    if found < 0:
        raise Odd("negative")
    if found >= LARGEST:
        raise Odd("too_large")
    return found.quantize(Decimal("0.01"))


def _plain(number: str, decimal: str) -> str:
    """The number with a point before its fraction, and no sign between thousands."""
    if not re.fullmatch(r"[+-]?\d[\d.,]*", number):
        raise Odd("number")
    signs = [sign for sign in number if sign in ".,"]
    if not signs:
        return number
    last = signs[-1]
    if len(set(signs)) == 2:
        other = "," if last == "." else "."
        if signs.count(last) > 1 or not _in_thousands(number.split(last, maxsplit=1)[0], other):
            raise Odd("number")
        return number.replace(other, "").replace(last, ".")
    if len(signs) > 1:
        if not _in_thousands(number, last):
            raise Odd("number")
        return number.replace(last, "")
    whole, fraction = number.split(last)
    if len(fraction) == 3 and whole.lstrip("+-").lstrip("0") and len(whole) <= 4:
        usual = decimal or "."
        if last != usual:
            raise Odd("which_number")
    return f"{whole}.{fraction or 0}"


def _in_thousands(number: str, sign: str) -> bool:
    return bool(re.fullmatch(rf"[+-]?\d{{1,3}}({re.escape(sign)}\d{{3}})*", number))


def moment(cell: str, zone: ZoneInfo) -> datetime:
    """A moment; a date alone means noon. zone: of dates that name none."""
    found = _iso(cell) if _ISO.fullmatch(cell) else _by_day(cell)
    found = found if found.tzinfo else found.replace(tzinfo=zone)
    try:
        return found.astimezone(UTC)
    except OverflowError as error:
        raise Odd("date") from error


def _iso(cell: str) -> datetime:
    try:
        found = datetime.fromisoformat(cell)
    except ValueError as error:
        raise Odd("date") from error
    return datetime.combine(found.date(), time(12)) if len(cell) == 10 else found


def _by_day(cell: str) -> datetime:
    """22.11.2026, 22/11/2026 14:30 or 11/22/2026: points put the day first."""
    found = _DAY.fullmatch(cell.strip())
    if found is None:
        raise Odd("date")
    first, sign, second, last, clock = found.groups()
    if len(last) not in ({1, 2} if len(first) == 4 else {2, 4}) or len(first) == 3:
        raise Odd("date")
    if len(first) == 4:
        year, month, day = int(first), int(second), int(last)
    else:
        year = int(last) if len(last) == 4 else 2000 + int(last)
        day, month = int(first), int(second)
        if sign != "." and day != month and day <= 12 and month <= 12:
            raise Odd("which_date")
        if sign != "." and month > 12:
            day, month = month, day
    try:
        at = time.fromisoformat(clock.zfill(5) if len(clock) < 6 else clock.zfill(8)) if clock else time(12)
        return datetime.combine(datetime(year, month, day), at)  # noqa: DTZ001 - the zone comes after
    except ValueError as error:
        raise Odd("date") from error
