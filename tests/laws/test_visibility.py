"""Who sees what, for everybody and everywhere: lists, pages, files, counts and notices."""

import re
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select, update

from portal.cases import conversation
from portal.cases.followers import followers_of
from portal.cases.models import Access, Case, Event, Grant, Message, Party
from portal.cases.seen import CaseUnknown, find
from portal.cases.visibility import (
    accesses_for,
    audience_of,
    events_for,
    everything,
    holdings_for,
    messages_for,
)
from portal.channels.models import Notice
from portal.clock import now
from portal.extensions import db
from portal.identity.models import Membership, Organization, Person
from tests.cast import EVERYBODY, OUTSIDERS, STAFF, Cast
from tests.laws.world import (
    CASES,
    MARKERS,
    NOT_DRAWN_YET,
    PROBED,
    SUBJECTS,
    World,
    bodies,
    build,
    due,
    markers,
    readers,
    seers,
)

TABS = ("new", "mine", "us", "others", "all")
HTMX = {"HX-Request": "true"}
INBOXES = ("service", "finance", "sales")


@pytest.fixture(scope="module")
def world(house: Cast) -> World:
    return build(house)


@dataclass(frozen=True)
class Fetched:
    """What somebody got at the address of a case; no markers (None) where there was no page."""

    html: str
    markers: set[str] | None


Pages = dict[tuple[str, str], Fetched]


@pytest.fixture(scope="module")
def pages(world: World) -> Pages:
    """(somebody, a case) → what they got."""
    found: Pages = {}
    for name in EVERYBODY:
        for case, number in world.numbers.items():
            answer = world.client(name).get(f"/cases/{number}")
            assert answer.status_code in (200, 404)
            there = markers(answer.text) if answer.status_code == 200 else None
            found[name, case] = Fetched(answer.text, there)
            assert there is not None or not markers(answer.text)
    return found


def names_of(world: World) -> dict[int, str]:
    """Membership id → the name of the cast."""
    return {world.cast.membership(name): name for name in (*EVERYBODY, "olga")}


def listed(html: str) -> set[str]:
    """The cases whose subject stands on a page."""
    return {SUBJECTS[marker] for marker in markers(html) if marker in SUBJECTS}


@pytest.mark.parametrize("name", EVERYBODY)
def test_everybody_lists_exactly_the_cases_they_see(world: World, name: str) -> None:
    wanted = {marker for marker in SUBJECTS if name in MARKERS[marker][1]}
    assert markers(world.html(name, "/cases/?state=all")) == wanted
    assert markers(world.html(name, "/cases/?state=unfinished")) == wanted
    assert not markers(world.html(name, "/cases/?state=finished"))
    by_kind = "/cases/?state=all&kind="
    assert markers(world.html(name, f"{by_kind}support_request")) == wanted
    assert not markers(world.html(name, f"{by_kind}complaint"))


@pytest.mark.parametrize("name", OUTSIDERS)
def test_every_outsider_finds_exactly_their_cases_at_home(world: World, name: str) -> None:
    assert listed(world.html(name, "/")) == {case for case in CASES if name in seers(case)}


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_number_leads_only_to_a_case_one_sees(world: World, name: str) -> None:
    for case in PROBED:
        asked = {"number": world.numbers[case]}
        status = world.client(name).get("/cases/", query_string=asked).status_code
        assert status == (303 if name in seers(case) else 404), case


@pytest.mark.parametrize("name", EVERYBODY)
def test_everybody_reads_exactly_their_part_of_every_case(pages: Pages, name: str) -> None:
    for case in CASES:
        wanted = due(name, case) - NOT_DRAWN_YET
        assert pages[name, case].markers == (wanted if name in seers(case) else None), case


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
        if name in OUTSIDERS and answer.status_code == 200:
            assert not _strangers(name) & set(re.findall(r"\w+", answer.text)), case


