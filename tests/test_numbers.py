"""Numbers as people type them."""

from decimal import Decimal

import pytest
from flask import Flask
from flask_babel import force_locale

from portal import numbers
from portal.languages import LOCALES


@pytest.mark.parametrize(
    ("typed", "english", "croatian"),
    [
        ("1250", "1250", "1250"),
        ("1250.50", "1250.50", "1250.50"),
        ("1250,50", "1250.50", "1250.50"),
        ("1.250,50", "1250.50", "1250.50"),
        ("1,250.50", "1250.50", "1250.50"),
        ("1 250,50", "1250.50", "1250.50"),
        ("1.234.567", "1234567", "1234567"),
        ("1.250", "1.250", "1250"),
        ("1,250", "1250", "1.250"),
        ("0.125", "0.125", "0.125"),
        (",5", "0.5", "0.5"),
        ("-3,5", "-3.5", "-3.5"),
    ],
)
def test_the_same_number_however_it_is_written(app: Flask, typed: str, english: str, croatian: str) -> None:
    with app.test_request_context("/"):
        for code, wanted in (("en", english), ("hr", croatian), ("pt", croatian)):
            with force_locale(LOCALES[code]):
                assert numbers.typed(typed) == Decimal(wanted), code


@pytest.mark.parametrize(
    "typed", ["", "x", "1,2,3", "1.2.3,4", "1e9", "NaN", "1,250.500,00", "--1", "12.34.56", "٣", "9" * 40]
)
def test_what_is_no_number(app: Flask, typed: str) -> None:
    with app.test_request_context("/"), pytest.raises(ValueError, match="not a number"):
        numbers.typed(typed)
