"""Exactly what another party will see, before it is sent to them; and what is left out."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from portal.cases import ball, releasing
from portal.cases.asking import Question
from portal.cases.columns import names_of, told
from portal.cases.models import Message
from portal.cases.seen import SeenCase
from portal.cases.sharing import Chosen, given_away
from portal.cases.talks import Talk
from portal.clock import NEVER
from portal.showing import day, paragraphs, when


@dataclass(frozen=True)
class Preview:
    """What the other side sees, as templates draw it.

    readers: who, in words; files: (name, what was done to it); left_out, warnings: sentences
    """

    name: str
    role: str
    readers: str
    count: int
    subject: str
    html: Markup
    facts: list[tuple[Any, Any]] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)
    due: str = ""
    until: str = ""
    changes: Markup | None = None
    left_out: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def asked_preview(
    seen: SeenCase,
    question: Question,
    name: str,
    readers: list[str],
    names: list[str],
    promised: datetime,
    reads_already: bool,
) -> Preview:
    """Of a question: what the organization sees once it is asked.

    readers: who will read it, names: of third parties, promised: when the requester gets our answer;
    reads_already: whether they read another lane of the case
    """
    facts, files = told(question.facts), question.files
    parts = {
        _("the title"): question.subject,
        _("your text"): question.body,
        _("the facts"): " ".join(str(value) for _label, value in facts),
        **{each.name: each.name for each in files},
    }
    return Preview(
        name=name,
        role=ball.MARKS[question.role],
        readers=", ".join(readers),
        count=len(readers),
        subject=question.subject,
        html=paragraphs(question.body),
        facts=facts,
        files=[(each.name, _cleaned(each)) for each in files],
        due="" if question.due_at == NEVER else when(question.due_at),
        until="" if question.until == NEVER else day(question.until),
        left_out=_left_out_of_question(seen, question),
        warnings=[
            *_warnings(given_away(names, parts), files),
            *_late(seen, question, promised),
            *([_also(name)] if reads_already else []),
        ],
    )


def _left_out_of_question(seen: SeenCase, question: Question) -> list[str]:
    given = len(told(question.facts))
    return [
        _("%(name)s: name, people and words", name=seen.organization),
        _("The title, the kind and the dates of the case"),
        _("All facts but %(num)s", num=given) if given else _("All facts"),
        _("Everything staff wrote to each other, and every other lane"),
    ]


def _also(name: str) -> str:
    return _(
        "%(name)s reads another lane here. Whoever reads one of the two there reads both, "
        "and who that is stays as it was chosen then.",
        name=name,
    )


def _late(seen: SeenCase, question: Question, promised: datetime) -> list[str]:
    if NEVER in (promised, question.due_at) or question.due_at < promised:
        return []
    return [
        _(
            "Their date is not before ours: %(name)s was promised our answer by %(date)s.",
            name=seen.organization,
            date=when(promised),
        )
    ]


def _cleaned(chosen: Chosen) -> str:
    if chosen.attachment.preview:
        return _("without place, camera and author; at most 1,600 pixels wide")
    return _("as it is: look into it, its properties and text are not changed")


def _warnings(named: list[Any], files: tuple[Chosen, ...]) -> list[str]:
    said = [_("“%(name)s” stands in %(where)s.", name=each.name, where=each.where) for each in named]
    whole = [each.name for each in files if not each.attachment.preview]
    if whole:
        names = ", ".join(whole)
        said.append(_("We cannot look into %(names)s: open it before you send it.", names=names))
    return said


def release_preview(
    seen: SeenCase, source: Message, origin: Talk | None, target: Talk, form: Any, names: list[str]
) -> Preview:
    """Of a release: the new message as the receiving side sees it, and what stays behind.

    origin: the lane it comes from; names: of third parties
    """
    files = form.chosen()
    parts = {_("your text"): form.body.data, **{each.name: each.name for each in files}}
    hidden = len(form.offered) - len(files)
    left = [
        _("Who wrote it, and that %(name)s was asked", name=origin.name)
        if origin and origin.name
        else _("Who wrote it, and where"),
        _("When it was written, and its link to the source, which only staff see"),
    ]
    if hidden:
        left.append(ngettext("%(num)s file", "%(num)s files", hidden))
    return Preview(
        name=target.name,
        role=ball.MARKS[target.kind],
        readers=names_of(target.readers),
        count=target.readers.count,
        subject=target.subject or seen.subject,
        html=paragraphs(form.body.data),
        files=[(each.name, _cleaned(each)) for each in files],
        due="" if form.due.due() == NEVER else when(form.due.due()),
        changes=releasing.changes(source.body, form.body.data),
        left_out=left,
        warnings=_warnings(given_away(names, parts), files),
    )
