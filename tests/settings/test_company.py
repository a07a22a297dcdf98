"""Name, look, hours and limits of the whole portal."""

import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from portal import branding
from portal.cases.clocks import Calendar, calendar, working_days_from, working_hours
from portal.cases.models import Case
from portal.extensions import db
from portal.identity import installation
from portal.identity.models import Installation, Organization
from portal.settings import company_views
from tests.browser import Browser, statements
from tests.cases.file_samples import picture
from tests.cast import Cast

ZAGREB = ZoneInfo("Europe/Zagreb")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
WEEK = {
    f"{day}_{end}": at for day in ("mon", "tue", "wed") for end, at in (("opens", "9"), ("closes", "15.30"))
}


def test_name_and_colour_are_everybodys_from_the_next_page_on(ada: Browser, cast: Cast) -> None:
    ada.post("/settings/company/", {"name": "Meridian Werkzeuge", "brand": "#0055AA"})
    page = cast.browser("ana").get("/")
    assert "Meridian Werkzeuge" in page
    assert "/brand/2/theme.css" in page.html  # the second choice was that this step was looked at
    style = cast.browser().client.get("/brand/2/theme.css")
    assert style.mimetype == "text/css"
    assert b"--brand:light-dark(#0055aa," in style.data
    assert "immutable" in style.headers["Cache-Control"]
    assert "immutable" not in cast.browser().client.get("/brand/7/theme.css").headers["Cache-Control"]


@pytest.mark.parametrize(
    ("colour", "says"),
    [
        ("#ffffff", "too pale"),
        ("#ffd400", "A darker tone of it is #836d00"),
        ("white", "Write it as #rrggbb"),
        ("#12345", "Write it as #rrggbb"),
        ("red;}", "Write it as #rrggbb"),
    ],
)
def test_a_colour_nobody_could_read_is_refused(ada: Browser, cast: Cast, colour: str, says: str) -> None:
    page = ada.post("/settings/company/", {"name": "Meridian", "brand": colour}, 422)
    assert says in page
    with cast.app.app_context():
        assert db.session.get(Installation, 1) is None


@pytest.mark.parametrize("colour", ["#c83a06", "#0055aa", "#777777", "#00a86b", "#ff0000", "#000000", "#5b2"])
def test_what_follows_from_a_colour_is_readable_in_both_themes(colour: str) -> None:
    try:
        tones = branding.derived(branding.checked(colour))
    except branding.TooPale as pale:
        tones = branding.derived(branding.checked(str(pale)))
    for side, paper in ((0, branding.LIGHT), (1, branding.DARK)):
        brand = tones["brand"][side]
        assert branding.contrast(brand, paper) >= branding.READABLE
        assert branding.contrast(brand, tones["on-brand"][side]) >= branding.READABLE
        assert branding.contrast(tones["brand-deep"][side], tones["brand-tint"][side]) >= branding.READABLE


def test_contrast_is_as_wcag_says() -> None:
    assert branding.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert branding.contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


def test_a_logo_is_shown_as_pixels_of_ours(ada: Browser, cast: Cast) -> None:
    sent = {"name": "Meridian Tools", "logo": (io.BytesIO(picture("PNG")), "logo.png")}
    answer = ada.client.post("/settings/company/", data=sent)
    assert answer.status_code == 303
    page = cast.browser("ana").get("/")
    assert "/brand/2/logo" in page.html
    logo = cast.browser().client.get("/brand/2/logo")
    assert logo.mimetype in ("image/png", "image/jpeg")
    ada.post("/settings/company/", {"name": "Meridian Tools", "no_logo": "y"})
    assert cast.browser().client.get("/brand/3/logo").status_code == 404


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (SVG, "logo.svg", "An SVG can carry programs"),
        (b"MZ not a picture", "logo.png", "no picture that we can show"),
        (b"x" * 1_001, "logo.png", "at most 2 MB"),
    ],
)
def test_what_is_no_logo_is_refused(
    ada: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch, data: bytes, name: str, says: str
) -> None:
    monkeypatch.setattr(company_views, "LOGO_BYTES", 1_000)
    sent = {"name": "Meridian Tools", "logo": (io.BytesIO(data), name)}
    answer = ada.client.post("/settings/company/", data=sent)
    assert answer.status_code == 422
    assert says in answer.text
    with cast.app.app_context():
        assert db.session.get(Installation, 1) is None


