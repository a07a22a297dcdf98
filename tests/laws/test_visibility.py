"""Who sees what, for everybody and everywhere: lists, pages, files, counts and notices."""

import re
from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, select

from portal.cases.followers import followers_of
from portal.cases.models import Access, Case, Event, Message
from portal.cases.seen import CaseUnknown, find
from portal.cases.visibility import (
    accesses_for,
    audience_of,
    events_for,
    holdings_for,
    messages_for,
)
from portal.channels import composing
from portal.channels.models import Notice
from portal.clock import now
from portal.extensions import db
from tests.cast import EVERYBODY, OUTSIDERS, STAFF, Cast
from tests.laws.truth import (
    CASES,
    COMPLAINTS,
    FILES,
    MARKERS,
    PROBED,
    SAID,
    SUBJECTS,
    TASKS,
    bodies,
    due,
    finished,
    foreign_names,
    lanes_of,
    markers,
    named,
    readers,
    requesting,
    seers,
    shown_as,
)
from tests.laws.world import World, build

TABS = ("new", "mine", "us", "others", "all")
HTMX = {"HX-Request": "true"}
INBOXES = ("service", "finance", "sales")
MANAGERS = {"ana", "pavel", "petra", "sofia", "tomas"}


@pytest.fixture(scope="module")
def world(house: Cast) -> World:
    return build(house)


@dataclass
class Fetched:
    """What somebody got at the addresses of a case: the page, one lane after the other, everything in one."""

    html: str = ""
    lanes: dict[str, set[str] | None] = field(default_factory=dict)
    """Lane → the markers on its page; None where there was none."""


def fetch(world: World, name: str, case: str) -> Fetched:
    """What somebody got: whatever is refused shows nothing."""
    fetched = Fetched()
    for lane, query in _looks(world, name, case).items():
        answer = world.client(name).get(f"/cases/{world.numbers[case]}{query}")
        assert answer.status_code in (200, 404)
        fetched.html += answer.text
        fetched.lanes[lane] = markers(answer.text) if answer.status_code == 200 else None
        assert answer.status_code == 200 or not markers(answer.text)
    return fetched


def _looks(world: World, name: str, case: str) -> dict[str, str]:
    """Who sees the case looks at every lane of it by its id, who doesn't at one for all."""
    lanes = lanes_of(case) if name in seers(case) else lanes_of(case)[-1:]
    whole = {"all": "?lane=all"} if case in PROBED else {}
    return {"": "", **whole, **{lane: f"?lane={world.lanes[case, lane]}" for lane in lanes}}


def names_of(world: World) -> dict[int, str]:
    """Membership id → the name of the cast."""
    return {world.cast.membership(name): name for name in (*EVERYBODY, "olga")}


def listed(html: str) -> set[str]:
    """The cases whose subject stands on a page."""
    return {SUBJECTS[marker][0] for marker in markers(html) if marker in SUBJECTS}


def seen_by(name: str) -> set[str]:
    return {case for case in CASES if name in seers(case)}


@pytest.mark.parametrize("name", EVERYBODY)
def test_everybody_lists_exactly_the_cases_they_see(world: World, name: str) -> None:
    """Under the subject that is theirs; what somebody was asked has no kind to them."""
    wanted = {case: shown_as(name, case) for case in seen_by(name)}
    over = {wanted[case] for case in wanted if finished(name, case)}
    assert markers(world.whole(name, "/cases/?state=all")) == set(wanted.values())
    assert markers(world.whole(name, "/cases/?state=unfinished")) == set(wanted.values()) - over
    assert markers(world.whole(name, "/cases/?state=finished")) == over
    sent = {kind: set() for kind in ("support_request", "complaint")}  # type: dict[str, set[str]]
    for case, marker in wanted.items():
        if requesting(name, case):
            sent["complaint" if case in COMPLAINTS else "support_request"].add(marker)
    for kind, found in sent.items():
        assert markers(world.whole(name, f"/cases/?state=all&kind={kind}")) == found


