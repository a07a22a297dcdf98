"""The first page of the settings, and the letters; the other lists bring their own routes."""

from typing import Any

from flask import current_app, render_template

from portal.channels.letters import GIVE_UP_AFTER
from portal.channels.models import Letter
from portal.extensions import db
from portal.identity.models import Person
from portal.settings import (
    department_views,  # noqa: F401 - brings its routes
    lists,
    organization_views,  # noqa: F401 - brings its routes
    people_views,  # noqa: F401 - brings its routes
    rule_views,  # noqa: F401 - brings its routes
)
from portal.settings.counting import standing
from portal.settings.room import asked, blueprint, one

__all__ = ["blueprint"]


def _sends() -> bool:
    """Whether a mail server is named, so that letters leave by themselves."""
    return bool(current_app.config["SETTINGS"].smtp_url)


@blueprint.get("/")
def index() -> Any:
    return render_template("settings/index.html", now=standing(), sends=_sends())


@blueprint.get("/letters/")
def letters() -> Any:
    page = lists.letters(asked("after"))
    return render_template(
        "settings/letters.html", page=page, now=standing(), sends=_sends(), tries=GIVE_UP_AFTER
    )


@blueprint.get("/letters/<int:letter_id>/")
def letter(letter_id: int) -> Any:
    found = one(Letter, letter_id)
    person = db.session.get_one(Person, found.person_id)
    return render_template(
        "settings/letter.html", letter=found, person=person, sends=_sends(), tries=GIVE_UP_AFTER
    )
