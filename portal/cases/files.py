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
from typing import Any, BinaryIO, Protocol
from urllib.parse import quote

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import insert

from portal.cases import pictures, storage
from portal.cases.models import Attachment, Message
from portal.extensions import db

OCTETS = "application/octet-stream"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_OLE = "application/x-ole-storage"
_ARCHIVE = "application/x-archive"
_WINDOWS = "application/x-msdownload"
_EXECUTABLE = "application/x-executable"
_SCRIPT = "application/x-sh"
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


class Limits(Protocol):
    """What we ask of the settings."""

    @property
    def file_mb(self) -> int: ...
    @property
    def files(self) -> int: ...


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


def check(uploads: Iterable[Upload], limits: Limits | None = None) -> list[Taken]:
    """All files or none: raises `FileRefused` for the first that cannot be taken. Stores nothing."""
    limits = limits or current_app.config["SETTINGS"]
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
    claimed, families = _CLAIMS.get(extension, (OCTETS, []))
    found = recognise(data)
    family = _family(found)
    if "program" in families or (family in PROGRAMS and not families):
        raise FileRefused(name, "program")
    if not families:
        return OCTETS
    if family == "other" and _confirmed(data, extension, families):
        return claimed
    if family not in families:
        raise FileRefused(name, "mismatch", claimed=NOUNS[families[0]], found=NOUNS[family])
    return claimed if found in _GENERIC and family == families[0] else found


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
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
    if not preview:
        kind = attachment.media_type if attachment.media_type in DOWNLOADED_AS else OCTETS
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


def recognise(data: bytes) -> str:
    """The media type of the content, whatever it is called; OCTETS when it is none we know."""
    return _program(data) or _signed(data) or _textual(data) or OCTETS


_BINARIES = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"dex\n0",
)
"""ELF, Mach-O in four sorts, universal Mach-O and Java classes, Android."""


def _program(data: bytes) -> str | None:
    if (data.startswith(b"MZ") and b"\0" in data[:128]) or data.startswith(b"L\0\0\0\x01\x14\x02\0"):
        return _WINDOWS
    if data.startswith(_BINARIES):
        return _EXECUTABLE
    return _SCRIPT if re.match(rb"(\xef\xbb\xbf)?#!\s*/", data) else None


_SIGNATURES = (
    (rb"\xff\xd8\xff", "image/jpeg"),
    (rb"\x89PNG\r\n\x1a\n", "image/png"),
    (rb"GIF8[79]a", "image/gif"),
    (rb"RIFF....WEBP", "image/webp"),
    (rb"II\*\0|MM\0\*", "image/tiff"),
    (rb"BM.{4}\0{4}.{4}[\x0c\x28\x34\x38\x40\x6c\x7c]\0{3}", "image/bmp"),
    (rb"\0...ftyp(heic|heix|heim|heis|hevc|hevx|mif1|msf1)", "image/heic"),
    (rb"\0...ftypavi[fs]", "image/avif"),
    (rb"\0...(ftypqt  |moov|mdat|wide|free)", "video/quicktime"),
    (rb"\0...ftypM4[AB] ", "audio/mp4"),
    (rb"\0...ftyp", "video/mp4"),
    (rb"\s*(\xef\xbb\xbf)?%PDF-", "application/pdf"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLE),
    (rb"7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|\x1f\x8b\x08|BZh[1-9]1AY|\xfd7zXZ\0", _ARCHIVE),
    (rb"\{\\rtf", "application/rtf"),
    *(
        (rb"PK\x03\x04.{26}mimetype" + re.escape(f"{_ODF}{kind}".encode()), _ODF + kind)
        for kind in ("text", "spreadsheet", "presentation")
    ),
)


def _signed(data: bytes) -> str | None:
    """By the first bytes; zip archives by what is in them."""
    for pattern, media_type in _SIGNATURES:
        if re.match(pattern, data, re.DOTALL):
            return media_type
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    # Some scanners write a line of their own before a PDF; a text about PDF has no control characters.
    return "application/pdf" if b"%PDF-" in data[:1024] and _CONTROL.search(data) else None


_OFFICE_FOLDERS = (
    (b"word/", "wordprocessingml.document"),
    (b"xl/", "spreadsheetml.sheet"),
    (b"ppt/", "presentationml.presentation"),
)


def _zipped(data: bytes) -> str:
    members = _members(data)
    for folder, kind in _OFFICE_FOLDERS:
        if b"[Content_Types].xml" in members and any(member.startswith(folder) for member in members):
            return _OFFICE + kind
    return "application/zip"


