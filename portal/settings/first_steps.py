"""What an administrator of a new portal goes through: which steps there are, which are done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l

from portal.channels import smtp
from portal.identity import installation
from portal.settings.counting import Standing


@dataclass(frozen=True)
class Step:
    """title, says: why it matters, in a sentence; endpoint: the page where it is done."""

    code: str
    title: Any
    says: Any
    endpoint: str
    is_done: Callable[[Standing], bool] = lambda now_is: False
    """Whether it can be seen to be done; else somebody says so."""


def _has_a_look(_now_is: Standing) -> bool:
    chosen = installation.chosen()
    return bool(chosen.brand or chosen.logo)


STEPS = (
    Step(
        "company",
        _l("Your name, logo and colour"),
        _l("Customers should see at once whose portal this is."),
        "settings.company",
        _has_a_look,
    ),
    Step(
        "hours",
        _l("Time zone, working hours, holidays"),
        _l("Every promise to a customer is reckoned in these hours."),
        "settings.hours",
    ),
    Step(
        "departments",
        _l("Departments and who works in them"),
        _l("A request that reaches a department without people waits unseen."),
        "settings.departments",
        lambda now_is: not now_is.empty,
    ),
    Step(
        "kinds",
        _l("Kinds of requests"),
        _l("What people can ask for, what you call it, what you ask them."),
        "settings.kinds",
    ),
    Step(
        "rules",
        _l("Rules, tried on real words"),
        _l("They decide which department gets a request, and say why."),
        "settings.rules",
    ),
    Step(
        "mail",
        _l("Mail"),
        _l("Without a mail server invitations and notices stay in this portal."),
        "settings.mail_server",
        lambda now_is: smtp.sends(),
    ),
    Step(
        "customers",
        _l("Customers and their people"),
        _l("From a spreadsheet, or one by one."),
        "exchange.imports",
        lambda now_is: bool(now_is.organizations),
    ),
    Step(
        "sign_in",
        _l("Sign-in with your identity provider"),
        _l("Colleagues then sign in as everywhere else. Whoever runs the portal sets it up."),
        "settings.sign_in",
        lambda now_is: bool(current_app.config["SETTINGS"].oidc),
    ),
)
CODES = frozenset(step.code for step in STEPS)


def standing(now_is: Standing) -> list[tuple[Step, bool]]:
    """Every step in order, and whether it is done or somebody found it fine as it is."""
    looked = set(installation.chosen().steps)
    return [(step, step.code in looked or step.is_done(now_is)) for step in STEPS]


def looked_at(code: str) -> None:
    """Somebody has seen to this step, or finds it fine as it is. Flushes."""
    known = installation.chosen().steps
    if code in CODES and code not in known:
        installation.choose(steps=[*known, code])


def leave() -> None:
    """The first steps are over: they no longer lead in. Flushes."""
    installation.choose(begun=True)