def test_hours_are_what_promises_keep_to(ada: Browser, cast: Cast) -> None:
    ada.post("/settings/hours/", {**WEEK, "timezone": "Europe/Zagreb", "holidays": "HR"})
    with cast.app.app_context():
        chosen = installation.chosen()
        week = calendar(chosen.hours, ZAGREB, chosen.holidays)
    assert chosen.hours[0] == ["09:00", "15:30"]
    assert chosen.hours[3] is None
    # Wednesday 6 January 2027 is a holiday in Croatia, and from Thursday on nobody is there.
    tuesday = datetime(2027, 1, 5, 12, tzinfo=UTC)
    assert working_days_from(1, week, tuesday) == datetime(2027, 1, 11, 15, 30, tzinfo=ZAGREB)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"mon_opens": "9"}, "Say when it opens and when it closes"),
        ({"mon_opens": "17:00", "mon_closes": "8:00"}, "It closes after it opens"),
        ({"mon_opens": "25", "mon_closes": "26"}, "Write a time such as 8:30."),
        ({"timezone": "Mars/Base"}, "Not a valid choice"),
        ({}, "Somebody must be there on at least one day."),
    ],
)
def test_hours_that_cannot_be(ada: Browser, typed: dict[str, str], says: str) -> None:
    assert says in ada.post("/settings/hours/", {"timezone": "UTC", "holidays": "", **typed}, 422)


def test_a_department_keeps_to_its_own_hours(ada: Browser, cast: Cast) -> None:
    service = cast.department("service").id
    address = f"/settings/departments/{service}/hours"
    ada.post(address, {"sat_opens": "8:00", "sat_closes": "12:00"})
    assert "Sat 8:00–12:00" in ada.get(f"/settings/departments/{service}/")
    number = cast.asks("ana")
    with cast.app.app_context():
        due = db.session.scalars(select(Case.due_at).where(Case.number == number)).one()
    due = due.astimezone(ZAGREB)
    assert (due.weekday(), due.hour) == (5, 12)
    ada.post(address, {})
    assert "those of the company" in ada.get(f"/settings/departments/{service}/")


def test_working_hours_know_nights_weekends_and_holidays() -> None:
    plain = Calendar(ZAGREB)
    croatia = Calendar(ZAGREB, country="HR")
    monday, next_monday = datetime(2026, 12, 21, 10, tzinfo=ZAGREB), datetime(2026, 12, 28, 10, tzinfo=ZAGREB)
    assert working_hours(monday, next_monday, plain) == 45
    assert working_hours(monday, next_monday, croatia) == 36  # Christmas Day is a Friday
    assert working_hours(next_monday, monday, croatia) == -36
    night = datetime(2026, 12, 21, 22, tzinfo=ZAGREB)
    assert working_hours(night, datetime(2026, 12, 22, 7, tzinfo=ZAGREB), plain) == 0


def test_limits_stay_below_those_of_whoever_runs_it(ada: Browser, cast: Cast) -> None:
    page = ada.post("/settings/limits/", {"file_mb": "26", "files": "3", "undo_seconds": "5"}, 422)
    assert "From 1 to 25" in page
    ada.post("/settings/limits/", {"file_mb": "1", "files": "2", "undo_seconds": "5"})
    assert "Up to 1 MB each, 2 at once." in cast.browser("ana").get("/requests/new/complaint")


def test_two_processes_notice_what_the_other_changed(ada: Browser, cast: Cast) -> None:
    """Each remembers the choices under their version, which comes with the page's viewer."""
    ada.post("/settings/company/", {"name": "Meridian Tools", "brand": "#0055aa"})
    cast.browser("ana").get("/")
    with cast.app.app_context():
        db.session.get_one(Installation, 1).choices = {"brand": "#00753a"}
        db.session.get_one(Installation, 1).version = 9
        db.session.commit()
    assert "/brand/9/theme.css" in cast.browser("ana").get("/").html
    assert b"#00753a" in cast.browser().client.get("/brand/9/theme.css").data


def test_choices_cost_a_page_no_statement(ada: Browser, cast: Cast) -> None:
    ana = cast.browser("ana")
    with statements(cast.app) as before:
        ana.get("/cases/")
    ada.post("/settings/company/", {"name": "Meridian Tools", "brand": "#0055aa"})
    ana.get("/cases/")
    with statements(cast.app) as after:
        ana.get("/cases/")
    assert len(before) == len(after)


def test_our_own_name_only_is_a_setting(ada: Browser, cast: Cast) -> None:
    ada.post("/settings/company/", {"name": "Meridian GmbH"})
    with cast.app.app_context():
        names = {name for (name,) in db.session.query(Organization.name)}
    assert {"Meridian GmbH", "Northwind"} <= names
