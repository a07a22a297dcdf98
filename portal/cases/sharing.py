"""What goes from one lane into another: copies of files without what they carry, and a look at what is left.

A copy is a new attachment of the new message. Of a picture it is the safe copy: pixels only, at most 1600
pixels wide, without place, camera or author, under a name that says nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from sqlalchemy import insert, select

from portal.cases.files import clean
from portal.cases.models import Attachment, Lane, Message, Party
from portal.cases.visibility import lanes_for
from portal.extensions import db
from portal.identity.models import Membership, Organization, Person
from portal.identity.viewer import Viewer


@dataclass(frozen=True)
class Chosen:
    """A file that goes along, under the name it gets there."""

    attachment: Attachment
    name: str


@dataclass(frozen=True)
class Named:
    """Somebody of a third party whose name stands in what is about to be shared. where: a code or a file."""

    name: str
    where: str


def plain_name(attachment: Attachment, place: int) -> str:
    """A name that gives nothing away: photo-1.jpg, file-2.pdf."""
    if attachment.preview:
        return f"photo-{place}{'.png' if attachment.media_type in ('image/png', 'image/gif') else '.jpg'}"
    return f"file-{place}{PurePath(attachment.name).suffix.lower()}"


def attach_copies(message: Message, chosen: Sequence[Chosen]) -> None:
    """Attach copies of the chosen files to a message: nothing is stored anew. One statement."""
    if not chosen:
        return
    rows = [
        {
            "message_id": message.id,
            "lane_id": message.lane_id,
            "name": clean(each.name),
            "media_type": "image/jpeg" if each.attachment.preview else each.attachment.media_type,
            "blob": each.attachment.preview or each.attachment.blob,
            "preview": each.attachment.preview,
        }
        for each in chosen
    ]
    db.session.execute(insert(Attachment).values(rows))


def third_parties(viewer: Viewer, case_id: int, organization_id: int) -> list[str]:
    """The names that must not stand in what one organization gets: the others' companies and people.

    As far as the viewer knows of them: a warning must not tell who else was asked in confidence.
    """
    known = lanes_for(viewer, case_id).with_only_columns(Lane.party_id).order_by(None)
    others = (
        select(Organization.id, Organization.name)
        .join(Party, Party.organization_id == Organization.id)
        .where(Party.id.in_(known), Organization.id != organization_id)
    )
    companies = {row[0]: row[1] for row in db.session.execute(others)}
    people = (
        select(Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organization_id.in_(companies))
        .order_by(Person.name)
        .limit(500)
    )
    return [*companies.values(), *db.session.scalars(people)]


def given_away(names: Iterable[str], parts: Mapping[str, str]) -> list[Named]:
    """Which of the names stand in the parts (where → text), whatever their case and accents.

    A person is recognised by either name when it has four letters or more, as is a company by its first word.
    """
    found: list[Named] = []
    folded = {where: f" {_folded(text)} " for where, text in parts.items()}
    for name in names:
        words = [word for word in _folded(name).split() if len(word) >= 4]
        needles = [_folded(name), *words[:1], *words[-1:]] if words else [_folded(name)]
        for where, text in folded.items():
            if any(needle and f" {needle} " in text for needle in needles):
                found.append(Named(name, where))
    return found


def _folded(text: str) -> str:
    """Lower case, without accents, words parted by single blanks."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c))))
