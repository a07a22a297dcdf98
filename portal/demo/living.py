"""What happened in the demo company: each step of a story through its verb, at its own moment."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from operator import itemgetter
from typing import Any

from sqlalchemy import update

from portal.cases import closing, lanes, lists, looking, outgoing
from portal.cases.casework import grace
from portal.cases.clocks import working_days_from
from portal.cases.models import Access
from portal.cases.opening import Request
from portal.cases.permissions import REOPEN_WITHIN
from portal.channels import notices
from portal.channels.models import Notice
from portal.clock import at, now
from portal.demo.doing import LEAVING, do
from portal.demo.founding import Company
from portal.demo.stories import STORIES
from portal.demo.story import Ahead, Step, Story, back, moments, prose
from portal.extensions import db
from portal.identity.viewer import Viewer
from portal.routing.intake import submit

Happening = tuple[datetime, Callable[[], Any]]
CAUGHT_UP = {True: 9, False: 27}
"""How many working hours ago people had last read everything: staff, others."""
SOON = timedelta(seconds=5)
"""How long the worker takes to find what is due."""


def live(company: Company, end: datetime) -> None:
    """Let everything happen in the order of time."""
    for moment, happen in sorted(_happenings(company, end), key=itemgetter(0)):
        if moment > end:  # what has not left yet: the worker lets it out
            break
        with at(moment):
            happen()
            db.session.flush()
            db.session.expunge_all()  # or each flush would look at everything there is


def _happenings(company: Company, end: datetime) -> list[Happening]:
    """Openings and steps, the worker's rounds, and when people last looked through their lists."""
    found: list[Happening] = []
    for story in STORIES:
        opened, *later = moments(story, end, company.zone)
        found.append((opened, partial(_open, company, story)))
        for moment, step in zip(later, story.steps, strict=True):
            leaves = step.verb in LEAVING and company.viewers[step.who].is_staff
            found.append((moment, partial(_step, company, story, step, look=not leaves)))
            if leaves:
                found.append((moment + grace(), partial(_leave, company, story, step)))
            found += _rounds(company, moment, step)
    for actor in company.viewers.values():
        found.append((back(end, CAUGHT_UP[actor.is_staff], company.zone), partial(_catch_up, actor)))
    today = datetime.combine(end.astimezone(company.zone), time(0), tzinfo=company.zone)
    days = (today - min(found, key=itemgetter(0))[0]).days
    return [*found, *((today - timedelta(days=each), _mail) for each in range(days)), (end, _mail)]


def _rounds(company: Company, moment: datetime, step: Step) -> Iterator[Happening]:
    """When the worker finds something due: an answer that nobody took up, an access that is over."""
    if step.verb == "resolves":
        yield moment + grace() + REOPEN_WITHIN + SOON, closing.close_unanswered
    if step.more.get("until_days"):
        last = working_days_from(step.more["until_days"], company.calendar, moment) + timedelta(days=1)
        night = datetime.combine(last.astimezone(company.zone), time(0), tzinfo=company.zone)
        yield night + SOON, lanes.expire_due


def _mail() -> None:
    """Whatever was to be mailed by now has been."""
    due = update(Notice).where(Notice.mail_at <= now())
    db.session.execute(due.values(mailed_at=Notice.mail_at, mail_at=None))


def _catch_up(actor: Viewer) -> None:
    """They have read whatever was new to them."""
    for row in lists.page(actor, lists.Wanted(), limit=len(STORIES)).rows:
        if row.unread:
            looking.mark_seen(actor, row.id)
    notices.mark_read(actor)


def _open(company: Company, story: Story) -> None:
    actor, product = company.viewers[story.who], company.products.get(story.product)
    today = now().astimezone(company.zone).date()
    answers = {name: _answer(value, today) for name, value in story.answers.items()}
    if product is not None:
        answers = {"product": product.name, **answers}
    asked = Request(
        kind=story.kind,
        subject=story.subject,
        body=prose(story.text),
        product_id=product.id if product else None,
        answers=answers,
        files=tuple(company.files[name] for name in story.files),
        only_managers=story.only_managers,
        language=story.language or actor.language,
    )
    case = submit(actor, asked)
    case.number = next(company.numbers)
    company.cases[story.subject] = case.id, case.number
    _look(actor, case.id)


def _answer(value: Any, today: date) -> Any:
    return value.date(today) if isinstance(value, Ahead) else value


def _step(company: Company, story: Story, step: Step, *, look: bool) -> None:
    """One step of a story; whoever did it has seen the case as it is now."""
    do(company, story.subject, step)
    if look:
        _look(company.viewers[step.who], company.cases[story.subject][0])


def _leave(company: Company, story: Story, step: Step) -> None:
    """What staff sent is out; whoever sent it waited for that."""
    outgoing.leave_due()
    _look(company.viewers[step.who], company.cases[story.subject][0])


def _look(actor: Viewer, case_id: int) -> None:
    """They opened the page of the case: it is read, its notices too, and the access is kept."""
    db.session.add(Access(membership_id=actor.membership_id, case_id=case_id, at=now()))
    looking.mark_seen(actor, case_id)
    notices.mark_read(actor, case_id)
