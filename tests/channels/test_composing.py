"""What a mail about a case says, to whom, and that nothing in it can be forged."""

import re
from dataclasses import replace
from datetime import timedelta
from email.header import decode_header, make_header
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any

import pytest
import time_machine
from sqlalchemy import select, update

from portal.cases import conversation
from portal.cases.models import Attachment, Case, Party
from portal.channels import composing
from portal.clock import now
from portal.extensions import db
from portal.identity.models import Person
from tests.cases.file_samples import picture
from tests.cast import Cast
from tests.channels.post import SOON, Post, words
from tests.laws.world import check_files


def told(cast: Cast, post: Post, body: str = "Which lot is it?", **asked: Any) -> EmailMessage:
    """Ana asks, Sue answers in these words: Ana's mail."""
    number = cast.asks("ana", subject="The grinder smokes", **asked)
    sue, case_id = cast.viewer("sue"), cast.case_id(number)
    with cast.acting():
        conversation.reply(sue, case_id, body)
    return post.arrived()["ana"]


def test_it_is_text_and_html_with_one_link_to_the_case(cast: Cast, post: Post) -> None:
    mail = told(cast, post, "Which lot is it?\n\nSue")
    (number,) = numbers(cast)
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail["From"] == "Meridian <portal@meridian.example>"
    assert mail["To"] == "ana@northwind.example"
    assert mail["Subject"] == f"[{number}] The grinder smokes"
    assert mail["Auto-Submitted"] == "auto-generated"
    for kind in ("plain", "html"):
        text = words(mail, kind)
        assert text.count(f"http://portal.example/desk/cases/{number}") == 1
        assert text.count("http://portal.example/desk/account/") == 1
        for said in ("Sue Keller wrote in", "The grinder smokes", "Which lot is it?", "acting for Northwind"):
            assert said in text, (said, kind)
    assert words(mail).startswith("Sue Keller wrote in The grinder smokes\n")
    assert "<p" not in words(mail)


def numbers(cast: Cast) -> list[str]:
    with cast.app.app_context():
        return list(db.session.scalars(select(Case.number).order_by(Case.id)))


