"""The one way in: what a password, a link and the provider have in common once somebody is known."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import TooManyRequests

from portal.extensions import db
from portal.identity import browser, signing
from portal.identity.links import LinkExpired, LinkUsed
from portal.identity.throttle import TooManyTries
from portal.identity.viewer import memberships_of, role_of
from portal.resume import Kept
from portal.web import me, see

blueprint = Blueprint("identity", __name__)


def prove(purpose: str, email: str, password: str) -> int:
    """The id of the person who knows the password; every try is counted, and committed before the check.

    Raises WrongPassword, and the 429 of too many tries.
    """
    try:
        claimed = signing.claim(purpose, email, request.remote_addr)
    except TooManyTries as wait:
        raise TooManyRequests(retry_after=wait.seconds) from wait
    db.session.commit()
    person_id = signing.prove(claimed, password)
    signing.accept(claimed, password)
    db.session.commit()
    return person_id


def onward(address: str | None) -> str:
    """Where to go after a sign-in: an address of ours, else home."""
    return address if address and browser.stays_here(address) else url_for("home")


def arrive(person_id: int, address: str | None = None, kept: Kept | None = None) -> Any:
    """Sign the person in and send them on: to choose for whom they act, to what they wrote, or where they
    were going.
    """
    try:
        viewer = browser.enter(person_id)
    except browser.NobodyToActFor:
        return said("nobody", 422)
    if viewer.organizations > 1:
        return choice_page(address, kept) if kept else see("identity.switch", next=address or None)
    if kept:
        return render_template("resume.html", kept=kept, why="signed-in")
    return redirect(onward(address), 303)


def said(what: str, status: int, **more: Any) -> tuple[str, int]:
    """A page that says one thing: why this did not sign anybody in, and what to do now."""
    db.session.rollback()
    return render_template("identity/said.html", what=what, **more), status


def choice_page(address: str | None, kept: Kept | None) -> str:
    choices = [
        (membership_id, organization.name, role_of(organization.ours, organization.relations))
        for membership_id, organization in memberships_of(me().person_id)
    ]
    return render_template("identity/switch.html", choices=choices, next=address or "", kept=kept)


def no_link(gone: LookupError) -> tuple[str, int]:
    """The page for a link that signs nobody in (any more)."""
    what = {LinkUsed: "used", LinkExpired: "expired"}.get(type(gone), "unknown")
    return said(what, 404 if what == "unknown" else 410)
