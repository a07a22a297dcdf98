"""Organizations and people that look like one known twice: pairs with the reasons, the surest first.

What somebody looked at and called two does not come again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from portal.clock import now
from portal.extensions import db, insert_or
from portal.identity.models import Membership, NotDuplicates, Organization, Person
from portal.identity.names import company, mailbox, person, phone
from portal.identity.resembling import resembling, sharing
from portal.identity.vat import standard

_FREE = (
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com me.com aol.com "
    "gmx.net gmx.de gmx.at web.de t-online.de freenet.de mail.com proton.me protonmail.com zoho.com "
    "yandex.ru mail.ru sapo.pt iol.pt net.hr inet.hr vip.hr t-com.hr email.t-com.hr optinet.hr siol.net "
    "libero.it orange.fr free.fr laposte.net wanadoo.fr seznam.cz centrum.cz wp.pl o2.pl onet.pl uol.com.br "
    "bol.com.br terra.com.br hotmail.co.uk yahoo.co.uk yahoo.com.br live.com.pt hotmail.it "
    "hotmail.fr bluewin.ch"
)
FREE_MAIL = frozenset(_FREE.split())
"""Domains everybody may have a mailbox at: they say nothing about who somebody is."""

WEIGHTS = {"vat": 0.95, "mailbox": 0.9, "domain": 0.8, "name": 0.8, "phone": 0.6, "similar": 0.5}
"""How much each reason says by itself; together they say more."""


@dataclass(frozen=True)
class Reason:
    """code: vat | domain | phone | name | similar | mailbox; what: the fact that is the same."""

    code: str
    what: str


@dataclass(frozen=True)
class Pair:
    """Two that look like one. strength: 0 to 1."""

    first_id: int
    second_id: int
    reasons: tuple[Reason, ...]
    strength: float


Found = tuple[int, int, Reason]


def organizations() -> list[Pair]:
    """Pairs of outside organizations in use: two statements, whatever their number."""
    rows = db.session.execute(
        select(
            Organization.id,
            Organization.name,
            Organization.domain,
            Organization.vat,
            Organization.country,
            Organization.phone,
        ).where(~Organization.ours, Organization.archived_at > now(), Organization.merged_into_id.is_(None))
    ).all()
    domains = [(row.id, row.domain.lower().removeprefix("www.")) for row in rows]
    found = [
        *_same("domain", ((key, domain) for key, domain in domains if domain not in FREE_MAIL)),
        *_same("vat", ((row.id, standard(row.vat, row.country)) for row in rows)),
        *_same("phone", ((row.id, phone(row.phone)) for row in rows)),
        *_named({row.id: company(row.name) for row in rows}),
    ]
    return _pairs("organization", found)


def people() -> list[Pair]:
    """Pairs of people who may sign in: five statements, whatever their number."""
    rows = db.session.execute(
        select(
            Person.id, Person.name, Person.email, Person.phone, Person.has_address.label("has_address")
        ).where(Person.deactivated_at > now(), Person.merged_into_id.is_(None))
    ).all()
    found = [
        *_same("phone", ((row.id, phone(row.phone)) for row in rows)),
        *_same("mailbox", ((row.id, mailbox(row.email)) for row in rows if row.has_address)),
    ]
    names = {row.id: person(row.name) for row in rows}
    for together in _together():
        found += _named({key: names[key] for key in together if key in names})
    return _pairs("person", list(dict.fromkeys(found)))


def _together() -> Iterator[set[int]]:
    """The people of each organization, and of two organizations that look like one."""
    acting: dict[int, set[int]] = defaultdict(set)
    for organization_id, person_id in db.session.execute(
        select(Membership.organization_id, Membership.person_id).where(Membership.until > now())
    ):
        acting[organization_id].add(person_id)
    yield from acting.values()
    for pair in organizations():
        yield acting[pair.first_id] | acting[pair.second_id]


def _same(code: str, facts: Iterable[tuple[int, str]]) -> list[Found]:
    return [(first, second, Reason(code, fact)) for first, second, fact in sharing(facts)]


def _named(names: Mapping[int, tuple[str, ...]]) -> list[Found]:
    return [
        (first, second, Reason("name" if much == 1 else "similar", " ".join(names[first])))
        for first, second, much in resembling(names)
    ]


def _pairs(what: str, found: Iterable[Found]) -> list[Pair]:
    """Put together what speaks for each pair, without those that are known to be two; the surest first."""
    said = select(NotDuplicates.first_id, NotDuplicates.second_id).where(NotDuplicates.what == what)
    different = {(first, second) for first, second in db.session.execute(said)}
    reasons: dict[tuple[int, int], list[Reason]] = defaultdict(list)
    for first, second, reason in found:
        if (first, second) not in different:
            reasons[first, second].append(reason)
    pairs = [
        Pair(*key, tuple(sorted(several, key=lambda each: -WEIGHTS[each.code])), _strength(several))
        for key, several in reasons.items()
    ]
    return sorted(pairs, key=lambda pair: (-pair.strength, pair.first_id, pair.second_id))


def _strength(reasons: Iterable[Reason]) -> float:
    doubt = 1.0
    for reason in reasons:
        doubt *= 1 - WEIGHTS[reason.code]
    return 1 - doubt


def are_two(what: str, one_id: int, other_id: int, said_by_id: int | None) -> None:
    """Somebody looked: they are two. Saying it again changes nothing.

    what: organization | person
    """
    first, second = sorted((one_id, other_id))
    values = {
        "what": what,
        "first_id": first,
        "second_id": second,
        "said_by_id": said_by_id,
        "said_at": now(),
    }
    db.session.execute(insert_or(NotDuplicates).values(**values).on_conflict_do_nothing())


def might_be_one(what: str, one_id: int, other_id: int) -> None:
    """Take back that they are two."""
    first, second = sorted((one_id, other_id))
    found = db.session.get(NotDuplicates, (what, first, second))
    if found is not None:
        db.session.delete(found)
        db.session.flush()
