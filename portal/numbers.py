"""Numbers as people type them: 1250.50, 1250,50, 1.250,50, 1,250.50, 1 250,50."""

import re
from decimal import Decimal

from babel.numbers import get_decimal_symbol
from flask_babel import get_locale

_SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009'’"))
_PLAIN = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,12})?")


def typed(text: str) -> Decimal:
    """The number somebody typed. Raises ValueError for what is none, or could be two.

    Of two signs the last stands before the decimals. One sign before exactly three digits is what it is where
    the reader lives: "1.250" is a thousand and more in Lisbon and Zagreb, and little more than one in London.
    """
    bare = text.strip().translate(_SPACES)
    marks = [sign for sign in bare if sign in ".,"]
    if not marks:
        return _number(bare)
    last = marks[-1]
    whole, _, part = bare.rpartition(last)
    if last in marks[:-1]:  # several of the same: they can only part thousands
        return _number(_joined(bare, last)) if len(set(marks)) == 1 else _number("")
    if len(marks) > 1:
        return _number(f"{_joined(whole, marks[0])}.{part}")
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}", whole) and len(part) == 3 and last != _decimal_sign():
        return _number(whole + part)
    return _number(f"{whole or '0'}.{part}")


def _joined(text: str, mark: str) -> str:
    """The digits without the sign that parts thousands; "" when it parts something else."""
    first, *rest = text.split(mark)
    fits = 0 < len(first.lstrip("+-")) <= 3 and all(len(group) == 3 for group in rest)
    return "".join([first, *rest]) if fits else ""


def _decimal_sign() -> str:
    return str(get_decimal_symbol(get_locale() or "en"))


def _number(plain: str) -> Decimal:
    if not _PLAIN.fullmatch(plain):
        raise ValueError("not a number")
    return Decimal(plain)