class Markup(HTMLParser):
    """The tags of a mail with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_nothing_in_it_is_loaded_or_run(cast: Cast, post: Post) -> None:
    """Not what we write, and not what somebody writes to us."""
    evil = (
        "<script>alert(1)</script><img src=http://evil.example/x.gif> <b>&amp;</b> http://evil.example/?a&b"
    )
    html = words(told(cast, post, evil), "html")
    found = Markup(html)
    assert {tag for tag, _ in found.tags} <= {
        "html", "head", "meta", "title", "body", "p", "b", "i", "small", "blockquote", "a", "hr", "br",
    }  # fmt: skip
    for tag, attributes in found.tags:
        assert not {"src", "style", "background", "onclick", "class", "id"} & set(attributes), tag
    links = [attributes["href"] for tag, attributes in found.tags if tag == "a"]
    assert len(links) == 4
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert evil in words(post.server.mails[-1])


def test_each_side_reads_the_subject_of_its_own(cast: Cast, post: Post) -> None:
    number = cast.asks("ana", subject="A question")
    case_id, rui, sue = cast.case_id(number), cast.viewer("rui"), cast.viewer("sue")
    with cast.acting():
        conversation.reply(sue, case_id, "Yes?")
    post.send()
    with cast.acting():
        conversation.reply(rui, case_id, "Hello?")
    with cast.acting():
        db.session.execute(update(Case).where(Case.id == case_id).values(subject="Ferrum’s cable again"))
        theirs = Party.organization_id == rui.organization_id
        db.session.execute(update(Party).where(theirs).values(subject="Your question"))
    post.looked_at = len(post.server.taken)
    arrived = post.arrived()
    assert arrived["ana"]["Subject"] == f"[{number}] Your question"
    assert arrived["sue"]["Subject"] == f"[{number}] Ferrum’s cable again"
    for kind in ("plain", "html"):
        assert "Your question" in words(arrived["ana"], kind)
        assert "Ferrum" not in words(arrived["ana"], kind)


def test_it_speaks_the_readers_language_and_keeps_their_time(cast: Cast, post: Post) -> None:
    with cast.acting():
        db.session.execute(
            update(Person).where(Person.name == "Ana Ferreira").values(language="pt", timezone="Asia/Tokyo")
        )
        db.session.execute(update(Person).where(Person.name == "Rui Matos").values(language="xx"))
    with time_machine.travel("2031-03-06 20:15:00+00:00"):
        number = cast.asks("ana", subject="Schleifer")
        case_id, sue, rui = cast.case_id(number), cast.viewer("sue"), cast.viewer("rui")
        with cast.acting():
            conversation.reply(rui, case_id, "Me too.")
        post.send()
        post.looked_at = len(post.server.taken)
        with cast.acting():
            conversation.reply(sue, case_id, "Which lot?")
        arrived = post.arrived()
    portuguese, other = words(arrived["ana"]), words(arrived["rui"])
    assert portuguese.startswith("Sue Keller escreveu")
    assert "sexta, 7 mar. 2031, 5:15" in portuguese
    assert '<html lang="pt">' in words(arrived["ana"], "html")
    assert other.startswith("Sue Keller wrote in Schleifer\n"), "a language we do not have"
    assert "Thu, 6 Mar 2031, 21:15" in other, "the installation's time"


def test_files_are_named_and_not_sent(cast: Cast, post: Post) -> None:
    number = cast.asks("ana", files=check_files(cast, "smoke", picture("PNG", (8, 8))))
    mail = post.arrived()["sue"]
    with cast.app.app_context():
        name = db.session.scalars(select(Attachment.name)).one()
    for kind in ("plain", "html"):
        assert name in words(mail, kind)
        assert f"/cases/{number}" in words(mail, kind)
    assert not list(mail.iter_attachments())


WORDS = {
    "emoji": "Works 👍🏽 👩‍👩‍👧‍👦 🫨",
    "hebrew": "המכונה מעשנת",
    "persian": "دستگاه می‌لرزد",
    "chinese": "机器冒烟了",
    "zalgo": "Ḧ̵̛̘e̴̫͠ ̸comes",
}


@pytest.mark.parametrize("name", WORDS)
def test_every_script_and_sign_arrives_as_written(cast: Cast, post: Post, name: str) -> None:
    said = WORDS[name]
    number = cast.asks("ana", subject=said * 6, body=f"{said}\n\n{said}")
    mail = post.arrived()["sue"]
    assert mail["Subject"] == f"[{number}] {said * 6}"
    assert f"{said}\n\n{said}" in words(mail)
    assert f'<p dir="auto">{said}</p>' in words(mail, "html")
    assert all(ord(sign) < 128 for sign in post.server.taken[-1]), "no mail server on the way trips over it"


def test_long_words_are_cut_and_say_so(cast: Cast, post: Post) -> None:
    mail = told(cast, post, "x" * 49_999 + "y")
    for kind in ("plain", "html"):
        assert words(mail, kind).count("x") < composing.LONGEST + 50
        assert "The rest is in the portal." in words(mail, kind)
        assert "yy" not in words(mail, kind)
    assert max(len(line) for line in post.server.taken[-1].splitlines()) < 998
    short = told(cast, post, "x" * composing.LONGEST)
    assert "The rest is in the portal." not in words(short)


def test_no_line_break_gets_into_a_header_or_a_list_of_files(cast: Cast, post: Post) -> None:
    evil = "Hello\r\nBcc: everybody@example.com\n\n\u2028Evil\u202e\x07\x85there"
    number = cast.asks("ana", files=check_files(cast, "smoke", picture("PNG", (8, 8))))
    with cast.acting():
        db.session.execute(update(Case).values(subject=evil))
        db.session.execute(update(Attachment).values(name="a\nBcc: b\u202egnp.exe"))
        db.session.execute(update(Person).where(Person.name == "Ana Ferreira").values(name="Ana\r\nBcc: x"))
    mail = post.arrived()["sue"]
    assert mail["Subject"] == f"[{number}] Hello Bcc: everybody@example.com Evil there"
    assert mail["Bcc"] is None
    assert words(mail).startswith("Ana Bcc: x sent Hello Bcc: everybody@example.com Evil there\n")
    assert "Files, in the portal: a Bcc: bgnp.exe\n" in words(mail)


CODED = "=?utf-8?q?Hello=0D=0ABcc=3A_everybody=40example.com?= there"


def test_a_subject_that_looks_coded_stays_as_it_is(cast: Cast, post: Post) -> None:
    """Python before 3.11.10 decodes it and writes the line end that was hidden in it."""
    number = cast.asks("ana", subject=CODED)
    mail = post.arrived()["sue"]
    assert mail["Bcc"] is None
    assert "\r\nBcc" not in post.server.taken[-1]
    (raw,) = re.findall(r"^Subject: (.*(?:\n .*)*)", post.server.taken[-1].replace("\r", ""), re.MULTILINE)
    assert str(make_header(decode_header(raw))) == f"[{number}] {CODED}"


def test_an_address_that_forges_a_header_is_not_written_to(cast: Cast, post: Post) -> None:
    number = cast.asks("ana")
    post.arrived()
    sue, case_id = cast.viewer("sue"), cast.case_id(number)
    with cast.acting():
        conversation.reply(sue, case_id, "Which lot?")
        db.session.execute(
            update(Person).where(Person.name == "Ana Ferreira").values(email="a@x.example\nBcc: b@x.example")
        )
    cast.asks("carla")
    assert post.send() == 1, "the others get theirs"
    (notice,) = post.notices("ana")
    assert (notice.mailed_at, notice.mail_tries) == (None, 1)


def test_mails_of_a_case_hang_together_for_each_side(cast: Cast, post: Post) -> None:
    number, other = cast.asks("ana"), cast.asks("ana")
    sue, rui = cast.viewer("sue"), cast.viewer("rui")
    keys = [cast.case_id(number), cast.case_id(other)]
    with cast.acting():
        for case_id in keys:
            conversation.reply(rui, case_id, "Me too.")
            conversation.reply(sue, case_id, "Which lot?")
    post.send(SOON)
    roots: dict[tuple[str, str], set[str]] = {}
    for mail in post.server.mails:
        side, key = str(mail["To"]).partition("@")[2], str(mail["Subject"])[1:10]
        assert mail["In-Reply-To"] == mail["References"] != mail["Message-ID"]
        roots.setdefault((side, key), set()).add(mail["References"])
    assert len(roots) == 4
    assert {len(found) for found in roots.values()} == {1}
    assert len(set.union(*roots.values())) == 4
    ids = [mail["Message-ID"] for mail in post.server.mails]
    assert len(ids) == len(set(ids)) == len(post.notices())


def test_nobody_can_make_up_a_message_id_of_ours(cast: Cast) -> None:
    """The part behind the number is signed with the installation's secret, and tells no id."""
    cast.asks("ana")
    with cast.app.app_context():
        mine = composing._signed("1234-5678", "notice 7")
        assert (
            mine == composing._signed("1234-5678", "notice 7") != composing._signed("1234-5678", "notice 8")
        )
        number, _, rest = mine.strip("<>").partition(".")
        signature, _, host = rest.partition("@")
        assert (number, host, len(signature)) == ("1234-5678", "portal.example", 32)
        cast.app.config["SETTINGS"] = replace(cast.app.config["SETTINGS"], secret_key="another")
        assert composing._signed("1234-5678", "notice 7") != mine


def test_the_date_is_when_it_happened(cast: Cast, post: Post) -> None:
    before = now()
    cast.asks("ana")
    written = post.arrived(timedelta(hours=5))["sue"]["Date"].datetime
    assert before - timedelta(seconds=1) <= written <= now()
