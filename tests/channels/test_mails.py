"""Notices by mail: who gets one, and who does not any more when it is sent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from portal.cases import closing, conversation, events, handling
from portal.cases.models import Case, Grant, Message
from portal.channels import mails, notices
from portal.channels.notices import Told
from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.models import DepartmentMember, Membership, Organization, Person
from tests.cast import Cast
from tests.channels.post import Post, words


@pytest.fixture
def number(cast: Cast, post: Post) -> str:
    """A request of Ana's that the service knows of; everything about it was mailed."""
    number = cast.asks("ana", subject="The grinder smokes", body="Since Monday.")
    post.arrived()
    return number


def reply(cast: Cast, name: str, number: str, body: str = "Which lot is it?") -> int:
    """Somebody writes in the requester's lane; the message's id."""
    actor, case_id = cast.viewer(name), cast.case_id(number)
    with cast.acting():
        return conversation.reply(actor, case_id, body).id


def test_followers_who_can_read_get_one_each_and_the_actor_none(cast: Cast, post: Post) -> None:
    number = cast.asks("ana")
    assert set(post.arrived()) == {"sue"}, "the department it is with, and nobody else of ours"
    reply(cast, "sue", number)
    assert set(post.arrived()) == {"ana"}, "Rui could read it, but does not take part"
    reply(cast, "rui", number, "I was there, too.")
    assert set(post.arrived()) == {"ana", "sue"}
    assert post.send() == 0
    assert all(notice.mailed_at and not notice.mail_at for notice in post.notices())


def test_a_note_never_reaches_an_outsider(cast: Cast, post: Post, number: str) -> None:
    sue, fin, case_id = cast.viewer("sue"), cast.viewer("fin"), cast.case_id(number)
    with cast.acting():
        conversation.note(fin, case_id, "They never pay in time.")
    assert set(post.arrived()) == {"sue"}
    with cast.acting():
        conversation.note(sue, case_id, "They never pay at all.")
    assert set(post.arrived()) == {"fin"}
    assert not post.notices("ana")


def test_the_words_of_a_note_are_never_mailed_outside(cast: Cast, post: Post, number: str) -> None:
    """Not even when an event in the requester's lane names the note by mistake."""
    sue, case_id, lane_id = cast.viewer("sue"), cast.case_id(number), post.lane(number)
    with cast.acting():
        note = conversation.note(sue, case_id, "They never pay in time.")
        case = db.session.get_one(Case, case_id)
        events.record(case, "replied", sue.membership_id, lane_id=lane_id, message=note.id)
    assert post.send() == 0
    assert post.send(timedelta(minutes=6)) == 0
    assert [notice.mail_at for notice in post.notices("ana")] == [None]
    assert not any("pay" in text for text in post.server.taken)


def test_what_is_read_in_the_portal_is_not_mailed(cast: Cast, post: Post, number: str) -> None:
    reply(cast, "sue", number)
    assert post.send(notices.GRACE - timedelta(seconds=1)) == 0, "there is still time to read it here"
    ana, case_id = cast.viewer("ana"), cast.case_id(number)
    with cast.acting():
        notices.mark_read(ana, case_id)
    assert post.send() == 0
    assert [notice.mail_at for notice in post.notices("ana")] == [None], "nothing waits any more"


def read_it(cast: Cast, case_id: int) -> None:
    """As by a page that marks it while a worker has it in its hands."""
    db.session.execute(update(notices.Notice).where(notices.Notice.case_id == case_id).values(read_at=now()))


def ended_notice(cast: Cast, case_id: int) -> None:
    db.session.execute(update(notices.Notice).where(notices.Notice.case_id == case_id).values(until=now()))


def no_grant(cast: Cast, case_id: int) -> None:
    db.session.execute(update(Grant).values(ends_at=now()))


def no_membership(cast: Cast, case_id: int) -> None:
    db.session.get_one(Membership, cast.viewer("ana").membership_id).until = now()


def deactivated(cast: Cast, case_id: int) -> None:
    db.session.get_one(Person, cast.viewer("ana").person_id).deactivated_at = now()


def archived(cast: Cast, case_id: int) -> None:
    db.session.get_one(Organization, cast.viewer("ana").organization_id).archived_at = now()


def switched_off(cast: Cast, case_id: int) -> None:
    db.session.get_one(Person, cast.viewer("ana").person_id).mails = False


@pytest.mark.parametrize(
    "change", [read_it, ended_notice, no_grant, no_membership, deactivated, archived, switched_off]
)
def test_whoever_is_not_to_be_told_any_more_gets_no_mail(
    cast: Cast, post: Post, number: str, change: Callable[[Cast, int], None]
) -> None:
    reply(cast, "sue", number)
    case_id = cast.case_id(number)
    with cast.app.app_context():
        change(cast, case_id)
        db.session.commit()
    assert post.send() == 0
    assert [(n.mail_at, n.mailed_at) for n in post.notices("ana")] == [(None, None)], "settled, not sent"


def test_who_does_not_follow_any_more_gets_no_mail(cast: Cast, post: Post) -> None:
    """A new case is told to the whole department; when somebody has it by then, to the others no more."""
    _second(cast, "Kim Kranz")
    number, sue = cast.asks("ana"), cast.viewer("sue")
    case_id = cast.case_id(number)
    assert len(post.notices()) == 2
    with cast.acting():
        handling.assign(sue, case_id, sue.membership_id)
    assert set(post.arrived()) == {"sue"}


