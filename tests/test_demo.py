"""The demo company: everybody can sign in, and every page has something worth seeing."""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import cli
from portal.cases import lists, looking, reading, storage
from portal.cases.clocks import Calendar, working_hours
from portal.cases.models import (
    ASKED,
    OUTCOMES,
    TASK_OUTCOMES,
    Attachment,
    Blob,
    Case,
    Event,
    Grant,
    Lane,
    Message,
    Party,
    Task,
)
from portal.cases.seen import CaseUnknown, SeenCase
from portal.cases.seen import find as find_case
from portal.cases.sharing import given_away
from portal.cases.talks import talks
from portal.catalogue.models import Product
from portal.channels.models import Notice
from portal.clock import NEVER, at, now
from portal.commands.database import bring_up_to_date
from portal.config import read
from portal.demo import living
from portal.demo.company import PRODUCTS
from portal.demo.doing import NotTheirs, do
from portal.demo.filling import NotOurs, fill, start_over
from portal.demo.founding import Company
from portal.demo.people import MEMBERS
from portal.demo.sign_ins import PASSWORD, SIGN_INS
from portal.demo.stories import STORIES
from portal.demo.stories.lanes_alpina_sites import A_REMARK
from portal.demo.stories.lanes_northwind import CRACKED_HOUSINGS
from portal.demo.story import Story, back, closes_lane, finishes, moments, prose, reads, says
from portal.demo.telling import told
from portal.extensions import Model, db
from portal.identity import viewer as viewers
from portal.identity.models import Department, Membership, Organization, Person
from portal.identity.passwords import matches
from portal.identity.people import find
from portal.identity.viewer import Viewer, is_in_force
from tests.browser import Browser
from tests.conftest import make, settings
from tests.laws import reckoning

pytestmark = pytest.mark.own_database

ZAGREB = ZoneInfo("Europe/Zagreb")
KINDS = {
    *("support_request", "complaint", "service_wish", "product_request", "price_enquiry", "invoice_question")
}
FEW = (*STORIES[::25], CRACKED_HOUSINGS)
PROMISED = """
ana@northwind bruno@northwind rui@northwind carla@alpina pavel@adriatic nina@adriatic petra@lumen
sofia@ferrum tomas@borealis sal@meridian fin@meridian sue@meridian mia@meridian ada@meridian
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo company, made once for all tests of this file that only look."""
    folder = tmp_path_factory.mktemp("demo")
    app = make(f"sqlite:///{folder / 'portal.db'}", folder, PORTAL_UNDO_SECONDS="15")
    bring_up_to_date(app)
    assert fill(app, strict=True) is True
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def look(demo: Flask) -> Iterator[None]:
    with demo.app_context():
        yield


