"""The first page of the settings, and what leaves by mail; the other lists bring their own routes."""

from typing import Any

from flask import abort, render_template
from sqlalchemy import select

from portal.cases.looking import opened
from portal.channels import smtp
from portal.channels.composing import compose
from portal.channels.mails import may_read
from portal.channels.models import Letter, Notice
from portal.channels.smtp import GIVE_UP_AFTER
from portal.extensions import db
from portal.identity.models import Membership, Person
from portal.settings import (
    change_views,  # noqa: F401 - brings its routes
    channel_views,  # noqa: F401 - brings its routes
    company_views,  # noqa: F401 - brings its routes
    department_views,  # noqa: F401 - brings its routes
    kind_views,  # noqa: F401 - brings its routes
    lists,
    merge_views,  # noqa: F401 - brings its routes
    organization_views,  # noqa: F401 - brings its routes
    people_views,  # noqa: F401 - brings its routes
    rule_views,  # noqa: F401 - brings its routes
    segment_views,  # noqa: F401 - brings its routes
    start_views,  # noqa: F401 - brings its routes
)
from portal.settings.counting import standing
from portal.settings.models import Change  # noqa: F401 - the table
from portal.settings.room import asked, blueprint, one
from portal.web import me

__all__ = ["blueprint"]


@blueprint.get("/")
def index() -> Any:
    return render_template("settings/index.html", now=standing(), sends=smtp.sends())


@blueprint.get("/letters/")
def letters() -> Any:
    page = lists.letters(asked("after"))
    return render_template(
        "settings/letters.html", page=page, now=standing(), sends=smtp.sends(), tries=GIVE_UP_AFTER
    )


@blueprint.get("/letters/<int:letter_id>/")
def letter(letter_id: int) -> Any:
    found = one(Letter, letter_id)
    person = db.session.get_one(Person, found.person_id)
    return render_template(
        "settings/letter.html", letter=found, person=person, sends=smtp.sends(), tries=GIVE_UP_AFTER
    )


@blueprint.get("/mails/")
def mails() -> Any:
    page, waiting = lists.mails(asked("after")), lists.mails_waiting()
    return render_template(
        "settings/mails.html", page=page, waiting=waiting, sends=smtp.sends(), tries=GIVE_UP_AFTER
    )


@blueprint.get("/mails/<int:mail_id>/")
def mail(mail_id: int) -> Any:
    """A mail as it would be sent now: it is stored nowhere, and only shown to whom may read the case."""
    found = one(Notice, mail_id)
    if found.mail_at is None and found.mailed_at is None:
        abort(404)
    person = db.session.scalars(
        select(Person).join(Membership).where(Membership.id == found.membership_id)
    ).one()
    readable = may_read(me(), found)
    composed = compose(found) if readable else None
    if readable:
        opened(me(), found.case_id)
    return render_template(
        "settings/mail.html",
        notice=found,
        person=person,
        readable=readable,
        mail=composed,
        sends=smtp.sends(),
        tries=GIVE_UP_AFTER,
    )
