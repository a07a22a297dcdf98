"""What has ended is gone everywhere at once: each begins with a look that works."""

import pytest
from sqlalchemy import select, update

from portal.cases import conversation
from portal.cases.models import Case, Grant, Party
from portal.cases.visibility import audience_of, everything
from portal.clock import now
from portal.extensions import db
from portal.identity.models import Membership, Organization, Person
from tests.cast import Cast


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
