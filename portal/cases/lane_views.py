"""Lanes of a case: ask somebody in, change the dates, close it, end access, correct the ball; release."""

from datetime import datetime
from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext as _
from wtforms import SelectChoice

from portal.cases import (
    asking,
    columns,
    handling,
    lanes,
    outgoing,
    page,
    reading,
    releasing,
    talks,
    work_forms,
)
from portal.cases.casework import NotNow
from portal.cases.forms import drawn_from
from portal.cases.models import ASKED
from portal.cases.seen import SeenCase
from portal.cases.sharing import third_parties
from portal.cases.sharing_forms import AskForm, ReleaseForm, sharing
from portal.cases.shown import asked_preview, release_preview
from portal.cases.talks import Talk
from portal.cases.views import act, blueprint, case_or_404, done
from portal.clock import NEVER
from portal.extensions import db
from portal.resume import kept_form
from portal.showing import zone
from portal.web import me


def lane_or_404(seen: SeenCase, lane_id: int, kinds: tuple[str, ...] = ASKED) -> Talk:
    """The lane of this id that the viewer reads in the case."""
    chosen = [talk for talk in talks.talks(me(), seen.id) if talk.id == lane_id and talk.kind in kinds]
    return chosen[0] if chosen else abort(404)


@blueprint.route("/cases/<number>/lanes/new", methods=["GET", "POST"])
def ask(number: str) -> Any:
    """Ask a partner or supplier in a lane of their own: whom first, then what, then a look at it."""
    seen = case_or_404(number, "ask")
    known = {each.id: each for each in asking.can_be_asked(seen.organization_id)}
    chosen = known.get(request.values.get("organization", 0, type=int))
    if chosen is None:
        return render_template("cases/ask_whom.html", case=seen, organizations=list(known.values()))
    people = asking.people_of(chosen.id)
    files, told = reading.files_in(me(), seen), page.told(seen)
    form = sharing(AskForm, files, version=str(seen.version), organization=str(chosen.id))
    form.people.choices = [SelectChoice(key, name) for key, name, _manager in people]
    form.facts.choices = [SelectChoice(name, f"{label}: {value}") for name, label, value in told]
    shown = {"case": seen, "form": form, "organization": chosen, "people": people, "files": files}
    if not form.validate_on_submit():
        return render_template("cases/ask.html", **shown), 422 if form.is_submitted() else 200
    question = _question(seen, form, chosen, {name: value for name, _label, value in told})
    if not form.confirmed():
        readers, already = asking.will_read(seen.id, question)
        names, promised = third_parties(me(), seen.id, chosen.id), _promised(seen)
        db.session.commit()  # nothing is written; nobody has to wait for a preview
        preview = asked_preview(seen, question, chosen.name, readers, names, promised, already)
        return render_template("cases/ask.html", preview=preview, **shown)
    try:
        lanes.ask(me(), seen.id, question, version=drawn_from(form))
    except (lanes.NobodyThere, lanes.EndsTooSoon) as error:
        form.people.errors = [*form.people.errors, _said(error)]
        return render_template("cases/ask.html", **shown), 422
    return done(seen, form, _("Asked."), page.leaving(_("Then the ball is with %(name)s.", name=chosen.name)))


def _promised(seen: SeenCase) -> datetime:
    """When the requester was promised our answer, as far as the viewer knows."""
    main = next((talk for talk in talks.talks(me(), seen.id) if talk.kind == "requester"), None)
    return main.due_at if main and main.ball == "us" else NEVER


def _said(error: Exception) -> str:
    if isinstance(error, lanes.EndsTooSoon):
        return _("Their access would end before it begins.")
    return _("They cannot be asked any more: choose again who is.")


def _question(seen: SeenCase, form: Any, organization: Any, told: dict[str, Any]) -> asking.Question:
    given = [[name, str(told[name])] for name in form.facts.data or []]
    return asking.Question(
        organization_id=organization.id,
        role="supplier" if organization.supplier else "partner",
        subject=form.subject.data,
        body=form.body.data,
        people=tuple(form.people.data),
        reach=form.reach.data,
        facts={"kind": seen.kind, "facts": given} if given else {},
        files=form.chosen(),
        due_at=form.due.due(),
        until=form.until.end(),
        confidential=form.confidential.data,
    )


@blueprint.route("/cases/<number>/lanes/<int:lane_id>/dates", methods=["GET", "POST"])
def dates(number: str, lane_id: int) -> Any:
    """Another date for the answer, and for the end of access."""
    seen = case_or_404(number, "steer")
    talk = lane_or_404(seen, lane_id)
    form = work_forms.DatesForm(due=_day(talk.due_at), until=_day(talk.until))
    if not form.validate_on_submit():
        return act(seen, form, "cases/dates.html", talk=talk)
    lanes.reschedule(me(), seen.id, talk.id, due_at=form.due.due(), until=form.until.end())
    return done(seen, form, _("The dates are changed."), _("%(name)s is told.", name=talk.name))


