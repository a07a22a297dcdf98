"""Every text is there in every language: whole, with its values, and up to date with the source."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from portal.languages import LANGUAGES, LOCALES
from tests.browser import Browser
from tests.cast import Cast

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "portal" / "translations"
TRANSLATED = [code for code in LANGUAGES if code != "en"]
VALUE = re.compile(r"%\((\w+)\)[sd]|%[sd]|</?\w+>")


def catalogue(code: str) -> Catalog:
    with (FOLDER / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=code)


def texts(message: Message) -> list[tuple[str, str]]:
    """(English, translated) pairs; the plural forms against the English plural."""
    if not message.pluralizable:
        return [(str(message.id), str(message.string))]
    return [(message.id[-1], form) for form in message.string]


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str | None, str]]:
    """(context, text) of everything to translate, out of the source as it is now."""
    target = tmp_path_factory.mktemp("messages") / "messages.pot"
    command = (ROOT / "Makefile").read_text("utf-8").split("$(BIN)/pybabel --quiet extract")[1]
    options = command.split("--output-file")[0].replace("\\\n", " ").split()
    run = [
        Path(sys.executable).parent / "pybabel",
        "--quiet",
        "extract",
        *options,
        "--output-file",
        target,
        ".",
    ]
    subprocess.run(run, cwd=ROOT, check=True)
    with target.open("rb") as file:
        return {(message.context, _key(message)) for message in read_po(file) if message.id}


def _key(message: Message) -> str:
    return str(message.id[0] if message.pluralizable else message.id)


@pytest.mark.parametrize("code", TRANSLATED)
def test_nothing_is_missing_or_fuzzy(code: str, wanted: set[tuple[str | None, str]]) -> None:
    found = catalogue(code)
    fuzzy = [message.id for message in found if message.id and message.fuzzy]
    empty = [message.id for message in found if message.id and not all(form for _, form in texts(message))]
    missing = wanted - {(message.context, _key(message)) for message in found}
    assert not fuzzy
    assert not empty
    assert not missing, "run `make messages`, then translate what is new"


@pytest.mark.parametrize("code", TRANSLATED)
def test_values_and_spaces_are_those_of_the_english(code: str) -> None:
    for message in catalogue(code):
        if not message.id:
            continue
        for english, said in texts(message):
            assert sorted(VALUE.findall(said)) == sorted(VALUE.findall(english)), said
            assert (said[0].isspace(), said[-1].isspace()) == (english[0].isspace(), english[-1].isspace()), (
                said
            )


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_plural_form_is_there(code: str) -> None:
    found = catalogue(code)
    assert found.num_plurals == {"pt": 2, "hr": 3}[code]
    for message in found:
        if message.pluralizable:
            assert len(message.string) == found.num_plurals, message.id


@pytest.mark.parametrize(
    ("code", "says", "day"),
    [
        ("en", "Send us something", "24 Dec 2026"),
        ("pt", "Definições", "24 dez"),
        ("hr", "Postavke", "24. pro 2026"),
    ],
)
def test_a_reader_gets_their_language_and_its_way_to_write_dates(
    cast: Cast, code: str, says: str, day: str
) -> None:
    from flask_babel import force_locale, gettext  # noqa: PLC0415

    from portal.showing import date_words  # noqa: PLC0415

    with cast.app.test_request_context("/"), force_locale(LOCALES[code]):
        assert day in date_words("2026-12-24")
        assert gettext("Settings" if code != "en" else "Send us something") == says


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_a_form_says_is_in_the_readers_language(cast: Cast, code: str) -> None:
    ada: Browser = cast.browser("ada")
    headers = {"Accept-Language": code}
    page = ada.client.post("/settings/hours/", data={"timezone": "Mars/Base"}, headers=headers)
    assert page.status_code == 422
    assert ("Not a valid choice." in page.text) == (code == "en")
