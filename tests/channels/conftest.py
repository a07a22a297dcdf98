"""The app with a mail server of the test's own, and what the tests of this room do with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from portal.extensions import db
from tests.cast import Cast
from tests.channels.post import Post
from tests.conftest import make
from tests.mail_server import MailServer


@pytest.fixture
def server_of_mails() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


@pytest.fixture
def app(url: str, tmp_path: Path, server_of_mails: MailServer) -> Iterator[Flask]:
    app = make(
        url,
        tmp_path,
        PORTAL_SMTP_URL=server_of_mails.url,
        PORTAL_MAIL_FROM="Meridian <portal@meridian.example>",
        PORTAL_BASE_URL="http://portal.example/desk",
    )
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def post(cast: Cast, server_of_mails: MailServer) -> Post:
    """The worker's mail round, and who got what."""
    return Post(cast, server_of_mails)
