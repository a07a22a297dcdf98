"""What cells say, in the ways several countries write it."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from portal.exchange import values
from portal.exchange.columns import guess, mapped
from portal.exchange.values import Odd
from portal.exchange.wrong import Unreadable

pytestmark = pytest.mark.own_database
ZAGREB = ZoneInfo("Europe/Zagreb")


@pytest.mark.parametrize(
    ("cell", "sign", "number"),
    [
        ("18", "", "18"),
        ("18,5", "", "18.5"),
        ("1.234,56", "", "1234.56"),
        ("1,234.56", "", "1234.56"),
        ("1.234.567", "", "1234567"),
        ("1,234", ",", "1.23"),
        ("1.234", ".", "1.23"),
        ("0,125", "", "0.12"),
        ("€ 12.50", "", "12.50"),
        ("12 500,00 EUR", "", "12500"),
    ],
)
def test_amounts(cell: str, sign: str, number: str) -> None:
    assert values.amount(cell, sign) == Decimal(number)


@pytest.mark.parametrize(
    ("cell", "sign", "code"),
    [
        ("1,234", "", "which_number"),
        ("1.234", ",", "which_number"),
        ("12,34,56", "", "number"),
        ("-1", "", "negative"),
        ("x", "", "number"),
        ("1e5", "", "number"),
        ("9" * 20, "", "too_large"),
        ("NaN", "", "number"),
    ],
)
def test_odd_amounts(cell: str, sign: str, code: str) -> None:
    with pytest.raises(Odd) as odd:
        values.amount(cell, sign)
    assert odd.value.code == code


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-03-04", datetime(2026, 3, 4, 11, tzinfo=UTC)),
        ("2026-03-04 10:00", datetime(2026, 3, 4, 9, tzinfo=UTC)),
        ("2026-03-04T10:00:00Z", datetime(2026, 3, 4, 10, tzinfo=UTC)),
        ("4.3.2026.", datetime(2026, 3, 4, 11, tzinfo=UTC)),
        ("14/03/2026 9:15", datetime(2026, 3, 14, 8, 15, tzinfo=UTC)),
        ("03/14/2026", datetime(2026, 3, 14, 11, tzinfo=UTC)),
        ("2026/3/4", datetime(2026, 3, 4, 11, tzinfo=UTC)),
    ],
)
def test_moments(cell: str, moment: datetime) -> None:
    assert values.moment(cell, ZAGREB) == moment


@pytest.mark.parametrize(
    ("cell", "code"),
    [("04/03/2026", "which_date"), ("31.02.2026", "date"), ("45000", "date"), ("soon", "date")],
)
def test_odd_moments(cell: str, code: str) -> None:
    with pytest.raises(Odd) as odd:
        values.moment(cell, ZAGREB)
    assert odd.value.code == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("UK", "GB"),
        ("USA", "US"),
        ("Venezuela", "VE"),
        ("Njemačka", "DE"),
        ("Alemanha", "DE"),
        ("Croácia", "HR"),
        ("HRV", "HR"),
        ("pt", "PT"),
        ("Brasil", "BR"),
    ],
)
def test_countries(name: str, code: str) -> None:
    assert values.country(name) == code


@pytest.mark.parametrize(
    ("what", "heads", "found"),
    [
        (
            "organizations",
            ["Šifra", "Naziv tvrtke", "Država", "Poštanski broj", "Grad", "OIB"],
            {"external_id", "name", "country", "postal_code", "city", "vat"},
        ),
        ("organizations", ["CustomerID", "CompanyName", "ZIP"], {"external_id", "name", "postal_code"}),
        ("organizations", ["Nome da Empresa", "País", "Morada"], {"name", "country", "street"}),
        (
            "people",
            ["Ime i prezime", "E-pošta", "Tvrtka", "Funkcija"],
            {"name", "email", "organization", "title"},
        ),
        ("people", ["First name", "Surname", "Empresa"], {"first_name", "last_name", "organization"}),
        ("products", ["Šifra artikla", "Naziv", "Cijena"], {"code", "name", "price"}),
        ("cases", ["Assunto", "Mensagem", "Data"], {"subject", "body", "opened_at"}),
    ],
)
def test_columns_are_found_by_their_names(what: str, heads: list[str], found: set[str]) -> None:
    assert set(guess(what, heads)) == found


def test_what_somebody_says_goes_before_the_guess() -> None:
    heads = ["id", "firma", "nadimak"]
    assert mapped("organizations", heads, {"name": "Nadimak"}) == {"external_id": "id", "name": "nadimak"}
    assert mapped("organizations", heads, {"external-id": ""}) == {"name": "firma"}


@pytest.mark.parametrize(
    ("said", "code"),
    [({"nose": "id"}, "no_field"), ({"name": "nose"}, "no_column"), ({"name": ""}, "not_found")],
)
def test_names_that_are_not_there(said: dict[str, str], code: str) -> None:
    with pytest.raises(Unreadable) as error:
        mapped("organizations", ["id", "firma"], said)
    assert error.value.code == code


def test_a_file_without_a_head_is_noticed() -> None:
    with pytest.raises(Unreadable) as error:
        mapped("organizations", ["ALFKI", "Alfreds Futterkiste", "Berlin"], {})
    assert error.value.code == "no_heads"