@pytest.mark.parametrize("name", EVERYBODY)
def test_everybody_is_told_what_happened_in_their_lanes_in_one_reading(world: World, name: str) -> None:
    """What happened without a lane is for ours; who held the ball each side reads as it concerns them."""
    viewer = world.cast.viewer(name)
    for case in CASES:
        if name not in seers(case):
            continue
        lanes = {
            lane for (of, kind), lane in world.lanes.items() if of == case and name in readers(case, kind)
        }
        if name in STAFF:
            lanes |= {None}  # type: ignore[arg-type] # what happened in no lane
        with world.cast.app.app_context():
            key = db.session.scalars(select(Case.id).where(Case.number == world.numbers[case])).one()
            happened = db.session.scalars(select(Event).where(Event.case_id == key)).all()
            told = {event.id for event in db.session.scalars(events_for(viewer, key))}
            assert told == {event.id for event in happened if event.lane_id in lanes}, case
            sides = {holding.party_id for holding in db.session.scalars(holdings_for(viewer, [key]))}
            assert len(sides) == (0 if case == "asked" and name in ("pavel", "nina") else 1), case
            assert (sides == {None}) == (name in STAFF)


@pytest.mark.parametrize("name", OUTSIDERS)
def test_no_page_names_people_of_another_outside_organization(pages: Pages, name: str) -> None:
    for case in CASES:
        assert not _strangers(name) & set(re.findall(r"\w+", pages[name, case].html)), case


def _strangers(name: str) -> set[str]:
    """First names of outsiders who belong to none of this person's organization."""
    return {"Ana", "Carla", "Pavel", "Petra", "Sofia", "Tomas"} - _own_people(name)


def _own_people(name: str) -> set[str]:
    companies = (("ana", "bruno", "rui"), ("carla", "nina@alpina"), ("pavel", "nina"))
    mine = next((company for company in companies if name in company), (name,))
    return {who.split("@")[0].capitalize() for who in mine}


def test_a_third_party_is_never_named_to_another(world: World) -> None:
    number = world.numbers["asked"]
    for name in ("pavel", "nina"):
        assert "Northwind" not in world.html(name, f"/cases/{number}")
        assert "Northwind" not in world.html(name, "/cases/?state=all")
        assert "Northwind" not in world.html(name, f"/cases/{number}/why")
    for name in ("ana", "rui"):
        assert "Adriatic" not in world.html(name, f"/cases/{number}")


@pytest.mark.parametrize("name", EVERYBODY)
def test_everybody_fetches_exactly_the_files_of_what_they_read(world: World, name: str) -> None:
    for marker, key in world.files.items():
        case, who = MARKERS[marker]
        wanted = 200 if name in who else 404
        here = f"/cases/{world.numbers[case]}/files/{key}"
        assert world.client(name).get(here).status_code == wanted, marker
        if marker.startswith("sent"):
            assert world.client(name).get(f"{here}/preview").status_code == wanted, marker


@pytest.mark.parametrize(("name", "mine"), [("ana", "anas"), ("pavel", "pavels"), ("fin", "anas")])
def test_a_foreign_file_does_not_come_through_ones_own_case(world: World, name: str, mine: str) -> None:
    for marker, key in world.files.items():
        if MARKERS[marker][0] != mine:
            url = f"/cases/{world.numbers[mine]}/files/{key}"
            assert world.client(name).get(url).status_code == 404, marker
            assert world.client(name).get(f"{url}/preview").status_code == 404, marker


@pytest.mark.parametrize("name", EVERYBODY)
def test_who_opened_a_case_is_told_to_ours_and_to_the_managers_who_asked(world: World, name: str) -> None:
    asking_managers = {case: {"ana", "pavel", "petra", "sofia", "tomas"} & seers(case) for case in CASES}
    asking_managers["asked"] = {"ana"}  # Pavel manages Adriatic, which did not ask for it
    for case in PROBED:
        allowed = name in seers(case) and (name in STAFF or name in asking_managers[case])
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


def test_the_audience_of_every_lane_is_who_can_read_it(world: World, pages: Pages) -> None:
    names = names_of(world)
    mark = {"requester": "body0{}0", "internal": "note0{}0", "partner": "partnerbody0{}0"}
    for (case, kind), lane in world.lanes.items():
        marker = mark[kind].format(case)
        with world.cast.app.app_context():
            audience = {names[key] for key in db.session.scalars(audience_of(lane))}
        assert audience == readers(case, kind), (case, kind)
        if marker not in NOT_DRAWN_YET:
            assert audience == {name for name in EVERYBODY if marker in (pages[name, case].markers or ())}