def acting(email: str, organization: str | None = None) -> Viewer:
    """The viewer of somebody, for one of their organizations."""
    statement = (
        select(Membership.id)
        .join(Person, Person.id == Membership.person_id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(Person.email == email)
        .order_by(Membership.id)
    )
    if organization:
        statement = statement.where(Organization.name == organization)
    found = viewers.load(db.session.scalars(statement.limit(1)).one())
    assert found is not None
    return found


def case_of(viewer: Viewer, subject: str) -> SeenCase:
    """The case with this subject, as somebody sees it."""
    return find_case(viewer, next(row.number for row in rows(viewer) if row.subject == subject))


def rows(viewer: Viewer, **wanted: object) -> tuple[lists.Row, ...]:
    return lists.page(viewer, lists.Wanted(**wanted), limit=len(STORIES)).rows  # type: ignore[arg-type] # as named


@pytest.mark.usefixtures("look")
def test_everybody_on_the_list_can_sign_in() -> None:
    assert sorted(one["email"] for one in SIGN_INS) == sorted(f"{name}.example" for name in PROMISED.split())
    person = find("ana@northwind.example")
    assert person is not None
    assert matches(person.password_hash, PASSWORD)
    for one in SIGN_INS:
        viewer = acting(one["email"], "Adriatic" if one["name"].startswith("Nina") else None)
        assert (viewer.name, viewer.role) == (one["name"], one["role"])
        assert one["who"]
        assert one["look_at"]
    hashes = db.session.scalars(
        select(Person.password_hash).where(Person.password_hash.is_not(None)).distinct()
    )
    assert len(hashes.all()) == 1


@pytest.mark.usefixtures("look")
def test_who_is_who() -> None:
    ana, bruno = acting("ana@northwind.example"), acting("bruno@northwind.example")
    assert ana.manager
    assert bruno.sees == "own"
    ada = acting("ada@meridian.example")
    assert ada.administrator
    assert not ada.departments
    sue = acting("sue@meridian.example")
    assert sue.departments == {db.session.scalar(select(Department.id).where(Department.code == "service"))}
    assert acting("nina@adriatic.example", "Alpina").organizations == 2
    for code in ("sales", "service"):
        department = db.session.scalars(select(Department.id).where(Department.code == code)).one()
        members = [m for m in MEMBERS if code in m.works_in]
        assert len(members) >= 2, department


@pytest.mark.usefixtures("look")
def test_olga_is_gone_but_her_case_stands() -> None:
    olga = find("olga@northwind.example")
    assert olga is not None
    assert not is_in_force(olga)
    assert any("ML-360" in row.subject for row in rows(acting("ana@northwind.example"), state="finished"))
    eva = find("eva.juric@gradnja.example")
    assert eva is not None
    assert eva.password_hash is None


@pytest.mark.usefixtures("look")
def test_there_is_some_of_everything() -> None:
    cases = db.session.scalars(select(Case)).all()
    assert len(cases) == len(STORIES) >= 310
    assert set(Counter(case.kind for case in cases)) == KINDS
    assert min(Counter(case.kind for case in cases).values()) >= 15
    assert {case.state for case in cases} == {"new", "open", "resolved", "closed"}
    assert {case.outcome for case in cases} == {"", *OUTCOMES}
    assert {case.ball for case in cases} == {"us", "requester", "partner", "supplier", "nobody"}
    assert len({case.department_id for case in cases}) == 5
    per_organization = Counter(case.organization_id for case in cases)
    assert len(per_organization) == 11
    assert min(per_organization.values()) >= 10
    assert max(case.opened_at for case in cases) - min(case.opened_at for case in cases) > timedelta(days=330)
    per_month = Counter(case.opened_at.strftime("%Y-%m") for case in cases)
    assert min(sorted(per_month.values())[2:]) >= 10  # but for the first and the last, which are not whole
    long = select(func.count(Message.id)).group_by(Message.lane_id).order_by(func.count(Message.id).desc())
    assert db.session.scalars(long.limit(1)).one() >= 5
    assert (
        db.session.scalar(select(func.count()).select_from(Product)) == sum(map(len, PRODUCTS.values())) >= 25
    )


@pytest.mark.usefixtures("look")
def test_it_is_told_in_three_languages() -> None:
    first = select(func.min(Message.id)).join(Lane).where(Lane.kind == "requester").group_by(Lane.case_id)
    spoken = Counter(db.session.scalars(select(Message.language).where(Message.id.in_(first))))
    assert set(spoken) == {"pt", "hr", ""}
    assert min(spoken.values()) >= 80


@pytest.mark.usefixtures("look")
def test_some_are_late_some_are_due_in_every_department() -> None:
    cases = db.session.scalars(select(Case).where(Case.ball == "us", Case.state.in_(("new", "open")))).all()
    assert [case for case in cases if case.state == "new" and case.due_at < now()]
    for department in db.session.scalars(select(Department.id)):
        theirs = [case for case in cases if case.ball_department_id == department]
        assert {case.due_at < now() for case in theirs} == {True, False}
    waiting = select(Case.ball_since).where(Case.ball == "requester", Case.state == "open")
    assert min(db.session.scalars(waiting)) < now() - timedelta(days=40)
    reopened = select(func.count(Event.case_id.distinct())).where(Event.verb == "reopened")
    assert (db.session.scalar(reopened) or 0) >= 8


@pytest.mark.usefixtures("look")
def test_rules_send_some_elsewhere_and_say_why() -> None:
    def decided(subject: str) -> tuple[str, str, int]:
        case = db.session.scalars(select(Case).where(Case.subject == subject)).one()
        code = db.session.get_one(Department, case.department_id).code
        return code, case.routing["name"], case.priority

    assert decided("Logo and photos for our new showroom") == ("marketing", "Print, pictures and displays", 0)
    assert decided("Certificates for your audit") == ("front-desk", "Suppliers’ questions", 0)
    assert decided("MV-30 fails the class M test on two sites") == ("service", "Large claims", 1)
    handed = db.session.scalars(select(Event).where(Event.verb == "handed_over")).all()
    assert len(handed) >= 3


@pytest.mark.usefixtures("look")
def test_anas_home() -> None:
    found = rows(acting("ana@northwind.example"))
    needs = [row for row in found if row.ball == "requester"]
    assert len(needs) == 3
    assert {row.state for row in needs} == {"open", "resolved"}
    assert len([row for row in found if row.ball == "us" and row.state != "closed"]) in range(5, 13)
    assert len([row for row in found if row.state == "closed"]) >= 5


@pytest.mark.usefixtures("look")
def test_each_tab_of_sues_inbox_has_several() -> None:
    sue = acting("sue@meridian.example")
    here = {"department_id": min(sue.departments)}
    assert len(rows(sue, state="new", **here)) >= 3
    assert len(rows(sue, state="unfinished", assignee_id=sue.membership_id)) >= 4
    assert len(rows(sue, state="unfinished", ball="ours", **here)) >= 4
    assert len(rows(sue, state="unfinished", ball="others", **here)) >= 3
    unread = Counter(row.unread for row in rows(sue))
    assert unread[True] >= 3
    assert unread[False] >= 10


@pytest.mark.usefixtures("look")
def test_nobody_sees_what_is_not_theirs() -> None:
    def subjects(*who: str) -> set[str]:
        return {row.subject for row in rows(acting(*who))}

    ana, bruno = subjects("ana@northwind.example"), subjects("bruno@northwind.example")
    assert bruno < ana
    about_a_driver = "How your driver spoke to our warehouse people"
    assert about_a_driver in ana
    assert about_a_driver not in subjects("rui@northwind.example")
    pavel, petra = subjects("pavel@adriatic.example"), subjects("petra@lumen.example")
    assert pavel
    assert petra
    assert not pavel & petra
    assert not subjects("sofia@ferrum.example") & subjects("tomas@borealis.example")
    for_carla = {"What one of your people offered our foreman", "Rude note on a returned machine"}
    assert subjects("nina@adriatic.example", "Alpina") == subjects("carla@alpina.example") - for_carla


@pytest.mark.usefixtures("look")
def test_copies_agree_with_the_cases() -> None:
    """Reckoned once more as the laws do: each case with more than a conversation, and some of the others."""
    busy = set(db.session.scalars(select(Lane.case_id).where(Lane.kind.in_(ASKED))))
    busy |= set(db.session.scalars(select(Task.case_id)))
    ids = db.session.scalars(select(Case.id).order_by(Case.id)).all()
    assert len(busy) > 60
    for case_id in sorted(busy | set(ids[::6])):
        reckoning.hold(case_id)


@pytest.mark.usefixtures("look")
def test_files_are_there_and_pictures_have_previews() -> None:
    files = db.session.scalars(select(Attachment)).all()
    assert len(files) >= 40
    assert len({file.blob for file in files}) >= 20
    assert {file.media_type for file in files} == {"image/jpeg", "text/plain", "text/csv"}
    for file in files:
        assert len(storage.read(file.blob)) == db.session.get_one(Blob, file.blob).size > 50
        assert bool(file.preview) == (file.media_type == "image/jpeg")


@pytest.mark.usefixtures("look")
def test_everything_happened_in_order_and_in_working_hours() -> None:
    events = db.session.scalars(select(Event).order_by(Event.id)).all()
    happened = [event.at for event in events]
    assert happened == sorted(happened)
    assert happened[-1] <= now()
    assert happened[0] < now() - timedelta(days=330)
    by_people = {event.at for event in events if event.actor_id is not None}
    for moment in by_people:
        local = moment.astimezone(ZAGREB)
        assert local.weekday() < 5, moment
        assert 8 <= local.hour + local.minute / 60 <= 17, moment
    unread = db.session.scalars(select(Notice.read_at)).all()
    assert None in unread
    assert any(unread)


@pytest.mark.usefixtures("look")
def test_there_are_lanes_in_every_state() -> None:
    asked = db.session.scalars(select(Lane).where(Lane.kind.in_(ASKED))).all()
    assert len({lane.case_id for lane in asked}) >= 40
    whose = dict(db.session.execute(select(Party.id, Organization.name).join(Organization)).all())
    per_organization = Counter(whose[lane.party_id or 0] for lane in asked)
    assert set(per_organization) == {"Ferrum", "Borealis", "Adriatic", "Lumen"}
    assert min(per_organization.values()) >= 6
    assert {lane.kind for lane in asked} == set(ASKED)
    theirs = [lane for lane in asked if lane.ball == lane.kind]
    assert {lane.due_at < now() for lane in theirs} == {True, False}
    assert {lane.state for lane in asked if lane.ball == "us"} == {"open"}
    assert {lane.state for lane in asked if lane.ball == "nobody"} == {"closed"}
    assert {lane.confidential for lane in asked} == {True, False}
    assert {bool(lane.answers) for lane in asked} == {True, False}
    assert max(Counter(lane.party_id for lane in asked).values()) == 2
    ends = db.session.scalars(select(Grant.ends_at).where(Grant.because == "asked")).all()
    assert {"ended" if end < now() else "for ever" if end == NEVER else "runs" for end in ends} == {
        "ended",
        "for ever",
        "runs",
    }
    for role in ASKED:
        several = select(Party.case_id).where(Party.role == role).group_by(Party.case_id)
        assert len(db.session.scalars(several.having(func.count() > 1)).all()) >= 2
    assert set(db.session.scalars(select(Party.reach).where(Party.role == "supplier"))) == {
        "organization",
        "managers",
    }


@pytest.mark.usefixtures("look")
def test_there_is_every_kind_of_task_and_of_move() -> None:
    tasks = db.session.scalars(select(Task)).all()
    todo = [task for task in tasks if not task.outcome]
    assert {task.outcome for task in tasks} == {"", *TASK_OUTCOMES}
    assert {task.department_id for task in todo} == set(db.session.scalars(select(Department.id)))
    assert {(task.kind, task.due_at < now()) for task in todo} == {
        (kind, late) for kind in ("work", "approval") for late in (True, False)
    }
    happened = set(db.session.scalars(select(Event.verb)))
    assert {"asked", "released", "lane_closed", "revoked", "expired", "rescheduled"} <= happened
    assert {"task_opened", "task_done", "sealed", "let_in", "corrected", "handed_over"} <= happened
    kept = select(Message).where(Message.follows.is_not(None) | (Message.visible_from > now()))
    assert not db.session.scalars(kept).all()
    theirs = select(Message.lane_id).where(Message.released_from_id.is_not(None))
    assert len(set(db.session.scalars(theirs))) >= 5


@pytest.mark.usefixtures("look")
def test_sues_complaint_shows_what_lanes_are_for() -> None:
    sue, ana, sofia = (acting(f"{who}.example") for who in ("sue@meridian", "ana@northwind", "sofia@ferrum"))
    seen = case_of(sue, CRACKED_HOUSINGS.subject)
    read = reading.read(sue, seen)
    assert [lane.kind for lane in read.lanes] == ["requester", "supplier", "internal"]
    assert [task.outcome for task in read.tasks] == ["approved"]
    assert seen.ball_name == "Ferrum"
    assert now() < seen.due_at < read.lanes[0].due_at
    assert case_of(ana, CRACKED_HOUSINGS.subject).ball == "supplier"
    theirs = reading.read(sofia, find_case(sofia, seen.number))
    assert [lane.kind for lane in theirs.lanes] == ["supplier"]
    assert [sent.name for sent in theirs.messages[0].files] == ["photo-1.jpg"]
    assert [label for label, _words in theirs.lanes[0].answers["facts"]] == ["product", "serial"]
    assert {opened.person for opened in looking.openings(sue, seen.id)} >= {
        "Ana Ferreira",
        "Rui Matos",
        "Fin Okafor",
        "Sofia Weber",
    }
    assert {opened.organization for opened in looking.openings(ana, seen.id)} == {"Northwind"}


@pytest.mark.usefixtures("look")
def test_a_complaint_about_a_person_stays_among_few() -> None:
    sue, sal, fin = (acting(f"{who}@meridian.example") for who in ("sue", "sal", "fin"))
    number = case_of(sue, A_REMARK.subject).number
    assert len(talks(sal, find_case(sal, number).id)) == 2
    assert [talk.kind for talk in talks(fin, find_case(fin, number).id)] == ["internal"]
    for who in ("mia@meridian", "iva@meridian", "ada@meridian", "sofia@ferrum", "ana@northwind"):
        with pytest.raises(CaseUnknown):
            find_case(acting(f"{who}.example"), number)


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize(
    "email",
    ["ana@northwind", "carla@alpina", "pavel@adriatic", "nina@adriatic", "sofia@ferrum", "tomas@borealis"],
)
def test_something_needs_everybody_something_waits_something_is_over(email: str) -> None:
    viewer = acting(f"{email}.example", "Adriatic" if email.startswith("nina") else None)
    found = rows(viewer)
    assert [row for row in found if row.ball == row.role and row.state != "closed"]
    assert [row for row in found if row.ball not in (row.role, "nobody")]
    assert [row for row in found if row.state == "closed"]
    if viewer.organization_name in ("Adriatic", "Ferrum", "Borealis"):
        asked = [row for row in found if row.role in ASKED]
        assert {row.ball for row in asked} == {"us", "nobody", asked[0].role}


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("name", ["sue", "marko", "sal", "iva", "fin", "mia"])
def test_something_needs_every_department(name: str) -> None:
    viewer = acting(f"{name}@meridian.example")
    for department in viewer.departments:
        assert rows(viewer, state="unfinished", ball_department_id=department)
        owed = select(Task).where(Task.department_id == department, Task.outcome == "")
        assert db.session.scalars(owed).all()


def outsiders() -> Iterator[Viewer]:
    """Who manages one of the other organizations: they read all that their people do."""
    for membership_id in db.session.scalars(select(Membership.id).where(Membership.manager)):
        viewer = viewers.load(membership_id)
        if viewer is not None and not viewer.is_staff:
            yield viewer


def unknown_to(viewer: Viewer) -> list[str]:
    """The other outside organizations, and their people as far as they are not people of the viewer's."""
    others = select(Organization).where(~Organization.ours, Organization.id != viewer.organization_id)
    ids = {each.id: each.name for each in db.session.scalars(others)}
    people = select(Person.id, Person.name).join(Membership, Membership.person_id == Person.id)
    own = people.where(Membership.organization_id == viewer.organization_id).with_only_columns(Person.id)
    theirs = people.where(Membership.organization_id.in_(ids), Person.id.not_in(own))
    return [*ids.values(), *(name for _key, name in db.session.execute(theirs))]


def words_for(viewer: Viewer, number: str) -> dict[str, str]:
    """All words of a case the viewer reads, by where they stand."""
    seen = find_case(viewer, number)
    read = reading.read(viewer, seen, everything=True)
    said = {f"{number} {message.id}": message.body for message in read.messages}
    lanes = {f"{number} lane {lane.id}": f"{lane.subject} {lane.answers}" for lane in read.lanes}
    files = {}
    for sent in (sent for message in read.messages for sent in message.files):
        file = reading.find_file(viewer, seen, sent.id)
        assert file is not None
        text = storage.read(file.blob).decode() if file.media_type.startswith("text/") else ""
        files[f"{number} {sent.name}"] = f"{sent.name.replace('.', ' ')} {text}"
    told = {} if seen.asked else {f"{number} answers": str(seen.answers)}
    return {f"{number} subject": seen.subject, **said, **lanes, **files, **told}


@pytest.mark.usefixtures("look")
def test_nobody_outside_reads_of_another() -> None:
    given = []
    for viewer in outsiders():
        names = unknown_to(viewer)
        assert len(names) > 10
        for row in rows(viewer):
            found = given_away(names, words_for(viewer, row.number))
            given += [(viewer.name, row.subject, each.where, each.name) for each in found]
    assert not given
    sue = acting("sue@meridian.example")
    inside = words_for(sue, case_of(sue, CRACKED_HOUSINGS.subject).number)
    assert given_away(["Ferrum"], inside)  # notes do, so the comparison compares


@pytest.mark.parametrize("email", ["sofia@ferrum", "tomas@borealis", "pavel@adriatic", "petra@lumen"])
def test_no_page_of_those_asked_names_another(demo: Flask, email: str) -> None:
    with demo.app_context():
        viewer = acting(f"{email}.example")
        names = unknown_to(viewer)
        asked = [row.number for row in rows(viewer) if row.role in ASKED]
    browser = Browser(demo, viewer.name)
    with browser.client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = viewer.get_id(), True
    assert asked
    for url in ("/", "/cases/?state=all", "/notices/", *(f"/cases/{number}" for number in asked)):
        shown = browser.get(url).text.replace("Marko Babić", "")  # ours, and a namesake of Nina's
        assert not given_away(names, {url: shown})


@pytest.mark.usefixtures("look")
def test_a_story_lets_nobody_do_what_they_may_not(demo: Flask) -> None:
    mia, sofia = acting("mia@meridian.example"), acting("sofia@ferrum.example")
    number = case_of(acting("sue@meridian.example"), CRACKED_HOUSINGS.subject).number
    lane = next(talk.id for talk in talks(sofia, find_case(sofia, number).id))
    company = Company(
        organizations={},
        departments={},
        products={},
        viewers={"mia": mia, "sofia": sofia},
        files={},
        zone=ZAGREB,
        numbers=iter(()),
        cases={"Cracked": (0, number)},
        lanes={("Cracked", "cause"): lane},
        strict=True,
    )
    for step in (
        says(0, "mia", "I am not in service."),
        says(0, "sofia", "To the customer.", lane=""),
        closes_lane(0, "sofia", "cause"),
        finishes(0, "mia", "Check the amount", "approved"),
        *reads(0, "stranger"),
    ):
        with pytest.raises((NotTheirs, KeyError, StopIteration)):
            do(company, "Cracked", step)
    db.session.rollback()


def test_a_second_run_keeps_what_was_entered(demo: Flask) -> None:
    def count() -> dict[str, int]:
        return {
            name: db.session.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in Model.metadata.tables.items()
        }

    with demo.app_context():
        before = count()
    assert fill(demo) is False
    with demo.app_context():
        assert count() == before


def test_the_same_moment_makes_the_same_company(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With some of the stories: what is random is drawn for each in turn."""

    def made() -> list[tuple[object, ...]]:
        folder = tmp_path_factory.mktemp("again")
        app = make(f"sqlite:///{folder / 'portal.db'}", folder, PORTAL_UNDO_SECONDS="15")
        bring_up_to_date(app)
        with at(datetime(2026, 11, 20, 14, 0, tzinfo=UTC)):
            fill(app)
        with app.app_context():
            columns = Case.number, Case.subject, Case.state, Case.ball, Case.opened_at, Case.activity_at
            found = [tuple(row) for row in db.session.execute(select(*columns).order_by(Case.id))]
            found += [
                tuple(row) for row in db.session.execute(select(Event.verb, Event.at).order_by(Event.id))
            ]
            db.session.remove()
            db.engine.dispose()
        return found

    monkeypatch.setattr(living, "STORIES", FEW)
    first = made()
    assert len(first) > 5 * len(FEW) > 50
    assert made() == first


def test_a_story_that_is_not_one_is_refused() -> None:
    begins = "# 3.5 marta support_request MG-125 | Sparks\n"
    story = told("pt", f"{begins}+ serial 1\nWords.\n14 of them\n\n1.0 ines says, ours, 3d: A: b,\nc\n")[0]
    assert (story.text, story.product, story.answers) == ("Words.\n14 of them\n", "MG-125", {"serial": "1"})
    assert story.steps == (says(1.0, "ines", "A: b,\nc", then="us", days=3, language="pt"),)
    for wrong in ("# marta | No time\n", f"{begins}1 ines sings: a\n", f"{begins}1 ines says, loudly: a\n"):
        with pytest.raises(ValueError, match="no"):
            told("", wrong)


def test_the_demo_leaves_another_company_alone(app: Flask, tmp_path: Path) -> None:
    """`app` holds the cast of the tests; without the address the demo is known by it is another company."""
    with app.app_context():
        ada = find("ada@meridian.example")
        assert ada is not None
        ada.email = "ada@other.example"
        db.session.commit()
    with pytest.raises(NotOurs, match="another company"):
        fill(app)
    if "sqlite" in app.config["SETTINGS"].database_url:
        with pytest.raises(NotOurs, match="left alone"):
            start_over(app.config["SETTINGS"])
        assert (tmp_path / "portal.db").is_file()


@pytest.mark.slow
def test_starting_over_removes_the_demo_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("PORTAL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PORTAL_ENV", "demo")
    monkeypatch.setattr(living, "STORIES", FEW)
    assert cli.main(["demo", "--prepare"]) == 0
    instance = tmp_path / "instance"
    kept = (instance / "secret-key").read_text()
    (instance / "mine.txt").write_text("mine")
    assert any(path.is_file() for path in (instance / "files").rglob("*"))
    with pytest.raises(NotOurs, match="only an SQLite database in"):
        start_over(
            read({"PORTAL_INSTANCE": str(instance), "PORTAL_DATABASE_URL": f"sqlite:///{tmp_path}/x.db"})
        )
    start_over(read())
    assert sorted(path.name for path in instance.iterdir()) == ["mine.txt", "secret-key"]
    assert (instance / "secret-key").read_text() == kept
    start_over(read())


def test_the_demo_runs_in_its_own_environment_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in settings(
        f"sqlite:///{tmp_path / 'real.db'}", tmp_path, PORTAL_ENV="production"
    ).items():
        monkeypatch.setenv(name, value)
    assert cli.main(["demo", "--prepare"]) == 1
    assert "PORTAL_ENV is production" in capsys.readouterr().err
    assert not (tmp_path / "real.db").exists()


@pytest.mark.parametrize(
    "end",
    [
        datetime(2026, 11, 22, 12, 0, tzinfo=UTC),  # a Sunday
        datetime(2026, 11, 23, 3, 0, tzinfo=UTC),  # Monday before anybody is there
        datetime(2026, 11, 25, 9, 17, tzinfo=UTC),  # in the middle of a morning
        datetime(2027, 1, 1, 23, 59, tzinfo=UTC),
        datetime(2026, 3, 30, 10, 0, tzinfo=UTC),  # the clocks changed the day before
    ],
)
def test_stories_fit_whenever_the_demo_is_made(end: datetime) -> None:
    for story in STORIES:
        found = moments(story, end, ZAGREB)
        assert found == sorted(found)
        assert found[-1] <= end
        assert working_hours(found[0], end, Calendar(ZAGREB)) == pytest.approx(story.ago * 9, abs=0.01)
        for moment in found:
            local = moment.astimezone(ZAGREB)
            assert local.weekday() < 5
            assert 8 <= local.hour + local.minute / 60 <= 17


def test_back_counts_working_hours() -> None:
    monday = datetime(2026, 11, 23, 10, 0, tzinfo=ZAGREB)
    assert back(monday, 1, ZAGREB) == datetime(2026, 11, 23, 9, 0, tzinfo=ZAGREB)
    assert back(monday, 3, ZAGREB) == datetime(2026, 11, 20, 16, 0, tzinfo=ZAGREB)
    assert back(monday, 2 + 45, ZAGREB) == datetime(2026, 11, 16, 8, 0, tzinfo=ZAGREB)


def test_a_story_cannot_run_into_the_future() -> None:
    story = Story(1, "ana", "complaint", "Too much", "…", (says(5, "sue", "a"), says(4.5, "ana", "b")))
    with pytest.raises(ValueError, match="ana says in the future"):
        moments(story, datetime.now(UTC), ZAGREB)


def test_prose_is_typed_as_people_type() -> None:
    assert prose("  One\n   two.\n\n   Three") == "One two.\n\nThree"
    assert prose("- one\n  - two") == "- one\n- two"