def _day(moment: Any) -> Any:
    return None if moment == NEVER else moment.astimezone(zone()).date()


@blueprint.post("/cases/<number>/lanes/<int:lane_id>/closure")
def close_lane(number: str, lane_id: int) -> Any:
    """The question is answered: the lane is closed, its readers read on."""
    seen = case_or_404(number, "steer")
    talk = lane_or_404(seen, lane_id)
    form = work_forms.PortalForm(prefix="plain-")
    lanes.close_lane(me(), seen.id, talk.id)
    return done(seen, form, _("The lane is closed."), _("%(name)s can read it on.", name=talk.name))


@blueprint.route("/cases/<number>/lanes/<int:lane_id>/revocation", methods=["GET", "POST"])
def revoke(number: str, lane_id: int) -> Any:
    """End somebody's access at once."""
    seen = case_or_404(number, "steer")
    talk = lane_or_404(seen, lane_id)
    form = work_forms.RevokeForm()
    if not form.validate_on_submit():
        return act(seen, form, "cases/revoke.html", talk=talk)
    lanes.revoke(me(), seen.id, talk.id, form.reason.data)
    said = _("%(name)s sees nothing of it any more.", name=talk.name)
    return done(seen, form, _("Access ended."), said)


@blueprint.route("/cases/<number>/lanes/<int:lane_id>/ball", methods=["GET", "POST"])
def correct(number: str, lane_id: int) -> Any:
    """Say by hand who must act next, with a reason."""
    seen = case_or_404(number, "steer")
    talk = lane_or_404(seen, lane_id, ("requester", *ASKED))
    form = work_forms.BallForm(to="us" if talk.ball == "us" else "them", due=_day(talk.due_at))
    form.to.choices = [SelectChoice("them", talk.name), SelectChoice("us", _("us"))]
    if not form.validate_on_submit():
        return act(seen, form, "cases/correct.html", talk=talk)
    handling.correct(me(), seen.id, talk.id, form.to.data, form.reason.data, form.due.due())
    return done(seen, form, _("Corrected."))


@blueprint.route("/cases/<number>/messages/<int:message_id>/release", methods=["GET", "POST"])
def release(number: str, message_id: int) -> Any:
    """Pass a message on into another lane: edit it, look at it, send it."""
    seen = case_or_404(number, "release")
    source = reading.find_message(me(), seen, message_id)
    if source is None:
        abort(404)
    every = talks.talks(me(), seen.id)
    targets = [t for t in every if t.kind != "internal" and t.state == "open" and t.id != source.lane_id]
    if not targets:
        raise NotNow(seen.number)
    files = releasing.files_of(source)
    form = sharing(ReleaseForm, files, body=source.body)
    form.to.choices = [SelectChoice(t.id, f"{t.name}, {columns.role_words()[t.kind]}") for t in targets]
    origin = next((t for t in every if t.id == source.lane_id), None)
    shown = {"case": seen, "form": form, "source": source, "origin": origin, "files": files}
    if not form.validate_on_submit():
        return render_template("cases/release.html", **shown), 422 if form.is_submitted() else 200
    target = next(t for t in targets if t.id == form.to.data)
    if not form.confirmed():
        names = third_parties(me(), seen.id, target.organization_id)
        db.session.commit()  # nothing is written; nobody has to wait for a preview
        preview = release_preview(seen, source, origin, target, form, names)
        return render_template("cases/release.html", preview=preview, **shown)
    return _release(seen, source, target, form)


def _release(seen: SeenCase, source: Any, target: Talk, form: Any) -> Any:
    due = form.due.due()
    try:
        releasing.release(
            me(),
            seen.id,
            source.id,
            target.id,
            form.body.data,
            form.chosen(),
            then=form.ball.data,
            due_at=None if due == NEVER else due,
        )
    except releasing.ReleasedAlready as already:
        db.session.rollback()
        earlier = reading.find_message(me(), seen, already.earlier.id)  # it may still be taken back
        return render_template(
            "cases/released_already.html", case=seen, earlier=earlier, kept=kept_form()
        ), 409
    return done(seen, form, _("Released to %(name)s.", name=target.name), page.leaving(""))


@blueprint.post("/cases/<number>/messages/<int:message_id>/withdrawal")
def take_back(number: str, message_id: int) -> Any:
    """Take back what has not left yet."""
    seen = case_or_404(number)
    form = work_forms.PortalForm(prefix="plain-")
    try:
        outgoing.take_back(me(), seen.id, message_id)
    except LookupError:
        abort(404)
    return done(seen, form, _("Taken back."), _("Nobody but you has seen it; your text is still there."))