def test_whoever_was_told_could_read_it_and_follows_it(world: World) -> None:
    names = names_of(world)
    with world.cast.app.app_context():
        rows = db.session.execute(
            select(Notice, Case.number, Event)
            .join(Case, Case.id == Notice.case_id)
            .join(Event, Event.id == Notice.event_id)
        ).all()
        cases = {number: case for case, number in world.numbers.items()}
        kinds = {lane: kind for (_, kind), lane in world.lanes.items()}
        assert len(rows) > 20
        for notice, number, event in rows:
            case, kind, told = cases[number], kinds[notice.lane_id], names[notice.membership_id]
            assert notice.lane_id == event.lane_id
            assert notice.membership_id != event.actor_id
            if notice.until > now():
                assert told in readers(case, kind), (told, case, event.verb)
                assert notice.membership_id in set(db.session.scalars(followers_of(notice.case_id)))


@pytest.mark.parametrize("name", EVERYBODY)
def test_notices_show_only_cases_one_sees_and_the_bell_counts_them(world: World, name: str) -> None:
    html = world.html(name, "/notices/")
    assert {SUBJECTS[marker] for marker in markers(html)} <= {c for c in CASES if name in seers(c)}
    assert markers(html) <= set(SUBJECTS)
    unread = html.count('class="tag is-you"')
    assert world.cast.viewer(name).unread == unread
    assert unread < 25, "the law looks at one page"


@pytest.mark.parametrize("name", STAFF)
def test_an_inbox_lists_and_counts_exactly_the_cases_one_sees(world: World, name: str) -> None:
    seen_anywhere: set[str] = set()
    for inbox in INBOXES:
        html = world.html(name, f"/desk/counts?department={inbox}", headers=HTMX)
        counts = [int(n) for n in re.findall(r'class="n">(\d+)<', html)]
        for tab, count in zip(TABS, counts, strict=True):
            rows = listed(world.html(name, f"/desk/?department={inbox}&tab={tab}"))
            assert len(rows) == count, (inbox, tab)
            seen_anywhere |= rows
    assert seen_anywhere == {case for case in CASES if name in seers(case)}


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


# What has ended: each begins with a look that works.


def _looks(cast: Cast, number: str) -> tuple[str, ...]:
    return ("/", "/cases/?state=all", "/notices/", f"/cases/{number}", f"/cases/{number}/why")


def _end(cast: Cast, statement: object) -> None:
    with cast.acting():
        db.session.execute(statement)  # type: ignore[call-overload]


def _audience(cast: Cast, number: str) -> set[int]:
    case = cast.case_id(number)
    with cast.app.app_context():
        lane = select(Grant.lane_id).join(Party).where(Party.case_id == case, Party.role == "requester")
        return set(db.session.scalars(audience_of(db.session.scalars(lane).one())))


def _gone(cast: Cast, number: str, name: str, *ended: object) -> None:
    """Somebody reads a case, and nothing at all any more once this has ended."""
    browser, member = cast.browser(name), cast.membership(name)
    for url in _looks(cast, number):
        browser.get(url)
    assert member in _audience(cast, number)
    for statement in ended:
        _end(cast, statement)
    for url in _looks(cast, number):
        assert browser.get(url, 303).location.startswith("/sign-in")
    assert browser.client.post(f"/cases/{number}/messages", data={"body": "Me again"}).status_code == 401
    assert member not in _audience(cast, number)


def test_a_session_ends_with_its_person(cast: Cast) -> None:
    number = cast.asks("rui")
    rui = select(Membership.person_id).where(Membership.id == cast.membership("rui")).scalar_subquery()
    _gone(cast, number, "rui", update(Person).where(Person.id == rui).values(deactivated_at=now()))


