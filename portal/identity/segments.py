"""Segments: organizations that have something in common, found anew each time one asks.

Conditions are lists by name; of one list any is enough, and all lists must hold. None says: everybody.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.exc import IntegrityError

from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.models import RELATIONS, Organization, OrganizationTag, Segment
from portal.identity.organizations import SPEND
from portal.identity.people import one_line

UNKNOWN = "unknown"
"""Among classes of spend: those nobody knows one of."""
NAMES = ("relations", "countries", "tags", "spend", "tiers", "industries", "domains")
"""What conditions may be about, in the order they are told."""


class NameTaken(ValueError):
    """Another segment is called so."""


def conditions(given: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """As they are stored: only what is known, without empty words, each once."""
    kept = {name: sorted({one_line(word, 200) for word in given.get(name, ())} - {""}) for name in NAMES}
    kept["relations"] = [word for word in kept["relations"] if word in RELATIONS]
    kept["spend"] = [word for word in kept["spend"] if word in (*SPEND, UNKNOWN)]
    kept["countries"] = [word for word in kept["countries"] if len(word) == 2]
    return {name: words for name, words in kept.items() if words}


def condition(given: Mapping[str, Any]) -> ColumnElement[bool]:
    """The outer query's Organization is an outside one that these conditions hold for."""
    wanted = conditions(given)
    parts = [~Organization.ours, *(_PARTS[name](words) for name, words in wanted.items())]
    return and_(*parts)


def members_of(given: Mapping[str, Any]) -> Select[Organization]:
    """The organizations in use that conditions hold for."""
    return select(Organization).where(Organization.archived_at > now(), condition(given))


def members(segment: Segment) -> ColumnElement[bool]:
    """The outer query's Organization is in the segment."""
    return condition(segment.conditions)


def _any_relation(words: list[str]) -> ColumnElement[bool]:
    return or_(*(getattr(Organization, word) for word in words))


def _any_tag(words: list[str]) -> ColumnElement[bool]:
    tagged = OrganizationTag.organization_id == Organization.id, OrganizationTag.tag.in_(words)
    return exists().where(*tagged).correlate(Organization)


def _any_spend(words: list[str]) -> ColumnElement[bool]:
    return Organization.spend.in_(["" if word == UNKNOWN else word for word in words])


def _any_domain(words: list[str]) -> ColumnElement[bool]:
    """The domain itself, or one below it: "example.com" takes "shop.example.com", "pt" all that end so."""
    bare = [word.lower().lstrip(".") for word in words]
    below = (Organization.domain.endswith(f".{word}", autoescape=True) for word in bare)
    return or_(Organization.domain.in_(bare), *below)


def _any_written(column: Any) -> Any:
    return lambda words: func.lower(column).in_(
        [spelling for word in words for spelling in (word, word.lower())]
    )


_PARTS: dict[str, Any] = {
    "relations": _any_relation,
    "countries": Organization.country.in_,
    "tags": _any_tag,
    "spend": _any_spend,
    "tiers": _any_written(Organization.tier),
    "industries": _any_written(Organization.segment),
    "domains": _any_domain,
}


def in_use() -> list[Segment]:
    """The segments in use, by name."""
    return list(
        db.session.scalars(
            select(Segment).where(Segment.archived_at > now()).order_by(func.lower(Segment.name), Segment.id)
        )
    )


def chosen(number: str | None) -> tuple[Segment | None, list[Segment]]:
    """The segment a filter names, and all there are to choose from; without a filter nothing is asked."""
    offered = [] if number is None else in_use()
    return next((each for each in offered if str(each.id) == number), None), offered


def find(segment_id: int) -> Segment | None:
    """The segment with this id, when it is in use."""
    found = db.session.get(Segment, segment_id) if 0 < segment_id < 2**63 else None
    return found if found is not None and found.archived_at > now() else None


def counts(several: Iterable[Segment]) -> dict[int, int]:
    """How many organizations in use each has: one statement for all."""
    columns = [
        select(func.count())
        .select_from(members_of(segment.conditions).subquery())
        .scalar_subquery()
        .label(str(segment.id))
        for segment in several
    ]
    if not columns:
        return {}
    row = db.session.execute(select(*columns)).mappings().one()
    return {int(name): number for name, number in row.items()}


def create(name: str, given: Mapping[str, Iterable[str]]) -> Segment:
    """A new segment. Raises NameTaken."""
    segment = Segment(name=one_line(name, 80), conditions=conditions(given))
    try:
        with db.session.begin_nested():
            db.session.add(segment)
    except IntegrityError as error:
        raise NameTaken(name) from error
    return segment


def describe(segment: Segment, name: str, given: Mapping[str, Iterable[str]]) -> None:
    """Another name, other conditions. Raises NameTaken."""
    try:
        with db.session.begin_nested():
            segment.name, segment.conditions = one_line(name, 80), conditions(given)
    except IntegrityError as error:
        raise NameTaken(name) from error


def archive(segment: Segment) -> None:
    """It is no longer offered; nothing else changes, for it only finds."""
    segment.archived_at = now()
    db.session.flush()


def restore(segment: Segment) -> None:
    """It is offered again."""
    segment.archived_at = NEVER
    db.session.flush()