def _second(cast: Cast, name: str) -> None:
    """Somebody else who works in the service department."""
    ours, service = cast.viewer("sue").organization_id, cast.department("service").id
    with cast.acting():
        person = Person(name=name, email="kim@meridian.example")
        db.session.add(person)
        db.session.flush()
        membership = Membership(person_id=person.id, organization_id=ours)
        db.session.add(membership)
        db.session.flush()
        db.session.add(DepartmentMember(department_id=service, membership_id=membership.id))


def test_whose_access_ends_by_the_deed_itself_waits_for_no_mail(cast: Cast, post: Post, number: str) -> None:
    """A confidential case that is handed over: the old department is out at once."""
    case_id, sue = cast.case_id(number), cast.viewer("sue")
    with cast.acting():
        db.session.get_one(Case, case_id).confidential = True
    reply(cast, "ana", number)
    assert [notice.mail_at is not None for notice in post.notices("sue")] == [False, True]
    fin = cast.department("finance")
    with cast.acting():
        handling.hand_over(sue, case_id, fin, "Money.")
    assert [notice.mail_at for notice in post.notices("sue")] == [None, None]
    assert set(post.arrived()) == {"ana", "fin"}


@pytest.mark.parametrize("verb", ["narrowed", "handed_over", "revoked", "expired", "lane_closed", "sealed"])
def test_whatever_lets_fewer_people_read_takes_back_notice_and_mail(
    cast: Cast, post: Post, number: str, verb: str
) -> None:
    reply(cast, "sue", number)
    sue, case_id = cast.viewer("sue"), cast.case_id(number)
    with cast.acting():
        db.session.execute(update(Grant).values(ends_at=now()))
        events.record(db.session.get_one(Case, case_id), verb, sue.membership_id)
    (notice,) = post.notices("ana")
    assert notice.until <= now()
    assert notice.mail_at is None


def test_who_wants_no_mails_says_so_in_the_account(cast: Cast, post: Post, number: str) -> None:
    ana = cast.browser("ana")
    fields = ana.get("/account/").fields("/account/")
    assert fields["mails"] == "y", "on, unless somebody says otherwise"
    ana.post("/account/", {name: value for name, value in fields.items() if name != "mails"})
    reply(cast, "sue", number)
    assert [notice.mail_at for notice in post.notices("ana")] == [None]
    assert post.send() == 0
    fields = ana.get("/account/").fields("/account/")
    assert "mails" not in fields
    ana.post("/account/", {**fields, "mails": "y"})
    reply(cast, "sue", number)
    assert set(post.arrived()) == {"ana"}


def test_words_that_are_not_out_yet_wait(cast: Cast, post: Post, number: str) -> None:
    said = reply(cast, "sue", number, "Here it is.")
    with cast.acting():
        soon = now() + timedelta(minutes=2)
        db.session.execute(update(Message).where(Message.id == said).values(visible_from=soon))
    assert post.send() == 0
    (notice,) = post.notices("ana")
    assert notice.mail_tries == 0, "that is no failure"
    assert "Here it is." in words(post.arrived(timedelta(minutes=2, seconds=1))["ana"])


def test_words_that_were_taken_back_are_not_mailed(cast: Cast, post: Post, number: str) -> None:
    said = reply(cast, "sue", number, "Here it is.")
    with cast.acting():
        db.session.execute(update(Message).where(Message.id == said).values(visible_from=NEVER))
    for minutes in range(1, 7):
        assert post.send(timedelta(minutes=minutes)) == 0
    assert [(n.mail_at, n.mailed_at) for n in post.notices("ana")] == [(None, None)]


def test_without_a_mail_server_mails_wait_and_nothing_is_lost(cast: Cast, post: Post, number: str) -> None:
    settings = cast.app.config["SETTINGS"]
    cast.app.config["SETTINGS"] = replace(settings, smtp_url="")
    reply(cast, "sue", number)
    assert post.send() == 0
    (notice,) = post.notices("ana")
    assert (notice.mailed_at, notice.mail_tries) == (None, 0)
    cast.app.config["SETTINGS"] = settings
    assert set(post.arrived(timedelta(days=1))) == {"ana"}


def test_an_answer_is_mailed_like_a_reply(cast: Cast, post: Post, number: str) -> None:
    sue, ana, case_id = cast.viewer("sue"), cast.viewer("ana"), cast.case_id(number)
    with cast.acting():
        closing.resolve(sue, case_id, "solved", "A new cable is on its way.")
    answer = words(post.arrived()["ana"])
    assert answer.startswith("Sue Keller answered The grinder smokes\n")
    assert "A new cable is on its way." in answer
    with cast.acting():
        closing.accept(ana, case_id)
    assert words(post.arrived()["sue"]).startswith("Ana Ferreira accepted the answer to The grinder smokes\n")


@pytest.mark.parametrize("verb", sorted(notices.TOLD))
def test_everything_that_is_told_has_its_sentence(cast: Cast, verb: str) -> None:
    with cast.app.app_context():
        told = Told(1, verb, "Sue Keller", now(), "1234-5678", "Grinder", True)
        said = notices.sentence(told)
        assert "%" not in said
        assert verb == "ran_out" or said.startswith("Sue Keller ")
        nobody = notices.sentence(replace(told, actor=""))
        assert verb == "ran_out" or nobody.startswith("The portal ")
        assert "release" not in said, "to whom it is released it is a message like any other"


def test_a_round_takes_the_oldest_first_and_no_more_than_it_may(
    cast: Cast, post: Post, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        reply(cast, "sue", number, f"Message {n}")
    monkeypatch.setattr(mails.send_due, "__defaults__", (3,))
    assert [post.send(), post.send(), post.send()] == [3, 1, 0]
    sent = [next(n for n in range(4) if f"Message {n}" in words(mail)) for mail in post.server.mails[1:]]
    assert sent == [0, 1, 2, 3]
