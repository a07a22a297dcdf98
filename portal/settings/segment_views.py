"""Segments: which there are, how many are in each, made and changed with a look at who would be in."""

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp
from sqlalchemy import func, select
from wtforms import BooleanField, SelectMultipleField
from wtforms.validators import DataRequired, Length

from portal.clock import now
from portal.extensions import db
from portal.forms import PortalForm
from portal.identity import organizations as known
from portal.identity import segments
from portal.identity.models import Organization, Segment
from portal.identity.organizations import SPEND
from portal.identity.segments import NameTaken
from portal.settings import lists
from portal.settings.fields import LineField, TicksField, choices
from portal.settings.forms import RELATIONS, TOO_LONG
from portal.settings.room import blueprint, commit_once, one
from portal.settings.segment_words import country, sentence
from portal.web import see, tell

SHOWN = 10
"""So many of those who would be in are named."""


class WordsField(LineField):
    """Words between commas."""

    @property
    def words(self) -> list[str]:
        return [word.strip() for word in (self.data or "").split(",")]


class SegmentForm(PortalForm):
    """look: the button that shows who would be in, and keeps nothing."""

    name = LineField(
        _lp("thing", "Name"), [DataRequired(_l("Give it a name.")), Length(max=80, message=TOO_LONG)]
    )
    relations = TicksField(_l("What they are to us"), choices=choices(RELATIONS))
    countries = SelectMultipleField(_l("Countries"), description=_l("Those that occur among organizations."))
    spend = TicksField(
        _l("Spend class"),
        choices=choices([*((each, each) for each in SPEND), (segments.UNKNOWN, _l("not known"))]),
    )
    tags = WordsField(
        _l("Tags"), [Length(max=1000, message=TOO_LONG)], description=_l("With commas between.")
    )
    tiers = WordsField(
        _l("Tiers"), [Length(max=1000, message=TOO_LONG)], description=_l("With commas between.")
    )
    industries = WordsField(
        _l("Segment words"), [Length(max=1000, message=TOO_LONG)], description=_l("With commas between.")
    )
    domains = WordsField(
        _l("Web domains"),
        [Length(max=1000, message=TOO_LONG)],
        description=_l("Such as example.com; pt takes all that end in .pt."),
    )
    look = BooleanField(_l("Only look"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = select(Organization.country).where(Organization.country != "").distinct()
        codes = set(db.session.scalars(there)) | set(kwargs.get("countries", ()))
        self.countries.choices = choices(
            sorted(((code, country(code)) for code in codes), key=lambda pair: pair[1])
        )

    def conditions(self) -> dict[str, Any]:
        """What was chosen and typed, as a segment keeps it."""
        chosen = {name: self[name].data or [] for name in ("relations", "countries", "spend")}
        typed = {name: self[name].words for name in ("tiers", "industries", "domains")}
        tags = [known.tag(word) for word in self.tags.words]
        return segments.conditions({**chosen, **typed, "tags": tags})


def _filled(segment: Segment) -> dict[str, Any]:
    """What the form shows of a segment that is there."""
    kept = segments.conditions(segment.conditions)
    typed = {name: ", ".join(kept.get(name, ())) for name in ("tags", "tiers", "industries", "domains")}
    return {"name": segment.name, **kept, **typed}


@blueprint.get("/segments/", endpoint="segments")
def listing() -> Any:
    ordered = select(Segment).order_by(Segment.archived_at <= now(), func.lower(Segment.name), Segment.id)
    several = list(db.session.scalars(ordered))
    return render_template(
        "settings/segments.html",
        segments=several,
        counts=segments.counts(several),
        sentence=sentence,
        moment=now(),
    )


@blueprint.route("/segments/new", methods=["GET", "POST"])
def new_segment() -> Any:
    form = SegmentForm()
    if form.validate_on_submit() and not form.look.data:
        try:
            made = segments.create(form.name.data, form.conditions())
        except NameTaken:
            form.name.errors = [_("Another segment is called so.")]
        else:
            tell(_("Saved."), sentence(made.conditions))
            return commit_once(form, "settings.segments")
    return _form_page(form, None)


@blueprint.route("/segments/<int:segment_id>/", methods=["GET", "POST"])
def segment(segment_id: int) -> Any:
    found = one(Segment, segment_id)
    form = SegmentForm(**_filled(found))
    if form.validate_on_submit() and not form.look.data:
        try:
            segments.describe(found, form.name.data, form.conditions())
        except NameTaken:
            form.name.errors = [_("Another segment is called so.")]
        else:
            db.session.commit()
            tell(_("Saved."), sentence(found.conditions))
            return see("settings.segments")
    return _form_page(form, found)


def _form_page(form: SegmentForm, found: Segment | None) -> Any:
    """The form, beside it who would be in as it stands."""
    if form.look.data:
        form.name.errors = []  # to look, it needs no name yet
    wanted = form.conditions()
    inside = segments.members_of(wanted)
    words, tiers = lists.segments_and_tiers()
    page = render_template(
        "settings/segment.html",
        form=form,
        segment=found,
        archived=found is not None and found.archived_at <= now(),
        sentence=sentence(wanted),
        count=db.session.scalar(select(func.count()).select_from(inside.subquery())),
        some=list(db.session.scalars(inside.order_by(func.lower(Organization.name)).limit(SHOWN))),
        known={"tags": known.tags_in_use(), "tiers": tiers, "industries": words},
    )
    return page, 422 if form.errors else 200


@blueprint.post("/segments/<int:segment_id>/archive")
def archive_segment(segment_id: int) -> Any:
    found = one(Segment, segment_id)
    segments.archive(found)
    db.session.commit()
    undo = url_for("settings.restore_segment", segment_id=found.id)
    tell(_("%(name)s is archived.", name=found.name), _("Lists no longer offer it."), undo=undo)
    return see("settings.segments")


@blueprint.post("/segments/<int:segment_id>/restore")
def restore_segment(segment_id: int) -> Any:
    found = one(Segment, segment_id)
    segments.restore(found)
    db.session.commit()
    tell(_("%(name)s is back.", name=found.name))
    return see("settings.segments")
