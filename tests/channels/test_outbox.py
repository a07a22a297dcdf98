"""Settings → Letters → About cases: what waits and what was sent, and what an administrator may see of it."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from portal.cases import conversation
from portal.cases.models import Access, Case, Grant, Lane, Party
from portal.channels import smtp
from portal.channels.models import Notice
from portal.channels.notices import mark_read
from portal.clock import now
from portal.extensions import db
from tests.browser import statements
from tests.cast import Cast
from tests.channels.post import Post

LIST = "/settings/mails/"


@pytest.fixture
def kept(cast: Cast) -> Cast:
    """The cast where no mail server is set."""
    cast.app.config["SETTINGS"] = replace(cast.app.config["SETTINGS"], smtp_url="")
    return cast


def opened(post: Post, name: str) -> str:
    """The address of the page of somebody's one mail."""
    (notice,) = post.notices(name)
    return f"{LIST}{notice.id}/"


def test_no_mail_yet(kept: Cast) -> None:
    page = kept.browser("ada").get(LIST)
    assert "No mail about a case waits to be sent" in page
    assert LIST in kept.browser("ada").get("/settings/letters/").links()


def test_kept_mails_are_listed_without_what_they_are_about(kept: Cast) -> None:
    kept.asks("ana", subject="The grinder smokes")
    page = kept.browser("ada").get(LIST)
    assert "1 mail about a case waits to be sent" in page
    for said in ("Sue Keller", "sue@meridian.example", "kept: no mail server is set"):
        assert said in page
    assert "grinder" not in page.html


def test_an_administrator_who_reads_the_case_reads_the_mail(kept: Cast, post: Post) -> None:
    number = kept.asks("ana", subject="The grinder smokes", body="<b>Since</b> Monday.")
    page = kept.browser("ada").get(opened(post, "sue"))
    assert f"[{number}] The grinder smokes" in page
    assert "<b>Since</b> Monday." in page
    with kept.app.app_context():
        seen = select(func.count(Access.id)).where(Access.membership_id == kept.membership("ada"))
        assert db.session.scalar(seen) == 1, "who reads a case this way opened it like anybody else"


@pytest.mark.parametrize("what", ["case", "lane"])
def test_of_a_confidential_case_an_administrator_sees_only_that_there_is_a_mail(
    kept: Cast, post: Post, what: str
) -> None:
    number = kept.asks("ana", subject="The grinder smokes", body="Since Monday.")
    with kept.acting():
        if what == "case":
            db.session.execute(update(Case).values(confidential=True))
        else:
            db.session.execute(update(Lane).values(confidential=True))
    ada = kept.browser("ada")
    page = ada.get(opened(post, "sue"))
    assert "A mail to Sue Keller" in page
    assert "It is about a confidential case" in page
    for hidden in (number, "grinder", "Monday"):
        assert hidden not in page.html
        assert hidden not in ada.get(LIST).html
    with kept.app.app_context():
        assert not db.session.scalar(select(func.count(Access.id)))


def test_who_has_a_hand_in_a_confidential_case_reads_its_mails(kept: Cast, post: Post) -> None:
    """The administrator's own grant counts, as everywhere."""
    number = kept.asks("ana", subject="The grinder smokes")
    ada = kept.membership("ada")
    with kept.acting():
        db.session.execute(update(Case).values(confidential=True))
        lane = db.session.scalars(select(Lane).where(Lane.kind == "requester")).one()
        party = Party(case_id=lane.case_id, membership_id=ada, role="helper")
        db.session.add(party)
        db.session.flush()
        db.session.add(Grant(lane_id=lane.id, party_id=party.id, because="let_in"))
    assert f"[{number}] The grinder smokes" in kept.browser("ada").get(opened(post, "sue"))


def test_a_mail_whose_reader_is_out_shows_nothing(kept: Cast, post: Post) -> None:
    number = kept.asks("ana", subject="The grinder smokes")
    sue, case_id = kept.viewer("sue"), kept.case_id(number)
    with kept.acting():
        conversation.reply(sue, case_id, "Which lot?")
    with kept.acting():
        db.session.execute(update(Grant).values(ends_at=now()))
    page = kept.browser("ada").get(opened(post, "ana"))
    assert "Ana Ferreira may no longer read what it is about" in page
    assert "grinder" not in page.html


def test_sent_and_refused_mails_say_so(cast: Cast, post: Post) -> None:
    cast.asks("ana")
    post.server.mood = "refuses"
    post.send()
    ada = cast.browser("ada")
    assert "kept: 1 try failed" in ada.get(LIST)
    with cast.acting():
        db.session.execute(update(Notice).values(mail_tries=smtp.GIVE_UP_AFTER))
    assert "kept: the mail server never took it" in ada.get(LIST)
    with cast.acting():
        db.session.execute(update(Notice).values(mail_tries=1, mail_at=now()))
    post.server.mood = ""
    assert post.send() == 1
    page = ada.get(LIST)
    assert "No mail about a case waits to be sent" in page
    assert "sent today" in page
    assert "sent today" in ada.get(opened(post, "sue"))


def test_what_was_read_needs_no_mail_and_is_not_there(kept: Cast, post: Post) -> None:
    kept.asks("ana")
    url, sue = opened(post, "sue"), kept.viewer("sue")
    with kept.acting():
        mark_read(sue)
    ada = kept.browser("ada")
    assert "Sue Keller" not in ada.get(LIST)
    ada.get(url, 404)
    ada.get(f"{LIST}{2**70}/", 404)


def test_pages_of_mails_take_the_same_statements(kept: Cast) -> None:
    ada = kept.browser("ada")
    kept.asks("ana")
    with statements(kept.app) as few:
        ada.get(LIST)
    for _ in range(30):
        kept.asks("carla")
    with statements(kept.app) as many:
        page = ada.get(LIST)
    assert len(few) == len(many)
    assert "31 mails about cases wait to be sent" in page
    older = next(a.get("href", "") for a in page.all("a") if a.get("rel") == "next")
    assert len([link for link in ada.get(older).links() if link.startswith(LIST)]) == 31 - 25 + 2
