"""The worker's mail round in a test: a minute later everything that is due is sent, and looked at."""

from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import time_machine
from sqlalchemy import select

from portal.cases.models import Lane
from portal.channels import mails
from portal.channels.models import Notice
from portal.channels.notices import GRACE
from portal.clock import now
from portal.extensions import db
from tests.cast import PEOPLE, Cast
from tests.mail_server import MailServer

SOON = GRACE + timedelta(seconds=1)


@dataclass
class Post:
    cast: Cast
    server: MailServer
    looked_at: int = field(default=0)

    def send(self, after: timedelta = SOON) -> int:
        """Let the worker send what is due so much later; how many it handed over."""
        with time_machine.travel(now() + after), self.cast.app.app_context():
            return mails.send_due()

    def arrived(self, after: timedelta = SOON) -> dict[str, EmailMessage]:
        """Send, and give what arrived since the last look: short name → the one mail."""
        self.send(after)
        new = self.server.mails[self.looked_at :]
        self.looked_at += len(new)
        names = [str(mail["To"]).partition("@")[0] for mail in new]
        assert len(names) == len(set(names)), f"somebody got two: {names}"
        assert set(names) <= set(PEOPLE)
        return dict(zip(names, new, strict=True))

    def notices(self, name: str | None = None) -> list[Notice]:
        """The notices as they are stored, in order; all, or somebody's."""
        wanted = select(Notice).order_by(Notice.id)
        if name is not None:
            wanted = wanted.where(Notice.membership_id == self.cast.membership(name))
        with self.cast.app.app_context():
            return list(db.session.scalars(wanted))

    def lane(self, number: str, kind: str = "requester") -> int:
        with self.cast.app.app_context():
            case_id = self.cast.case_id(number)
            return db.session.scalars(select(Lane.id).where(Lane.case_id == case_id, Lane.kind == kind)).one()


def words(mail: EmailMessage, kind: str = "plain") -> str:
    """The text of a mail, plain or html."""
    part: Any = mail.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n")