def test_a_session_ends_with_its_membership(cast: Cast) -> None:
    number = cast.asks("nina")
    own = cast.membership("nina")
    _gone(cast, number, "nina", update(Membership).where(Membership.id == own).values(until=now()))
    cast.browser("nina@alpina").get("/")


def test_sessions_end_with_their_organization(cast: Cast) -> None:
    number = cast.asks("carla")
    alpina = update(Organization).where(Organization.name == "Alpina")
    _gone(cast, number, "carla", alpina.values(archived_at=now()))


def test_a_changed_password_ends_other_sessions(cast: Cast) -> None:
    number = cast.asks("ana")
    browser = cast.browser("ana")
    browser.get(f"/cases/{number}")
    ana = update(Person).where(Person.email == "ana@northwind.example")
    _end(cast, ana.values(session_version=Person.session_version + 1))
    browser.get(f"/cases/{number}", 303)


def test_nothing_is_left_of_a_grant_that_ended(cast: Cast) -> None:
    number = cast.asks("bruno", subject="About the hinge")
    ana, bruno, sue = cast.browser("ana"), cast.browser("bruno"), cast.viewer("sue")
    with cast.acting():
        conversation.reply(sue, db.session.scalars(select(Case.id)).one(), "Which hinge?")
    assert "About the hinge" in bruno.get("/notices/")
    party = select(Party.id).where(Party.role == "requester").scalar_subquery()
    _end(cast, update(Grant).where(Grant.party_id == party).values(ends_at=now()))
    for browser in (ana, bruno):
        browser.get(f"/cases/{number}", 404)
        for url in ("/", "/cases/?state=all", "/notices/"):
            assert "About the hinge" not in browser.get(url)
        browser.post(f"/cases/{number}/messages", {"body": "Hello?"}, 404)
    assert not {cast.membership("ana"), cast.membership("bruno")} & _audience(cast, number)


def test_a_case_that_is_not_listed_is_in_no_list(cast: Cast) -> None:
    number = cast.asks("ana", subject="About the hinge")
    _end(cast, update(Party).where(Party.role == "requester").values(listed=False))
    for name in ("ana", "rui"):
        assert "About the hinge" not in cast.browser(name).get("/cases/?state=all")
    assert "About the hinge" in cast.browser("sue").get(f"/cases/{number}")


def test_a_merged_case_is_one_for_ours_and_as_it_was_for_who_asked(cast: Cast) -> None:
    kept, merged = cast.asks("ana"), cast.asks("ana", subject="The same again")
    into = cast.case_id(kept)
    _end(cast, update(Case).where(Case.number == merged).values(merged_into_id=into))
    sue, ana = cast.browser("sue"), cast.browser("ana")
    sue.get(f"/cases/{merged}", 404)
    assert "The same again" not in sue.get("/cases/?state=all")
    assert "The same again" in ana.get(f"/cases/{merged}")
    assert "The same again" in ana.get("/cases/?state=all")
    with cast.app.app_context():
        assert into in {case.id for case in db.session.scalars(everything(because="a test"))}
        assert len(db.session.scalars(everything(because="a test")).all()) == 1


def test_whoever_looks_at_everything_says_why() -> None:
    with pytest.raises(ValueError, match="why"):
        everything(because="")


def test_what_a_person_may_see_follows_their_rights_at_once(cast: Cast) -> None:
    number = cast.asks("ana")
    rui = cast.browser("rui")
    rui.get(f"/cases/{number}")
    _end(cast, update(Membership).where(Membership.id == cast.membership("rui")).values(sees="own"))
    rui.get(f"/cases/{number}", 404)
    assert cast.membership("rui") not in _audience(cast, number)
    _end(cast, update(Membership).where(Membership.id == cast.membership("rui")).values(sees="all"))
    rui.get(f"/cases/{number}")
    northwind = update(Organization).where(Organization.name == "Northwind")
    _end(cast, northwind.values(own_only=True))
    rui.get(f"/cases/{number}", 404)
    assert cast.membership("rui") not in _audience(cast, number)
    cast.browser("ana").get(f"/cases/{number}")
    assert cast.membership("ana") in _audience(cast, number)