@pytest.mark.parametrize("name", OUTSIDERS)
def test_every_outsider_finds_exactly_their_cases_at_home(world: World, name: str) -> None:
    html = world.html(name, "/")
    assert {shown_as(name, c) for c in seen_by(name) if not finished(name, c)} <= markers(html)
    assert markers(html) <= {shown_as(name, case) for case in seen_by(name)}


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_number_leads_only_to_a_case_one_sees(world: World, name: str) -> None:
    for case in PROBED:
        asked = {"number": world.numbers[case]}
        status = world.client(name).get("/cases/", query_string=asked).status_code
        assert status == (303 if name in seers(case) else 404), case


@pytest.mark.parametrize("name", EVERYBODY)
def test_everybody_reads_exactly_their_part_of_every_case(world: World, name: str) -> None:
    """All of it on the page and those of its lanes together; of a lane that is not theirs not even a page."""
    for case in CASES:
        got = fetch(world, name, case)
        found = set().union(*(there for there in got.lanes.values() if there is not None))
        assert found == (due(name, case) if name in seers(case) else set()), case
        for lane, there in got.lanes.items():
            wanted = seers(case) if lane in ("", "all") else readers(case, lane)
            assert (there is not None) == (name in wanted), (case, lane)
        if name in OUTSIDERS:
            assert not named(got.html, foreign_names(name)), case


@pytest.mark.parametrize("name", EVERYBODY)
def test_everybody_is_given_exactly_the_messages_of_their_lanes(world: World, name: str) -> None:
    viewer = world.cast.viewer(name)
    with world.cast.app.app_context():
        for case, number in world.numbers.items():
            try:
                seen = find(viewer, number)
            except CaseUnknown:
                assert name not in seers(case)
                continue
            said = db.session.scalars(messages_for(viewer, seen.id).with_only_columns(Message.body))
            assert markers(" ".join(said)) == bodies(due(name, case)), case


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_page_that_explains_a_case_is_for_those_who_see_it(world: World, name: str) -> None:
    for case in PROBED:
        answer = world.client(name).get(f"/cases/{world.numbers[case]}/why")
        assert answer.status_code == (200 if name in seers(case) else 404), case
        assert markers(answer.text) <= due(name, case)


@pytest.mark.parametrize("name", EVERYBODY)
def test_everybody_is_told_what_happened_in_their_lanes_in_one_reading(world: World, name: str) -> None:
    """What happened without a lane is for ours; who held the ball each side reads as it concerns them."""
    viewer = world.cast.viewer(name)
    for case in CASES:
        if name not in seers(case):
            continue
        lanes = {world.lanes[case, lane] for lane in lanes_of(case) if name in readers(case, lane)}
        if name in STAFF:
            lanes |= {None}  # type: ignore[arg-type] # what happened in no lane
        with world.cast.app.app_context():
            key = db.session.scalars(select(Case.id).where(Case.number == world.numbers[case])).one()
            happened = db.session.scalars(select(Event).where(Event.case_id == key)).all()
            told = {event.id for event in db.session.scalars(events_for(viewer, key))}
            assert told == {event.id for event in happened if event.lane_id in lanes}, case
            sides = {holding.party_id for holding in db.session.scalars(holdings_for(viewer, [key]))}
            assert len(sides) == 1, case
            assert (sides == {None}) == (name in STAFF)


@pytest.mark.parametrize("name", OUTSIDERS)
def test_no_outsider_ever_meets_the_name_of_another(world: World, name: str) -> None:
    """No organization and nobody of theirs, in any byte of anything they may open, or are mailed."""
    foreign = foreign_names(name)
    lists = (
        "/",
        "/requests/",
        "/notices/",
        *(f"/cases/?state={s}" for s in ("all", "finished", "unfinished")),
    )
    for url in lists:
        assert not named(world.whole(name, url), foreign), url
    for case in seen_by(name):
        for tail in ("/why", "/accesses", "/acceptance", "?all=1"):
            answer = world.client(name).get(f"/cases/{world.numbers[case]}{tail}")
            assert not named(answer.text, foreign), (case, tail)
        found = world.client(name).get("/cases/", query_string={"number": world.numbers[case]})
        assert not named(found.text, foreign), case
    for mail in mails(world, name):
        assert not named(mail, foreign)


