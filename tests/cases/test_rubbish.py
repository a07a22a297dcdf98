"""Rubbish from outside: a clear page, nothing stored, never a bare 500."""

from io import BytesIO

import pytest

from tests.cast import Cast

HUGE = str(10**30)


@pytest.mark.parametrize(
    "address",
    [
        f"/cases/{{number}}/files/{HUGE}",
        f"/notices/?before={HUGE}",
        "/cases/?kind=%00&state=%00&after=%00",
        "/cases/?after=WyI5OTk5LTEyLTMxVDAwOjAwOjAwKzAwOjAwIiwgOTk5OTk5OTk5OTk5OTk5OTk5OTk5OV0",
        "/cases/?number=%00%F0%9F%94%A7",
        "/cases/%00",
        "/cases/%F0%9F%94%A7",
        "/desk/?department=%00",
        "/requests/new/%00",
    ],
)
@pytest.mark.parametrize("name", ["ana", "sue"])
def test_strange_addresses_are_answered_with_a_page(cast: Cast, name: str, address: str) -> None:
    browser = cast.browser(name)
    answer = browser.client.get(address.format(number=cast.asks("ana")))
    assert answer.status_code in (200, 404), answer.status_code


@pytest.mark.parametrize(
    "words",
    [
        "🔧" * 300,
        "\x00\x07bell",
        "\u202egnihton\u202c \u0645\u0631\u062d\u0628\u0627",
        "<script>alert(1)</script>",
        "=1+1",
    ],
)
def test_any_words_are_taken_and_shown_as_words(cast: Cast, words: str) -> None:
    ana = cast.browser("ana")
    form = ana.get("/requests/new/support-request").fields()
    page = ana.post("/requests/new/support-request", {**form, "subject": "Words", "body": words + " end"})
    shown = ana.get(page.location)
    assert "end" in shown
    assert "\x00" not in shown.html
    assert "<script>alert" not in shown.html


def test_a_form_that_fails_gives_back_what_was_typed(cast: Cast) -> None:
    ana = cast.browser("ana")
    typed = {
        "subject": "",
        "body": "Forty drills, please.",
        "product": "MD-18",
        "quantity": "many",
        "needed_by": "soon",
    }
    page = ana.post("/requests/new/product-request", typed, expect=422)
    assert "Give it a short title." in page
    assert page.fields()["body"].strip() == "Forty drills, please."
    assert page.fields()["quantity"] == "many"
    assert "No requests here" in ana.get("/cases/?state=all")


def test_text_that_is_too_long_comes_back_and_far_too_long_is_refused(cast: Cast) -> None:
    ana = cast.browser("ana")
    typed = {"subject": "Long", "body": "a" * 60_000}
    page = ana.post("/requests/new/support-request", typed, expect=422)
    assert len(page.fields()["body"].strip()) == 60_000
    refused = ana.post(
        "/requests/new/support-request", {"subject": "Long", "body": "a" * 10_000_000}, expect=413
    )
    assert "too large" in refused


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "-1", "1e400", "abc", "1" * 5000])
def test_no_sum_is_not_a_sum(cast: Cast, amount: str) -> None:
    ana = cast.browser("ana")
    typed = {
        "subject": "Money",
        "body": "Back, please.",
        "remedy": "credit",
        "currency": "EUR",
        "amount": amount,
    }
    page = ana.post("/requests/new/complaint", typed, expect=422)
    assert "Money" in page.fields()["subject"]


@pytest.mark.parametrize("version", ["²", "9" * 5000, "-1", "\x00", ""])
def test_a_strange_version_is_no_version(cast: Cast, version: str) -> None:
    sue = cast.browser("sue")
    number = cast.asks("ana")
    me = str(cast.membership("sue"))
    sue.post(f"/cases/{number}/assignment", {"version": version, "assignee": me, "once": "\x00" * 3})
    assert "You took it" in sue.get(f"/cases/{number}")


def test_a_stale_edit_shows_what_changed_and_keeps_the_words(cast: Cast) -> None:
    sue, ana = cast.browser("sue"), cast.browser("ana")
    number = cast.asks("ana")
    form = sue.get(f"/cases/{number}/resolution").fields()
    ana.post(f"/cases/{number}/messages", {"body": "One more thing.", "once": "1"})
    page = sue.post(f"/cases/{number}/resolution", {**form, "body": "All done."}, expect=409)
    assert "All done." in page.html
    assert "Somebody was quicker" in page
    assert "All done." not in ana.get(f"/cases/{number}")


def test_links_in_words_and_files_are_never_swapped_into_a_page(cast: Cast) -> None:
    """A page a customer uploads and points to must not act with its reader's rights."""
    page = b"<div hx-get=/settings/people/new hx-trigger=load></div>"
    ana, ada = cast.browser("ana"), cast.browser("ada")
    form = ana.get("/requests/new/support-request").fields()
    form |= {
        "subject": "Quote",
        "body": "See http://localhost/cases/1/files/1 please.",
        "files": (BytesIO(page), "q.html"),
    }
    case = ana.post("/requests/new/support-request", form).location
    shown = ada.get(case)
    links = [a for a in shown.all("a") if a.get("href", "").startswith("http://localhost/cases/1")]
    assert [a.get("hx-boost") for a in links] == ["false"]
    files = [
        a for a in shown.all("a") if "/files/" in a.get("href", "") and a.get("href", "").startswith("/")
    ]
    assert [a.get("hx-boost") for a in files] == ["false"]
    answer = ada.client.get(files[0].get("href", ""))
    assert answer.headers["HX-Reswap"] == "none"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.mimetype == "application/octet-stream"


def test_the_same_form_sent_again_with_other_words_loses_none_of_them(cast: Cast) -> None:
    ana = cast.browser("ana")
    form = ana.get("/requests/new/support-request").fields()
    first = ana.post("/requests/new/support-request", {**form, "subject": "One", "body": "One drill."})
    again = ana.post("/requests/new/support-request", {**form, "subject": "One", "body": "One drill."})
    other = ana.post("/requests/new/support-request", {**form, "subject": "Two", "body": "Two drills."})
    assert first.location == again.location != other.location


def test_titles_are_one_line_and_nothing_in_them_turns_the_text(cast: Cast) -> None:
    ana = cast.browser("ana")
    form = ana.get("/requests/new/support-request").fields()
    sent = ana.post(
        "/requests/new/support-request", {**form, "subject": "a\u202eb\u200b\r\nc", "body": "Words."}
    )
    assert "ab c" in ana.get(sent.location)


def test_an_address_of_signs_that_grow_is_cut_before_it_is_normalised(cast: Cast) -> None:
    """U+FDFA becomes eighteen letters: 1.2 MB of it was 8 s and an answer of 19 MB."""
    page = cast.browser().post("/sign-in", {"email": "\ufdfa" * 400_000, "password": "x"}, expect=422)
    assert len(page.html) < 100_000