def _members(data: bytes, most: int = 5000) -> set[bytes]:
    """Names in the directory at the end of a zip, read by hand: zipfile believes any number of entries."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    at = int.from_bytes(data[end + 16 : end + 20], "little")
    names: set[bytes] = set()
    for _ in range(most):
        if data[at : at + 4] != b"PK\x01\x02":
            break
        lengths = [int.from_bytes(data[at + field : at + field + 2], "little") for field in (28, 30, 32)]
        names.add(data[at + 46 : at + 46 + lengths[0]])
        at += 46 + sum(lengths)
    return names


_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HTML = re.compile(
    r"<(!doctype html|html|head|body|script|iframe|style|title|meta|table|div|p|a|h1|br|b|!--)\b"
)


def _textual(data: bytes) -> str | None:
    """Text in UTF-8, in UTF-16 with its mark, or in any one-byte alphabet: no control characters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = data[:4096].decode("utf-16", "ignore")
        if _CONTROL.search(head.encode()):
            return None
    elif _CONTROL.search(data):
        return None
    else:
        head = data[:4096].decode("utf-8", "replace")
    head = head.lstrip("\ufeff \t\r\n").lower()
    if head.startswith("<"):
        if "<svg" in head:
            return "image/svg+xml"
        if _HTML.match(head) or "<html" in head:
            return "text/html"
    return "application/xml" if head.startswith("<?xml") else "text/plain"


def _confirmed(data: bytes, extension: str, families: list[str]) -> bool:
    """Whether the content, unknown to us, is what it claims to be to somebody who knows more formats."""
    import puremagic  # noqa: PLC0415 - seldom needed

    try:
        guesses = puremagic.magic_string(data)
    except (puremagic.PureError, ValueError):
        return False
    return any(
        guess.extension == f".{extension}" or _family(guess.mime_type) in families for guess in guesses
    )


def _family(media_type: str) -> str:
    """A key of NOUNS."""
    return _FAMILIES.get(media_type) or _MAIN_TYPES.get(media_type.partition("/")[0], "other")


# What a name claims: extensions, their media type, and the families of content that may be inside. The first
# family is what the extension says to people. A name we don't know claims nothing and is only downloaded.
_CLAIMS = {
    extension: (media_type, families.split())
    for extensions, media_type, families in (
        ("jpg jpeg jpe jfif", "image/jpeg", "picture"),
        ("png", "image/png", "picture"),
        ("gif", "image/gif", "picture"),
        ("webp", "image/webp", "picture"),
        ("heic heif", "image/heic", "picture"),
        ("avif", "image/avif", "picture"),
        ("tif tiff", "image/tiff", "picture"),
        ("bmp", "image/bmp", "picture"),
        ("pdf", "application/pdf", "pdf"),
        ("docx docm dotx", _OFFICE + "wordprocessingml.document", "word ole"),
        ("xlsx xlsm xltx", _OFFICE + "spreadsheetml.sheet", "sheet ole"),
        ("pptx pptm ppsx", _OFFICE + "presentationml.presentation", "slides ole"),
        ("odt", _ODF + "text", "word"),
        ("ods", _ODF + "spreadsheet", "sheet"),
        ("odp", _ODF + "presentation", "slides"),
        ("doc", "application/msword", "ole text word"),
        ("xls", "application/vnd.ms-excel", "ole text sheet"),
        ("ppt", "application/vnd.ms-powerpoint", "ole slides"),
        ("msg", "application/vnd.ms-outlook", "ole"),
        ("rtf", "application/rtf", "text"),
        ("zip", "application/zip", "zip word sheet slides"),
        ("7z rar gz tgz bz2 xz tar", OCTETS, "archive"),
        ("txt ini", "text/plain", "text"),
        ("log", "text/plain", "text other"),
        ("md", "text/markdown", "text"),
        ("csv tsv", "text/csv", "text"),
        ("json", "application/json", "text"),
        ("xml", "application/xml", "text"),
        ("htm html xhtml", "text/html", "text"),
        ("svg", "image/svg+xml", "text"),
        ("ics", "text/calendar", "text"),
        ("vcf", "text/vcard", "text"),
        ("eml", "message/rfc822", "text other"),
        ("step stp", "model/step", "text other"),
        ("iges igs", "model/iges", "text other"),
        ("dxf", "image/vnd.dxf", "text other"),
        ("stl", "model/stl", "other text"),
        ("dwg", "image/vnd.dwg", "other"),
        ("mp4 m4v", "video/mp4", "video audio"),
        ("mov", "video/quicktime", "video"),
        ("avi mkv webm wmv mpg mpeg", OCTETS, "video"),
        ("mp3 m4a wav ogg flac amr", OCTETS, "audio video"),
        # These run when somebody opens them, whatever is inside.
        ("exe com scr pif cpl dll msi bat cmd ps1 vbs vbe js jse wsf wsh hta lnk jar reg", OCTETS, "program"),
    )
    for extension in extensions.split()
}

_GENERIC = frozenset({OCTETS, "text/plain", _OLE, _ARCHIVE})
_MAIN_TYPES = {"image": "picture", "video": "video", "audio": "audio", "text": "text", "message": "text"}
_FAMILIES = {
    "image/svg+xml": "text",
    "application/xml": "text",
    "application/rtf": "text",
    "application/pdf": "pdf",
    "application/zip": "zip",
    _ARCHIVE: "archive",
    "application/x-tar": "archive",
    _OLE: "ole",
    _WINDOWS: "windows",
    _EXECUTABLE: "program",
    _SCRIPT: "script",
    _OFFICE + "wordprocessingml.document": "word",
    _OFFICE + "spreadsheetml.sheet": "sheet",
    _OFFICE + "presentationml.presentation": "slides",
    _ODF + "text": "word",
    _ODF + "spreadsheet": "sheet",
    _ODF + "presentation": "slides",
}
