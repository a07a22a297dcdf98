"""What happened in the demo company: each step of a story through its verb, at its own moment."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from operator import itemgetter
from typing import Any

from portal.cases import closing, conversation, handling, lists, reading
from portal.cases.clocks import working_days_from
from portal.cases.models import Access
from portal.cases.opening import Request
from portal.channels import notices
from portal.clock import at, now
from portal.demo import alpina, northwind, northwind_trade, partners, suppliers
from portal.demo.founding import Company
from portal.demo.story import Ahead, Step, Story, back, moments, prose
from portal.extensions import db
from portal.identity.viewer import Viewer
from portal.routing.intake import submit

STORIES = northwind.STORIES + northwind_trade.STORIES + alpina.STORIES + partners.STORIES + suppliers.STORIES
CAUGHT_UP = {True: 9, False: 27}
"""How many working hours ago people had last read everything: staff, others."""


def live(company: Company, end: datetime) -> None:
    """Let everything happen in the order of time."""
    for moment, happen in sorted(_happenings(company, end), key=itemgetter(0)):
        with at(moment):
            happen()
            db.session.flush()
            db.session.expunge_all()  # or each flush would look at everything there is


def _happenings(company: Company, end: datetime) -> list[tuple[datetime, Callable[[], Any]]]:
    """Openings and steps, the worker's clock each day, and when people last looked through their lists."""
    found: list[tuple[datetime, Callable[[], Any]]] = []
    for story in STORIES:
        opened, *later = moments(story, end, company.zone)
        found.append((opened, partial(_open, company, story)))
        steps = zip(later, story.steps, strict=True)
        found += [(moment, partial(_do, company, story, step)) for moment, step in steps]
    days = int(max(story.ago for story in STORIES) * 7 / 5) + 1
    found += [(end - timedelta(days=day), closing.close_unanswered) for day in range(days)]
    for actor in company.viewers.values():
        found.append((back(end, CAUGHT_UP[actor.is_staff], company.zone), partial(_catch_up, actor)))
    return found


def _catch_up(actor: Viewer) -> None:
    """They have read whatever was new to them."""
    for row in lists.page(actor, lists.Wanted(), limit=len(STORIES)).rows:
        if row.unread:
            reading.mark_seen(actor, row.id)
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
        language=actor.language,
    )
    case = submit(actor, asked, company.zone)
    case.number = next(company.numbers)
    company.cases[story.subject] = case.id
    _look(actor, case.id)


def _answer(value: Any, today: date) -> Any:
    return value.date(today) if isinstance(value, Ahead) else value


def _do(company: Company, story: Story, step: Step) -> None:
    """One step of a story by the verb it names; whoever did it has seen the case as it is now."""
    case_id, actor, text = company.cases[story.subject], company.viewers[step.who], prose(step.text)
    files = tuple(company.files[name] for name in step.files)
    match step.verb:
        case "says":
            due_at = working_days_from(step.days, company.zone) if step.days else None
            conversation.reply(actor, case_id, text, files, then=step.to, due_at=due_at)
        case "notes":
            conversation.note(actor, case_id, text, files)
        case "assigns":
            handling.assign(actor, case_id, company.viewers[step.to].membership_id)
        case "hands over":
            handling.hand_over(actor, case_id, company.departments[step.to], text)
        case "resolves":
            closing.resolve(actor, case_id, step.to, text, files)
        case "accepts":
            closing.accept(actor, case_id)
        case "reopens":
            closing.reopen(actor, case_id, text, files)
        case "closes":
            closing.close(actor, case_id, text)
        case "narrows":
            closing.narrow(actor, case_id, True)
    _look(actor, case_id)


def _look(actor: Viewer, case_id: int) -> None:
    """They opened the page of the case: it is read, its notices too, and the access is kept."""
    db.session.flush()
    db.session.add(Access(membership_id=actor.membership_id, case_id=case_id, at=now()))
    reading.mark_seen(actor, case_id)
    notices.mark_read(actor, case_id)