def mails(world: World, name: str) -> list[str]:
    """What somebody would be mailed about every notice they ever got, as far as there is a mail."""
    me = world.cast.membership(name)
    with world.cast.app.test_request_context("/"):
        told = db.session.scalars(select(Notice).where(Notice.membership_id == me)).all()
        several = [composing.compose(notice) for notice in told]
        return [f"{mail.subject}\n{mail.text}\n{mail.html}" for mail in several if mail is not None]


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_mail_says_only_what_its_reader_reads(world: World, name: str) -> None:
    for mail in mails(world, name):
        for marker in markers(mail):
            assert name in MARKERS[marker][1], marker
            if marker in SUBJECTS:
                assert marker == shown_as(name, SUBJECTS[marker][0])


def test_there_are_mails_to_look_at(world: World) -> None:
    several = {name: mails(world, name) for name in EVERYBODY}
    assert sum(map(len, several.values())) > 40
    assert {name for name in several if markers(" ".join(several[name])) & set(SAID)} >= {
        "ana",
        "sue",
        "sofia",
    }


@pytest.mark.parametrize("name", EVERYBODY)
def test_everybody_fetches_exactly_the_files_of_what_they_read(world: World, name: str) -> None:
    for marker, key in world.files.items():
        case, who = FILES[marker]
        wanted = 200 if name in who else 404
        here = f"/cases/{world.numbers[case]}/files/{key}"
        assert world.client(name).get(here).status_code == wanted, marker
        if marker.startswith(("sent", "answerpicture")):
            assert world.client(name).get(f"{here}/preview").status_code == wanted, marker


@pytest.mark.parametrize(("name", "mine"), [("ana", "anas"), ("pavel", "pavels"), ("fin", "anas")])
def test_a_foreign_file_does_not_come_through_ones_own_case(world: World, name: str, mine: str) -> None:
    for marker, key in world.files.items():
        if MARKERS[marker][0] != mine:
            url = f"/cases/{world.numbers[mine]}/files/{key}"
            assert world.client(name).get(url).status_code == 404, marker
            assert world.client(name).get(f"{url}/preview").status_code == 404, marker


@pytest.mark.parametrize("name", EVERYBODY)
def test_who_opened_a_case_is_told_to_ours_and_to_managers(world: World, name: str) -> None:
    """A manager of whoever was asked learns it of their own people too."""
    for case in PROBED:
        allowed = name in seers(case) and (name in STAFF or name in MANAGERS)
        answer = world.client(name).get(f"/cases/{world.numbers[case]}/accesses")
        assert answer.status_code == (200 if allowed else 404), case


def test_a_manager_learns_of_openings_at_home_only(world: World) -> None:
    number = world.numbers["brunos"]
    for name in ("sue", "bruno"):
        world.html(name, f"/cases/{number}")
    html = world.html("ana", f"/cases/{number}/accesses")
    assert "Bruno Costa" in html
    assert "Sue Keller" not in html
    assert "Sue Keller" in world.html("mia", f"/cases/{number}/accesses")


def test_who_neither_manages_nor_works_here_learns_of_no_opening(world: World) -> None:
    number, rui, ana = world.numbers["brunos"], world.cast.viewer("rui"), world.cast.viewer("ana")
    world.html("ana", f"/cases/{number}")
    with world.cast.app.app_context():
        key = db.session.scalars(select(Case.id).where(Case.number == number)).one()
        assert not db.session.scalars(accesses_for(rui, key)).all()
        assert db.session.scalars(accesses_for(ana, key)).all()


def test_fetching_a_file_is_kept(world: World) -> None:
    key = world.files["sent0brunos0"]
    world.client("rui").get(f"/cases/{world.numbers['brunos']}/files/{key}")
    with world.cast.app.app_context():
        kept = select(func.count()).where(
            Access.attachment_id == key, Access.membership_id == world.cast.membership("rui")
        )
        assert db.session.scalar(kept)


