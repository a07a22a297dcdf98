"""The way to the mail server: what letters and mails about cases share, from headers to another try later."""

import smtplib
import ssl
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr, parseaddr
from functools import cache
from urllib.parse import SplitResult, unquote, urlsplit

from flask import current_app

from portal.identity import installation

LEASE = timedelta(minutes=5)
"""Longer than the slowest sending takes: nobody else takes up what one worker has taken meanwhile."""
TIMEOUT = 20
GIVE_UP_AFTER = 20
"""Tries, over some three days; an administrator still finds what was not taken."""
JOINERS = "\u200c\u200d"
"""Unseen signs that belong to a spelling: Persian words and emoji made of several."""
FORGING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Kinds of signs that end a line, or hide or turn what follows."""


class _Policy(EmailPolicy):
    """Messages for the wire, with subjects coded by the older and better of Python's two ways.

    The newer one takes a subject that looks coded, "=?utf-8?q?…?=", for such and writes the line ends in it
    as line ends (before 3.11.10), and loses spaces where it folds other scripts (before 3.12.8).
    """

    def header_store_parse(self, name: str, value: str) -> tuple[str, str]:
        if name != "Subject":
            return super().header_store_parse(name, value)
        plain = value.isascii() and "=?" not in value
        return name, Header(value, None if plain else "utf-8", header_name=name).encode()


POLICY = _Policy(linesep="\r\n")


class BadHeader(ValueError):
    """An address or a subject holds a line break or another sign that would forge a header."""


def on_one_line(text: str) -> str:
    """The text without line ends, and without what else has no place in a header."""
    return "".join(c for c in " ".join(text.split()) if not _forges(c))


def _forges(sign: str) -> bool:
    return unicodedata.category(sign) in FORGING and sign not in JOINERS


def header(text: str) -> str:
    """The text, when it is fit to stand in a header. Raises BadHeader."""
    if not text or any(_forges(sign) for sign in text):
        raise BadHeader(f"not fit for a header: {text!r}")
    return text


def host() -> str:
    """What stands behind the @ in our Message-IDs."""
    return urlsplit(current_app.config["SETTINGS"].base_url).hostname or "localhost"


def envelope(address: str, subject: str, message_id: str, written_at: datetime) -> EmailMessage:
    """A message of ours with its headers and without words yet. Raises BadHeader."""
    message = EmailMessage(policy=POLICY)
    message["From"] = sender()
    message["To"] = header(address)
    message["Subject"] = header(subject)
    message["Date"] = format_datetime(written_at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    return message


def sender() -> str:
    """Who our mails come from: the address of the settings, with the name an administrator chose, or ours."""
    name, address = parseaddr(current_app.config["SETTINGS"].mail_from)
    called = _not_coded(installation.chosen().mail_name or name or installation.our_company())
    return formataddr((called, address)) if called else address


def _not_coded(text: str) -> str:
    """A name on one line that no mail program takes for a coded one, "=?utf-8?…?="."""
    return on_one_line(text).replace("=?", "= ?")


def sends() -> bool:
    """Whether PORTAL_SMTP_URL is set; without it nothing leaves and everything waits."""
    return bool(current_app.config["SETTINGS"].smtp_url)


def send_each(
    keys: Iterable[int],
    take: Callable[[int], EmailMessage | None],
    done: Callable[[int], None],
    put_off: Callable[[int, Exception], None],
) -> int:
    """Send the messages of these rows, one after the other; returns how many were handed over.

    take: leases a row, so that several workers share the work, and gives its message, or None when it is
    somebody else's or not to be sent. done, put_off: write down how it went. A crash in between repeats a
    message only under the same Message-ID. A server that is away ends the round.
    """
    url, sent = urlsplit(current_app.config["SETTINGS"].smtp_url), 0
    for key in keys:
        try:
            message = take(key)
            if message is None:
                continue
            with _server(url) as server:
                server.send_message(message)
                done(key)  # before saying goodbye: a server that dies at that has the message
                sent += 1
        except (OSError, ValueError) as error:  # smtplib's errors are OSErrors
            put_off(key, error)
            if _away(error):
                break
    return sent


def answers(timeout: float) -> str:
    """Whether the mail server lets us in, without a mail: "" when it does, else what it said."""
    try:
        with _server(urlsplit(current_app.config["SETTINGS"].smtp_url), timeout) as server:
            code, said = server.noop()
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors
        return " ".join(str(error).split()) or repr(error)
    return "" if code == 250 else said.decode(errors="replace")


def wait(tries: int) -> timedelta:
    """How long until the next try: 2, 4, 8 … minutes, at most six hours."""
    return timedelta(minutes=min(2**tries, 360))


def _away(error: Exception) -> bool:
    """Whether it is the server that fails, and not this message that is refused."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(
            error,
            smtplib.SMTPServerDisconnected
            | smtplib.SMTPConnectError
            | smtplib.SMTPHeloError
            | smtplib.SMTPAuthenticationError,
        )
    return isinstance(error, OSError)


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates count; reading them takes longer than sending a mail."""
    return ssl.create_default_context()


@contextmanager
def _server(url: SplitResult, timeout: float = TIMEOUT) -> Iterator[smtplib.SMTP]:
    """A connection as PORTAL_SMTP_URL describes it: encrypted, and signed in, when it says so."""
    name = url.hostname or "localhost"
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(name, url.port or 465, timeout=timeout, context=_trusted())
    else:
        port = url.port or (587 if url.scheme == "smtp+starttls" else 25)
        server = smtplib.SMTP(name, port, timeout=timeout)
    with server:
        if url.scheme == "smtp+starttls":
            server.starttls(context=_trusted())
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        yield server
