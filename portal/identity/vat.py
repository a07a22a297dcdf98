"""VAT ids: compared without spaces and signs, and looked at for slips. What was written is what is stored."""

import re
from collections.abc import Callable

PREFIXES = {"GR": "EL"}
"""Where the letters before the number are not the country's own code."""


def compact(written: str) -> str:
    """Its letters and digits alone, in capitals."""
    return "".join(sign for sign in written.upper() if sign.isascii() and sign.isalnum())


def standard(written: str, country: str) -> str:
    """The VAT id with its country before it, as two of them are compared; "" when nothing is written.

    country: the organization's, for an id that is written without.
    """
    bare = compact(written)
    if not bare or bare[:2].isalpha():
        return bare
    return PREFIXES.get(country, country) + bare


def looks_wrong(written: str, country: str) -> bool:
    """Whether the id cannot be one of its country. Of a country we know no rule of, nothing is wrong."""
    whole = standard(written, country)
    rule = _RULES.get(whole[:2])
    return bool(whole) and rule is not None and not rule(whole[2:])


def _digits(text: str, count: int) -> list[int]:
    """The digits, when it is so many of them and nothing else."""
    return [int(sign) for sign in text] if re.fullmatch(rf"\d{{{count}}}", text, re.ASCII) else []


def _weighted(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))


def _iso_7064(count: int) -> Callable[[str], bool]:
    """So many digits, the last of which checks the others by ISO 7064, MOD 11,10."""

    def holds(text: str) -> bool:
        digits, rest = _digits(text, count), 10
        for digit in digits[:-1]:
            rest = ((digit + rest) % 10 or 10) * 2 % 11
        return bool(digits) and (11 - rest) % 10 == digits[-1]

    return holds


def _portugal(text: str) -> bool:
    digits = _digits(text, 9)
    left = 11 - _weighted(digits, (9, 8, 7, 6, 5, 4, 3, 2)) % 11
    return bool(digits) and digits[-1] == (0 if left >= 10 else left)


def _slovenia(text: str) -> bool:
    digits = _digits(text, 8)
    left = 11 - _weighted(digits, (8, 7, 6, 5, 4, 3, 2)) % 11
    return bool(digits) and left != 11 and digits[-1] == left % 10


def _italy(text: str) -> bool:
    digits = _digits(text, 11)
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return bool(digits) and (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _belgium(text: str) -> bool:
    digits = _digits(text, 10)
    return bool(digits) and (int(text[:8]) + int(text[8:])) % 97 == 0


def _poland(text: str) -> bool:
    digits = _digits(text, 10)
    return bool(digits) and _weighted(digits, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11 == digits[-1]


def _slovakia(text: str) -> bool:
    return bool(_digits(text, 10)) and int(text) % 11 == 0


def _shaped(pattern: str) -> Callable[[str], bool]:
    """Looks like this; its check digits are not worked out."""
    shape = re.compile(pattern, re.ASCII)
    return lambda text: shape.fullmatch(text) is not None


_RULES: dict[str, Callable[[str], bool]] = {
    "HR": _iso_7064(11),
    "DE": _iso_7064(9),
    "PT": _portugal,
    "SI": _slovenia,
    "IT": _italy,
    "BE": _belgium,
    "PL": _poland,
    "SK": _slovakia,
    "AT": _shaped(r"U\d{8}"),
    "CZ": _shaped(r"\d{8,10}"),
    "DK": _shaped(r"\d{8}"),
    "ES": _shaped(r"[A-Z0-9]\d{7}[A-Z0-9]"),
    "EL": _shaped(r"\d{9}"),
    "FI": _shaped(r"\d{8}"),
    "FR": _shaped(r"[A-Z0-9]{2}\d{9}"),
    "HU": _shaped(r"\d{8}"),
    "LU": _shaped(r"\d{8}"),
    "NL": _shaped(r"[A-Z0-9]{9}B\d{2}"),
    "RO": _shaped(r"\d{2,10}"),
    "SE": _shaped(r"\d{12}"),
}
