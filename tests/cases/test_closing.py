"""How a case ends and begins again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from portal import clock
from portal.cases import closing, conversation, handling
from portal.cases.casework import NotNow
from portal.cases.models import Case, Grant, Lane, Party
from portal.cases.seen import SeenCase, find
from portal.extensions import db
from portal.identity.models import Department
from portal.identity.viewer import Viewer
from tests.cast import Cast


def test_a_case_nobody_answers_closes_by_itself_after_14_days(cast: Cast) -> None:
    sue, ana, number = cast.viewer("sue"), cast.viewer("ana"), cast.asks("ana")
    case_id = cast.case_id(number)
    with cast.acting():
        closing.resolve(sue, case_id, "solved", "Done.")
        assert closing.close_unanswered() == 0
    with clock.at(datetime.now(UTC) + timedelta(days=14, minutes=1)), cast.acting():
        assert closing.close_unanswered() == 1
        assert closing.close_unanswered() == 0
        assert find(ana, number).state == "closed"
        with pytest.raises(NotNow):
            closing.reopen(ana, case_id, "Too late.")
    assert "Closed by itself" in cast.browser("ana").get(f"/cases/{number}")


@pytest.mark.parametrize("begin_again", [closing.reopen, conversation.reply])
def test_what_begins_again_never_lands_in_a_department_that_is_no_more(
    cast: Cast, begin_again: Callable[[Viewer, int, str], object]
) -> None:
    sue, ana, number = cast.viewer("sue"), cast.viewer("ana"), cast.asks("ana")
    case_id, service, front = (
        cast.case_id(number),
        cast.department("service").id,
        cast.department("front-desk").id,
    )
    with cast.acting():
        closing.resolve(sue, case_id, "solved", "Done.")
        db.session.get_one(Department, service).archived_at = clock.now()
    with cast.acting():
        begin_again(ana, case_id, "It broke again.")
    with cast.acting():
        case = db.session.get_one(Case, case_id)
        assert (case.department_id, case.state) == (front, "open")


def test_a_hand_over_keeps_the_old_department_and_tells_who_has_it(
    cast: Cast,
) -> None:
    sue, number = cast.viewer("sue"), cast.asks("ana")
    case_id, finance = cast.case_id(number), cast.department("finance")
    with cast.acting():
        handling.hand_over(sue, case_id, finance, "Only the credit is open.")
    page = cast.browser("ana").get(f"/cases/{number}")
    assert "Finance has it now" in page
    assert "Only the credit is open" not in page
    seen = find_for(cast, "sue", number)
    assert seen.department == "Finance"
    assert seen.helpers == {cast.department("service").id}
    assert "Only the credit is open" in cast.browser("fin").get(f"/cases/{number}")


def find_for(cast: Cast, name: str, number: str) -> SeenCase:
    viewer = cast.viewer(name)
    with cast.acting():
        return find(viewer, number)


def test_what_happens_with_the_requester_never_reaches_a_suppliers_reading(cast: Cast) -> None:
    sue, sofia, number = cast.viewer("sue"), cast.viewer("sofia"), cast.asks("ana", subject="Ana's own words")
    case_id = cast.case_id(number)
    with cast.acting():
        lane = Lane(case_id=case_id, kind="supplier", subject="Housing 7740-12")
        party = Party(
            case_id=case_id, organization_id=sofia.organization_id, role="supplier", subject="Housing 7740-12"
        )
        db.session.add_all([lane, party])
        db.session.flush()
        db.session.add(Grant(lane_id=lane.id, party_id=party.id, because="asked"))
    with cast.acting():
        conversation.reply(sue, case_id, "Which lot?")
        closing.resolve(sue, case_id, "solved", "Credit 1,846.00 is booked.")
    page = cast.browser("sofia").get(f"/cases/{number}")
    assert "Housing 7740-12" in page
    for secret in ("Ana", "Northwind", "Which lot?", "1,846.00"):
        assert secret not in page.html, secret
    assert find_for(cast, "sofia", number).state == "new"
