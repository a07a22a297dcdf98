"""What can be taken away and who may: each as heads, a count, and rows in batches."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, false, func, literal, select

from portal.cases import exporting
from portal.cases.lists import Wanted
from portal.catalogue.models import Product, ProductGroup
from portal.clock import now
from portal.exchange.models import ExternalId
from portal.extensions import db
from portal.identity import segments
from portal.identity.models import RELATIONS, Membership, Organization, Person
from portal.identity.viewer import Viewer

BATCH = 1000
THINGS = ("cases", "organizations", "people", "products")
Rows = Iterator[list[tuple[Any, ...]]]
Take = Callable[[int | None], Rows]


@dataclass(frozen=True)
class Load:
    """What is about to be taken. rows: at most so many (None: all), in batches; count: up to a limit."""

    what: str
    heads: tuple[str, ...]
    rows: Take
    count: Callable[[int], int]


def may_take(viewer: Viewer, what: str) -> bool:
    """Everybody their own list of cases; the company's lists are for administrators."""
    return what == "cases" or (what in THINGS and viewer.administers)


def load(what: str, viewer: Viewer | None = None, filters: dict[str, Any] | None = None) -> Load:
    """What a viewer may take, or the shell. filters: of the list of cases, as `Export` keeps them."""
    if what == "cases":
        wanted = _wanted(filters or {})
        return Load(
            what,
            exporting.heads(viewer),
            lambda most: exporting.batches(viewer, wanted, most),
            lambda most: exporting.count(viewer, wanted, most),
        )
    heads, statement, key, shown = LISTS[what]()
    return Load(
        what, heads, lambda most: _batches(statement, key, shown, most), lambda most: _count(statement, most)
    )


def _wanted(filters: dict[str, Any]) -> Wanted:
    segment = None
    if filters.get("segment"):
        found = segments.find(int(filters["segment"]))
        segment = segments.members(found) if found else false()  # gone: nothing, and not everything
    return Wanted(state=filters.get("state"), kind=filters.get("kind"), segment=segment)


def _count(statement: Select[Any], most: int) -> int:
    some = statement.with_only_columns(literal(1)).order_by(None).limit(most).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def _batches(
    statement: Select[Any], key: Any, shown: Callable[[Any], tuple[Any, ...]], most: int | None
) -> Rows:
    after, left = 0, most
    while left is None or left > 0:
        size = BATCH if left is None else min(BATCH, left)
        rows = db.session.execute(statement.where(key > after).order_by(key).limit(size)).all()
        if rows:
            yield [shown(row) for row in rows]
        if len(rows) < size:
            return
        after, left = rows[-1][0], None if left is None else left - size


Listed = tuple[tuple[str, ...], Select[Any], Any, Callable[[Any], tuple[Any, ...]]]
"""Heads, the statement (the id first), the id to go on by, and how a row is shown."""


def _external(what: str, key: Any) -> Any:
    """What another system calls a row, the first name it gave."""
    names = select(func.min(ExternalId.external_id)).where(ExternalId.what == what, ExternalId.row_id == key)
    return func.coalesce(names.scalar_subquery(), "")


def _organizations() -> Listed:
    texts = (
        *("segment", "tier", "country", "domain", "vat", "phone", "fax"),
        *("street", "postal_code", "city", "region", "spend"),
    )
    columns = [getattr(Organization, name) for name in texts]
    relations = [getattr(Organization, name) for name in RELATIONS]
    external = _external("organizations", Organization.id)
    statement = select(Organization.id, external, Organization.name, *relations, *columns).where(
        ~Organization.ours, Organization.archived_at > now()
    )

    def shown(row: Any) -> tuple[Any, ...]:
        key, external, name, customer, partner, supplier, *rest = row
        held = zip(RELATIONS, (customer, partner, supplier), strict=True)
        return (external or f"portal-{key}", name, ", ".join(word for word, yes in held if yes), *rest)

    return ("external_id", "name", "relation", *texts), statement, Organization.id, shown


def _people() -> Listed:
    heads = ("external_id", "name", "email", "organization_id", "organization", "title", "phone", "language")
    statement = (
        select(
            *(Membership.id, _external("people", Person.id), Person.name, Person.email),
            *(_external("organizations", Organization.id), Organization.name, Membership.title),
            *(Person.phone, Person.language, Membership.manager, Membership.sees, Person.has_address),
        )
        .join(Person, Person.id == Membership.person_id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(
            and_(~Organization.ours, Organization.archived_at > now(), Membership.until > now()),
            Person.deactivated_at > now(),
        )
    )

    def shown(row: Any) -> tuple[Any, ...]:
        _, external, name, email, *rest, manager, sees, has_address = row
        return (external, name, email if has_address else "", *rest, "yes" if manager else "no", sees)

    return (*heads, "manager", "sees"), statement, Membership.id, shown


def _products() -> Listed:
    moment = now()
    statement = select(
        *(Product.id, _external("products", Product.id), Product.code, Product.name, ProductGroup.name),
        *(Product.list_price, Product.currency, Product.archived_at),
    ).outerjoin(ProductGroup, ProductGroup.id == Product.group_id)

    def shown(row: Any) -> tuple[Any, ...]:
        _, external, code, *rest, archived = row
        return (external or code, code, *rest, "yes" if archived <= moment else "no")

    heads = ("external_id", "code", "name", "group", "price", "currency", "archived")
    return heads, statement, Product.id, shown


LISTS: dict[str, Callable[[], Listed]] = {
    "organizations": _organizations,
    "people": _people,
    "products": _products,
}
