"""What signing in and out does to the browser's session, and the text it carries across a sign-in."""

from flask import g, request, session
from flask_login import login_user, logout_user

from portal.identity.viewer import Viewer, load, memberships_of
from portal.resume import Kept

CARRIED = "kept-"


class NobodyToActFor(LookupError):
    """The person is known but acts for no organization any more (or may not sign in)."""


def enter(person_id: int) -> Viewer:
    """Sign the person in, in a session that holds nothing of the one before; they act for their first
    organization until they choose another. Raises NobodyToActFor.
    """
    choices = memberships_of(person_id)
    viewer = load(choices[0][0]) if choices else None
    if viewer is None:
        raise NobodyToActFor
    _forget()
    session.permanent = True
    login_user(viewer)
    return viewer


def renew(viewer: Viewer) -> None:
    """Go on as this viewer: for another organization, or under the session version of now."""
    login_user(viewer)


def leave() -> None:
    """Sign out and forget everything about this browser's session."""
    logout_user()
    _forget()


def _forget() -> None:
    session.clear()
    g.pop("csrf_token", None)  # Flask-WTF keeps the old session's token for the rest of the request


def carried() -> Kept | None:
    """The text a sign-in form carries for later: what somebody was sending when their sign-in ran out."""
    address = request.form.get("_address", "")
    fields = [
        (name.removeprefix(CARRIED), value)
        for name, values in request.form.lists()
        for value in values
        if name.startswith(CARRIED)
    ]
    if not fields or not stays_here(address):
        return None
    return Kept(address, tuple(fields), request.form.get("_files") == "1")


def stays_here(address: str) -> bool:
    """Whether an address is a path of this site; browsers drop tabs and line ends, which may hide a "//"."""
    return (
        address.startswith("/")
        and not address.startswith("//")
        and "\\" not in address
        and all(sign > " " and sign != "\x7f" for sign in address)
    )