def test_the_audience_of_every_lane_is_who_can_read_it(world: World) -> None:
    names = names_of(world)
    for (case, lane), key in world.lanes.items():
        with world.cast.app.app_context():
            audience = {names[member] for member in db.session.scalars(audience_of(key))}
        assert audience == readers(case, lane), (case, lane)
        marker = {"requester": "body", "internal": "note"}.get(lane, f"{lane}body")
        assert audience == MARKERS[f"{marker}0{case}0"][1]


def test_whoever_was_told_could_read_it_and_follows_it(world: World) -> None:
    names = names_of(world)
    with world.cast.app.app_context():
        rows = db.session.execute(
            select(Notice, Case.number, Event)
            .join(Case, Case.id == Notice.case_id)
            .join(Event, Event.id == Notice.event_id)
        ).all()
        cases = {number: case for case, number in world.numbers.items()}
        lanes = {key: lane for (_, lane), key in world.lanes.items()}
        assert len(rows) > 20
        for notice, number, event in rows:
            case, lane, told = cases[number], lanes[notice.lane_id], names[notice.membership_id]
            assert notice.lane_id == event.lane_id
            assert notice.membership_id != event.actor_id
            if notice.until > now():
                assert told in readers(case, lane), (told, case, event.verb)
                following = followers_of(notice.case_id, notice.lane_id)
                assert notice.membership_id in set(db.session.scalars(following))


@pytest.mark.parametrize("name", EVERYBODY)
def test_notices_show_only_cases_one_sees_and_the_bell_counts_them(world: World, name: str) -> None:
    html = world.whole(name, "/notices/")
    assert markers(html) <= {shown_as(name, case) for case in seen_by(name)}
    unread = html.count('class="tag is-you"')
    assert world.cast.viewer(name).unread == unread


@pytest.mark.parametrize("name", STAFF)
def test_an_inbox_lists_and_counts_exactly_the_cases_one_sees(world: World, name: str) -> None:
    seen_anywhere: set[str] = set()
    for inbox in INBOXES:
        html = world.html(name, f"/desk/counts?department={inbox}", headers=HTMX)
        counts = [int(n) for n in re.findall(r'class="n">(\d+)<', html)]
        for tab, count in zip(TABS, counts, strict=True):
            rows = listed(world.whole(name, f"/desk/?department={inbox}&tab={tab}"))
            assert len(rows) == count, (inbox, tab)
            seen_anywhere |= rows
    assert seen_anywhere == seen_by(name)


@pytest.mark.parametrize("name", STAFF)
def test_the_tasks_of_a_department_are_for_who_reads_where_they_are(world: World, name: str) -> None:
    open_ones = {marker for marker in TASKS if "done" not in marker and name in TASKS[marker][1]}
    html = world.html(name, "/desk/?department=finance&tab=tasks")
    assert markers(html) & set(TASKS) == open_ones
    assert listed(html) == {TASKS[marker][0] for marker in open_ones}
    assert not markers(world.html(name, "/desk/?department=service&tab=tasks"))


@pytest.mark.parametrize("name", OUTSIDERS)
def test_no_outsider_has_an_inbox(world: World, name: str) -> None:
    for url in ("/desk/", "/desk/counts", "/desk/?department=service&tab=all"):
        assert not markers(world.html(name, url, expect=404))


@pytest.mark.parametrize("name", EVERYBODY)
def test_only_who_sees_a_case_can_say_so(world: World, name: str) -> None:
    for case in PROBED:
        answer = world.client(name).post(f"/cases/{world.numbers[case]}/seen")
        assert answer.status_code == (204 if name in seers(case) else 404), case


def test_nina_for_adriatic_sees_nothing_of_alpina(world: World) -> None:
    alpina = {"carlas", "ninasalpina"}
    shown = "".join(world.html("nina", url) for url in ("/", "/cases/?state=all", "/notices/"))
    assert not alpina & listed(shown)
    assert "Carla" not in shown
    for case in alpina:
        world.html("nina", f"/cases/{world.numbers[case]}", expect=404)
    assert alpina <= listed(world.html("nina@alpina", "/cases/?state=all"))
