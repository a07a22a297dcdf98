"""Who may act, written down once more by hand: the table, the sentences and the routes agree with it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from portal.cases import permissions, secrecy, tasks
from portal.cases.models import Case, Grant, Lane, Message, Participant, Party
from portal.cases.permissions import CAN, actions, can, why
from portal.cases.seen import CaseUnknown, SeenCase, find
from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.models import Organization
from tests.cast import EVERYBODY, Cast
from tests.laws.world import asked

STATES = ("new", "open", "resolved", "closed", "resolved long ago", "closed long ago")
OURS = "sue fin sal mia ada"
WORKING = "sue fin sal"
ASKED = "ana rui petra"

# Ana of Northwind asked; Lumen is her agent (Petra), Adriatic a partner in a lane of its own (Pavel, Nina).
# Service has the case (Sue), finance helps (Fin), it is assigned to Sal; marketing owes a task (Mia).
SEE_IT = set(f"{ASKED} pavel nina {OURS}".split())
NOT_CLOSED = ("new", "open", "resolved", "resolved long ago")
MAY = {
    "reply": dict.fromkeys(NOT_CLOSED, f"{ASKED} pavel nina {WORKING}"),
    "ask": dict.fromkeys(("new", "open"), WORKING),
    "release": dict.fromkeys(NOT_CLOSED, WORKING),
    "steer": dict.fromkeys(NOT_CLOSED, WORKING),
    "task": dict.fromkeys(("new", "open"), WORKING),
    "note": dict.fromkeys(STATES, OURS),
    "assign": dict.fromkeys(("new", "open"), "sue"),
    "hand_over": dict.fromkeys(("new", "open"), "sue sal"),
    "resolve": dict.fromkeys(("new", "open"), "sue sal"),
    "close": dict.fromkeys(NOT_CLOSED, "sue sal"),
    "accept": dict.fromkeys(("resolved", "resolved long ago"), ASKED),
    "reopen": {
        **dict.fromkeys(("resolved", "closed"), f"{ASKED} sue sal"),
        **dict.fromkeys(("resolved long ago", "closed long ago"), "sue sal"),
    },
    "narrow": dict.fromkeys(STATES, "ana petra"),
    "seal": dict.fromkeys(STATES, "sue sal"),
    "let_in": {},  # these cases are open to all of ours; see below
    "see_accesses": dict.fromkeys(STATES, f"ana petra pavel {OURS}"),
}

ROUTES = {
    # an action → where it is posted, and what is posted there when it is allowed: refused for its words only
    "reply": ("messages", 422),
    "note": ("notes", 422),
    "ask": ("lanes/new", 200),
    "release": ("messages/{message}/release", 422),
    "steer": ("lanes/{lane}/revocation", 422),
    "task": ("tasks/new", 422),
    "assign": ("assignment", 422),
    "hand_over": ("hand-over", 422),
    "resolve": ("resolution", 422),
    "close": ("closure", 422),
    "accept": ("acceptance", 303),
    "reopen": ("reopening", 422),
    "narrow": ("reach", 303),
    "seal": ("confidentiality", 422),
    "let_in": ("colleagues", 422),
}
RUBBISH = {"body": "", "outcome": "nonsense", "reason": ""}


def may(name: str, action: str, state: str) -> bool:
    return name in MAY[action].get(state, "").split()


@pytest.fixture(scope="module")
def numbers(house: Cast) -> dict[str, str]:
    """A case in every state, with the parties told above."""
    made = {state: house.asks("ana", subject=f"A case {state}") for state in STATES}
    finance, marketing = house.department("finance").id, house.department("marketing").id
    sue, sal = house.viewer("sue"), house.membership("sal")
    for state, number in made.items():
        asked(house, number, "Adriatic", ["pavel"])
        with house.acting():
            case = db.session.scalars(select(Case).where(Case.number == number)).one()
            case.assignee_id = sal
            lumen = db.session.scalars(select(Organization.id).where(Organization.name == "Lumen")).one()
            several = [
                Party(case_id=case.id, department_id=finance, role="helper"),
                Party(case_id=case.id, organization_id=lumen, role="agent"),
            ]
            db.session.add_all(several)
            db.session.flush()
            main = lane_of(case.id, "requester")
            db.session.add_all(Grant(lane_id=main, party_id=each.id, because="helper") for each in several)
            tasks.open_task(sue, case.id, tasks.Wanted(marketing, "Ask around"))
        put(house, number, state)
    return made


def lane_of(case_id: int, kind: str) -> int:
    return db.session.scalars(select(Lane.id).where(Lane.case_id == case_id, Lane.kind == kind)).one()


def put(cast: Cast, number: str, state: str) -> None:
    """Make the case what it is to be, whatever happened to it: only Ana and Pavel take part."""
    word = state.partition(" ")[0]
    ended = now() - timedelta(days=15 if "long ago" in state else 1)
    stay = (cast.membership("ana"), cast.membership("pavel"))
    with cast.acting():
        case = select(Case.id).where(Case.number == number).scalar_subquery()
        db.session.execute(
            delete(Participant).where(Participant.case_id == case, Participant.membership_id.not_in(stay))
        )
        resolved = NEVER if word in ("new", "open") else ended
        db.session.execute(update(Case).where(Case.number == number).values(state=word, resolved_at=resolved))
        db.session.execute(update(Party).where(Party.case_id == case).values(status=word))
        main = Lane.case_id == case, Lane.kind == "requester"
        db.session.execute(update(Lane).where(*main).values(state="closed" if word == "closed" else "open"))


def seen_by(cast: Cast, name: str, number: str) -> SeenCase | None:
    viewer = cast.viewer(name)
    with cast.app.app_context():
        try:
            return find(viewer, number)
        except CaseUnknown:
            return None


def test_the_table_knows_exactly_these_actions() -> None:
    assert set(CAN) == set(MAY)


@pytest.mark.parametrize("state", STATES)
def test_everybody_may_do_exactly_what_the_table_says(
    house: Cast, numbers: dict[str, str], state: str
) -> None:
    for name in EVERYBODY:
        case = seen_by(house, name, numbers[state])
        assert (case is not None) == (name in SEE_IT), name
        if case is None:
            continue
        viewer = house.viewer(name)
        for action in MAY:
            assert can(viewer, action, case) == may(name, action, state), (name, action)
        assert actions(viewer, case) == {action for action in MAY if may(name, action, state)}


@pytest.mark.parametrize("state", STATES)
def test_every_permission_and_refusal_has_a_sentence(
    house: Cast, numbers: dict[str, str], state: str
) -> None:
    for name in sorted(SEE_IT):
        case, viewer = seen_by(house, name, numbers[state]), house.viewer(name)
        assert case is not None
        with house.app.test_request_context("/"):
            for action in MAY:
                sentence = why(viewer, action, case)
                begins = "You may, because " if may(name, action, state) else "You could, if "
                assert sentence.startswith(begins), (name, action, sentence)
                assert sentence.endswith(".")
                assert len(sentence) > len(begins) + 5, sentence


def test_the_sentences_say_what_holds_and_what_is_missing(house: Cast, numbers: dict[str, str]) -> None:
    def said(name: str, action: str, state: str) -> str:
        case, viewer = seen_by(house, name, numbers[state]), house.viewer(name)
        assert case is not None
        with house.app.test_request_context("/"):
            return why(viewer, action, case)

    assert said("sue", "assign", "open") == (
        "You may, because you belong to Service, who has the case and the case is still open."
    )
    assert said("mia", "assign", "open") == "You could, if you belong to Service, who has the case."
    assert said("fin", "hand_over", "closed") == (
        "You could, if you belong to Service, who has the case and the case is still open; "
        "or if the case is assigned to you and the case is still open."
    )
    assert said("mia", "reply", "open") == (
        "You could, if you belong to Service, who has the case; or if the case is assigned to you; "
        "or if your department helps with the case."
    )
    assert said("nina", "reply", "open") == (
        "You may, because Meridian Tools asked your organization and the case is not closed."
    )
    assert said("pavel", "reply", "closed") == "You could, if the case is not closed."
    assert said("rui", "narrow", "open") == "You could, if you take part in it or manage your organization."
    assert said("ana", "reopen", "closed long ago") == "You could, if it was answered less than 14 days ago."
    assert said("ana", "note", "open") == "You could, if you work here."


@pytest.mark.parametrize("name", [*sorted(SEE_IT), "bruno", "sofia"])
def test_the_routes_agree_with_the_table(house: Cast, numbers: dict[str, str], name: str) -> None:
    browser = house.browser(name)
    for state in ("new", "resolved", "closed long ago"):
        number = numbers[state]
        ids = ids_of(house, number)
        for action, (address, allowed) in ROUTES.items():
            if action == "reply" and name in ("pavel", "nina"):
                address = "lanes/{lane}/messages"  # noqa: PLW2901 - they write in a lane of their own
            answer = browser.client.post(f"/cases/{number}/{address.format(**ids)}", data=RUBBISH)
            wanted = allowed if may(name, action, state) else 404
            assert answer.status_code == wanted, (state, action)
            if answer.status_code == 303:
                put(house, number, state)
        answer = browser.client.get(f"/cases/{number}/accesses")
        assert answer.status_code == (200 if may(name, "see_accesses", state) else 404), state


def ids_of(cast: Cast, number: str) -> dict[str, int]:
    """Adriatic's lane of a case and a message in the requester's."""
    case_id = cast.case_id(number)
    with cast.app.app_context():
        said = select(Message.id).where(Message.lane_id == lane_of(case_id, "requester"))
        return {"lane": lane_of(case_id, "partner"), "message": db.session.scalars(said).all()[0]}


def test_into_a_confidential_case_its_department_lets_people(house: Cast) -> None:
    """Who was let in reads and keeps notes, and does nothing else; who owes a task does that."""
    number = house.asks("ana", subject="Sealed")
    sue, sal, case_id = house.viewer("sue"), house.membership("sal"), house.case_id(number)
    finance = house.department("finance").id
    with house.acting():
        secrecy.seal(sue, case_id, True, "It is about a person.")
        secrecy.let_in(sue, case_id, sal)
        tasks.open_task(sue, case_id, tasks.Wanted(finance, "Check it"))
    wanted = {
        "sue": "reply ask release steer task note assign hand_over resolve close seal let_in see_accesses",
        "sal": "note see_accesses",
        "fin": "note see_accesses",
        "ana": "reply narrow see_accesses",
        "rui": "reply",
        "mia": None,
        "ada": None,
    }
    for name, words in wanted.items():
        case = seen_by(house, name, number)
        assert (case is None) == (words is None), name
        if case is not None and words is not None:
            assert actions(house.viewer(name), case) == set(words.split()), name


def test_who_takes_part_may_narrow_like_a_manager(house: Cast) -> None:
    for sender, others in (("rui", ("bruno",)), ("bruno", ("rui",))):
        number = house.asks(sender)
        case = seen_by(house, sender, number)
        assert case is not None
        assert case.participant
        assert can(house.viewer(sender), "narrow", case)
        for other in others:
            theirs = seen_by(house, other, number)
            assert theirs is None or not can(house.viewer(other), "narrow", theirs)


def test_taking_part_in_another_case_is_no_right_in_this_one(house: Cast) -> None:
    house.asks("rui")
    case = seen_by(house, "rui", house.asks("ana"))
    assert case is not None
    assert not case.participant


def test_an_outsider_is_never_asked_for_their_department(house: Cast, numbers: dict[str, str]) -> None:
    """Being assigned, or in a department, means something for staff only."""
    case, ana = seen_by(house, "sal", numbers["open"]), house.viewer("ana")
    assert case is not None
    for predicate in ("ours", "owning_department", "helping_department", "assigned"):
        assert not getattr(permissions, predicate)(ana, case), predicate
    for predicate in ("asked_for_it", "asked_in"):
        assert not getattr(permissions, predicate)(house.viewer("sal"), case), predicate


def test_the_last_moment_to_reopen(house: Cast, numbers: dict[str, str]) -> None:
    case, ana = seen_by(house, "ana", numbers["resolved"]), house.viewer("ana")
    assert case is not None
    almost = replace(case, resolved_at=now() - timedelta(days=13, hours=23))
    assert can(ana, "reopen", almost)
    assert not can(ana, "reopen", replace(case, resolved_at=now() - timedelta(days=14, seconds=1)))


def test_asking_for_an_unknown_action_is_an_error(house: Cast, numbers: dict[str, str]) -> None:
    case = seen_by(house, "sue", numbers["open"])
    assert case is not None
    with pytest.raises(KeyError):
        can(house.viewer("sue"), "burn", case)
