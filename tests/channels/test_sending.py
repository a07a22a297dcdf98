"""How mails leave, whatever the mail server and our own processes do: nothing is lost, no repeat is new."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from sqlalchemy import insert, select, update

from portal.cases import conversation
from portal.channels import mails, smtp
from portal.channels.models import Notice
from portal.clock import now
from portal.extensions import db
from portal.identity import installation
from tests.cast import Cast
from tests.channels.post import SOON, Post
from tests.conftest import settings
from tests.mail_server import MailServer, parsed

FAILURES = ("dies after data", "451 after data", "refuses", "hangs", "hangs after data")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT", 0.5)


@pytest.mark.parametrize("mood", FAILURES)
def test_a_failure_is_repeated_later_under_the_same_message_id(cast: Cast, post: Post, mood: str) -> None:
    cast.asks("ana")
    post.server.mood = mood
    assert [post.send(), post.send()] == [0, 0]
    (notice,) = post.notices()
    assert (notice.mailed_at, notice.mail_tries) == (None, 1)
    assert notice.mail_at is not None
    assert timedelta(minutes=1) < notice.mail_at - now() < timedelta(minutes=3)
    post.server.mood = ""
    assert post.send(timedelta(minutes=3)) == 1
    assert len({mail["Message-ID"] for mail in post.server.mails}) == 1
    (notice,) = post.notices()
    assert notice.mailed_at
    assert notice.mail_at is None


def test_a_server_that_is_not_there_ends_the_round_and_loses_nothing(cast: Cast, post: Post) -> None:
    cast.asks("ana")
    cast.asks("carla")
    post.server.shutdown()
    post.server.server_close()
    assert post.send() == 0
    assert sorted(notice.mail_tries for notice in post.notices()) == [0, 1]
    with MailServer() as post.server:
        cast.app.config["SETTINGS"] = _with_server(cast, post.server)
        assert post.send(timedelta(minutes=3)) == 2


def _with_server(cast: Cast, server: MailServer) -> Any:
    return replace(cast.app.config["SETTINGS"], smtp_url=server.url)


def test_one_refused_address_does_not_hold_up_the_others(cast: Cast, post: Post) -> None:
    number = cast.asks("ana")
    post.arrived()
    sue, rui, case_id = cast.viewer("sue"), cast.viewer("rui"), cast.case_id(number)
    with cast.acting():
        conversation.reply(rui, case_id, "Me too.")
        conversation.reply(sue, case_id, "Which lot?")
    post.server.mood = "ana@northwind.example"
    assert {str(mail["To"]) for mail in post.arrived().values()} == {
        "sue@meridian.example",
        "rui@northwind.example",
    }
    assert [notice.mailed_at for notice in post.notices("ana")] == [None, None]


def test_a_server_rude_at_the_end_has_the_mail_all_the_same(cast: Cast, post: Post) -> None:
    cast.asks("ana")
    post.server.mood = "rude at the end"
    assert post.send() == 1
    assert post.notices()[0].mailed_at


def test_waits_grow_to_six_hours_and_end_after_twenty_tries(cast: Cast, post: Post) -> None:
    cast.asks("ana")
    post.server.mood = "refuses"
    moment, waits = now() + SOON, []
    for _round in range(25):
        with time_machine.travel(moment, tick=False), cast.app.app_context():
            mails.send_due()
        (notice,) = post.notices()
        assert notice.mail_at is not None
        waits.append(round((notice.mail_at - moment).total_seconds() / 60))
        moment = max(moment, notice.mail_at) + timedelta(seconds=1)
    assert waits[:10] == [2, 4, 8, 16, 32, 64, 128, 256, 360, 360]
    assert (notice.mail_tries, notice.mailed_at) == (smtp.GIVE_UP_AFTER, None)


def test_a_mail_somebody_else_is_sending_is_left_alone(cast: Cast, post: Post) -> None:
    cast.asks("ana")
    with time_machine.travel(now() + SOON), cast.app.app_context():
        (notice,) = post.notices()
        assert mails._take(notice.id) is not None
        assert mails._take(notice.id) is None
        assert mails.send_due() == 0
    assert post.send(SOON + smtp.LEASE) == 1, "its worker died"


def many(post: Post, several: int) -> list[int]:
    """As many mails that are due now, made from the only notice there is; their ids."""
    (first,) = post.notices()
    row = {
        column.name: getattr(first, column.key)
        for column in Notice.__table__.columns
        if column.name not in ("id", "mail_at")
    }
    with post.cast.acting():
        db.session.execute(insert(Notice), [row] * (several - 1))
        db.session.execute(update(Notice).values(mail_at=now() - timedelta(minutes=1)))
        return list(db.session.scalars(select(Notice.id)))


def test_several_workers_share_the_work(cast: Cast, post: Post) -> None:
    cast.asks("ana")
    ids, sent, start = many(post, 30), list[int](), Barrier(3)

    def work() -> None:
        with cast.app.app_context():
            start.wait(10)
            sent.append(mails.send_due())

    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert sum(sent) == len(ids) == len({mail["Message-ID"] for mail in post.server.mails})
    assert len(post.server.taken) == len(ids), "nobody got one twice"
    assert len([count for count in sent if count]) > 1, f"they shared it: {sent}"


@pytest.mark.slow
def test_a_worker_killed_a_hundred_times_loses_nothing(
    cast: Cast, post: Post, url: str, tmp_path: Path
) -> None:
    """Killed at any moment of sending, also between the server's yes and our own note of it."""
    cast.asks("ana")
    ids, kills = many(post, 250), 100
    environment = settings(url, tmp_path, PORTAL_SMTP_URL=post.server.url)
    run = subprocess.run(
        [sys.executable, "-m", "tests.channels.killed", str(kills)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    times = Counter(parsed(text)["Message-ID"] for text in post.server.taken)
    assert len(times) == len(ids), "every mail arrived, and under one Message-ID only"
    repeated = len(post.server.taken) - len(ids)
    assert repeated <= kills, "a crash repeats one mail at most"
    after = post.notices()
    assert all(notice.mailed_at and notice.mail_at is None for notice in after)
    broken = sum(notice.mail_tries - 1 for notice in after)
    assert repeated <= broken <= kills
    assert broken >= kills / 4, f"only {broken} of {kills} kills fell into a sending: the test proves little"


@pytest.mark.parametrize(
    "name", ["=?utf-8?q?x=0D=0Aa:_b?=", "Čvor, d.o.o.", 'A "quoted" <name>', "x\r\nBcc: y@z.example"]
)
def test_whatever_the_senders_name_is_the_letter_can_be_written(cast: Cast, name: str) -> None:
    with cast.app.test_request_context("/"):
        installation.choose(mail_name=name)
        message = smtp.envelope("ana@northwind.example", "Hello", "<1@x>", datetime.now(UTC))
        assert message["From"].addresses[0].addr_spec.startswith("portal@")
        assert "Bcc" not in message
        db.session.rollback()
