"""Files people send: judged by their content, kept by its hash, never run in our origin.

`check` looks at uploads and refuses with a sentence for the person, before anything is stored; `attach`
stores what it took; `serving` gives the headers under which a file may leave. Who may have it is decided in
visibility.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO
from urllib.parse import quote

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert

from portal.cases import contents, pictures, storage
from portal.cases.models import Attachment, Message
from portal.config import Settings
from portal.extensions import db
from portal.identity import installation

PREVIEWED = frozenset(f"image/{kind}" for kind in ("jpeg", "png", "gif", "webp", "bmp", "tiff"))
DOWNLOADED_AS = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "text/plain", "text/csv"})
"""Everything else leaves as octets: no browser has an idea what to do with those."""

PROGRAMS = frozenset({"windows", "program", "script"})
NOUNS = {
    "picture": _l("a picture"),
    "pdf": _l("a PDF document"),
    "word": _l("a text document"),
    "sheet": _l("a spreadsheet"),
    "slides": _l("a presentation"),
    "ole": _l("an old Office document"),
    "zip": _l("a zip archive"),
    "archive": _l("an archive"),
    "text": _l("plain text"),
    "video": _l("a video"),
    "audio": _l("a sound recording"),
    "windows": _l("a Windows program"),
    "program": _l("a program"),
    "script": _l("a script"),
    "other": _l("something else"),
}
SENTENCES = {
    "too_many": _l("At most %(files)s files at once. Nothing was stored."),
    "too_large": _l("%(name)s is larger than %(mb)s MB. Nothing was stored."),
    "empty": _l("%(name)s is empty. Nothing was stored."),
    "program": _l("%(name)s is a program or a script, which we don't take. Nothing was stored."),
    "mismatch": _l("%(name)s says it is %(claimed)s, but its content is %(found)s. Nothing was stored."),
    "too_many_pixels": _l("%(name)s has more than %(millions)s million pixels. Nothing was stored."),
    "not_a_picture": _l("%(name)s cannot be opened as a picture. Nothing was stored."),
}


@dataclass(frozen=True)
class Upload:
    """A file as it arrives, from a form, a mail or the API: nothing about it is believed."""

    name: str
    data: bytes | BinaryIO

    def read(self, most: int) -> bytes:
        """At most so many bytes, however many a stream has or says it has."""
        if isinstance(self.data, bytes):
            return self.data[:most]
        parts: list[bytes] = []
        while most > 0 and (part := self.data.read(most)):
            parts.append(part)
            most -= len(part)
        return b"".join(parts)


@dataclass(frozen=True)
class Taken:
    """A file that passed `check`, with a safe copy to show if it is a picture."""

    name: str
    media_type: str
    size: int
    data: bytes
    preview: bytes | None = None


class FileRefused(ValueError):
    """A file is not taken; `reason_code` is a key of SENTENCES."""

    def __init__(self, name: str, reason_code: str, **facts: Any) -> None:
        super().__init__(name, reason_code)
        self.name, self.reason_code, self.facts = name, reason_code, facts

    @property
    def sentence(self) -> str:
        """Why, in the language of whoever reads it."""
        return str(SENTENCES[self.reason_code]) % {"name": self.name, **self.facts}


def check(uploads: Iterable[Upload], limits: Settings | installation.Chosen | None = None) -> list[Taken]:
    """All files or none: raises `FileRefused` for the first that cannot be taken. Stores nothing.

    limits: other settings than the installation's.
    """
    limits = limits or installation.chosen()
    cap = limits.file_mb * 1_000_000
    chosen: list[tuple[str, bytes]] = []
    for upload in uploads:
        data = upload.read(cap + 1)
        if not data and not upload.name:
            continue  # a form without a file chosen sends this
        name = clean(upload.name)
        if len(chosen) == limits.files:
            raise FileRefused(name, "too_many", files=limits.files)
        if len(data) > cap:
            raise FileRefused(name, "too_large", mb=limits.file_mb)
        if not data:
            raise FileRefused(name, "empty")
        chosen.append((name, data))
    return [_taken(name, data) for name, data in chosen]


def clean(name: str, longest: int = 150) -> str:
    """A name without folders, control characters and tricks with writing direction; never empty."""
    base = re.split(r"[/\\]", name)[-1]
    shown = unicodedata.normalize("NFC", "".join(c for c in base if not _unseen(c)))
    whole = " ".join(shown.split()).strip(". ")
    extension = PurePath(whole).suffix
    if len(extension) > 20:
        extension = ""
    return whole.removesuffix(extension)[: longest - len(extension)].rstrip() + extension or "file"


def _unseen(c: str) -> bool:
    """Control characters, halves of characters, and marks that turn or hide what follows."""
    return unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or bool(_DIRECTION.match(c))


_DIRECTION = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def _taken(name: str, data: bytes) -> Taken:
    media_type = _judged(name, data)
    preview = None
    if media_type in PREVIEWED:
        try:
            preview = pictures.preview(data)
        except pictures.TooManyPixels as error:
            raise FileRefused(name, "too_many_pixels", millions=pictures.PIXELS // 1_000_000) from error
        except pictures.NotAPicture as error:
            raise FileRefused(name, "not_a_picture") from error
    return Taken(name, media_type, len(data), data, preview)


def _judged(name: str, data: bytes) -> str:
    """The media type to remember; refuses programs, and content that contradicts the name."""
    extension = PurePath(name).suffix[1:].lower()
    claimed, families = contents.CLAIMS.get(extension, (contents.OCTETS, []))
    found = contents.recognise(data)
    family = contents.family_of(found)
    if "program" in families or (family in PROGRAMS and not families):
        raise FileRefused(name, "program")
    if not families:
        return contents.OCTETS
    if family == "other" and contents.confirmed(data, extension, families):
        return claimed
    if family not in families:
        raise FileRefused(name, "mismatch", claimed=NOUNS[families[0]], found=NOUNS[family])
    return claimed if found in contents.GENERIC and family == families[0] else found


def attach(message: Message, taken: Sequence[Taken]) -> list[Attachment]:
    """Store the files and attach them to the message: one statement for blobs, one for attachments."""
    if not taken:
        return []
    db.session.flush()
    hashes = storage.keep([*(file.data for file in taken), *(file.preview for file in taken if file.preview)])
    blobs, previews = hashes[: len(taken)], iter(hashes[len(taken) :])
    rows = [
        {
            "message_id": message.id,
            "lane_id": message.lane_id,
            "name": file.name,
            "media_type": file.media_type,
            "blob": blob,
            "preview": next(previews) if file.preview else None,
        }
        for file, blob in zip(taken, blobs, strict=True)
    ]
    # Said as one statement: the unit of work sends one for each row on SQLite, for the sake of their ids.
    attached = db.session.scalars(insert(Attachment).values(rows).returning(Attachment))
    return sorted(attached, key=lambda row: row.id)


def serving(attachment: Attachment, preview: bool) -> dict[str, str]:
    """Headers for the file itself, always a download, or for its preview; `storage.Missing` without one."""
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "HX-Reswap": "none",  # htmx looks at neither type nor disposition: it must not put a file into a page
    }
    if not preview:
        kind = attachment.media_type if attachment.media_type in DOWNLOADED_AS else contents.OCTETS
        disposition = _disposition("attachment", attachment.name)
        return {
            **headers,
            "Content-Type": kind,
            "Content-Disposition": disposition,
            "Cache-Control": "private, no-cache",
        }
    png = storage.read(attachment.preview or "", first=4) == b"\x89PNG"
    name = PurePath(attachment.name).stem + (".png" if png else ".jpg")
    return {
        **headers,
        "Content-Type": "image/png" if png else "image/jpeg",
        "Content-Disposition": _disposition("inline", name),
        "Cache-Control": "private, max-age=31536000, immutable",
    }


def _disposition(how: str, name: str) -> str:
    """RFC 6266: a name in ASCII for the oldest, and the real one as RFC 8187 says."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^\w.()+ -]", "_", plain).strip(" .") or "file"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='!#$&+-.^_`|~')}"
