"""Case numbers people can read out, that tell nobody how many cases we have.

Eight digits written 4127-7358: seven at random and one that catches a misheard digit or two swapped
neighbours. The check digit is Damm's (H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004).
"""

import secrets
from collections.abc import Callable

_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def check_digit(digits: str) -> str:
    """The digit that makes the whole number come out as 0."""
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)


def draw(taken: Callable[[str], bool]) -> str:
    """A free number such as "4127-7358"; `taken` tells whether a candidate is in use."""
    while True:
        digits = str(secrets.randbelow(9_000_000) + 1_000_000)
        number = f"{digits[:4]}-{digits[4:]}{check_digit(digits)}"
        if not taken(number):
            return number


def tidy(number: str) -> str:
    """The number as we write it, however it was typed; what is none of ours comes back as it cannot exist."""
    digits = "".join(c for c in number if c.isascii() and c.isdigit())
    strange = any(not (c.isascii() and (c.isdigit() or c in "- ")) for c in number)
    if strange or len(digits) != 8 or check_digit(digits[:7]) != digits[7]:
        return "-"
    return f"{digits[:4]}-{digits[4:]}"
