"""The least a signed-in page with a list can cost here: Flask, Flask-Login, our ORM session, one template.

One statement loads who is signed in, one lists 25 cases with their organization. It shows what the tools
cost by themselves; it has no languages, no scope, no permissions, no form tokens and no layout to speak of.
"""

from pathlib import Path
from typing import Any

from flask import Flask, render_template
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user
from sqlalchemy import select

from portal.cases.models import Case
from portal.catalogue import models  # noqa: F401 - cases refer to products
from portal.config import read
from portal.extensions import db
from portal.identity.models import Organization, Person

ROWS = 25


class User(UserMixin):
    def __init__(self, person: Person) -> None:
        self.id, self.name = person.id, person.name


def make(environment: dict[str, str] | None = None) -> Flask:
    """The app, with the settings of the portal it stands beside."""
    settings = read(environment)
    app = Flask("floor", template_folder=str(Path(__file__).parent))
    app.secret_key = settings.secret_key
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    db.init_app(app)
    login = LoginManager(app)
    login.user_loader(_user)
    app.add_url_rule("/sign-in", view_func=sign_in)
    app.add_url_rule("/", view_func=listing)
    return app


def _user(key: str) -> User | None:
    person = db.session.get(Person, int(key))
    return User(person) if person else None


def sign_in() -> Any:
    """Whoever asks is the first person."""
    login_user(User(db.session.scalars(select(Person).order_by(Person.id).limit(1)).one()))
    return "", 204


@login_required
def listing() -> Any:
    rows = db.session.execute(
        select(Case, Organization.name)
        .join(Organization, Organization.id == Case.organization_id)
        .where(Case.merged_into_id.is_(None))
        .order_by(Case.activity_at.desc(), Case.id.desc())
        .limit(ROWS)
    ).all()
    return render_template("floor.html", rows=rows, user=current_user)
