"""What a file is, found from its content and weighed against what its name claims."""

import re

OCTETS = "application/octet-stream"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_OLE = "application/x-ole-storage"
_ARCHIVE = "application/x-archive"
_WINDOWS = "application/x-msdownload"
_EXECUTABLE = "application/x-executable"
_SCRIPT = "application/x-sh"


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


def confirmed(data: bytes, extension: str, families: list[str]) -> bool:
    """Whether the content, unknown to us, is what it claims to be to somebody who knows more formats."""
    import puremagic  # noqa: PLC0415 - seldom needed

    try:
        guesses = puremagic.magic_string(data)
    except (puremagic.PureError, ValueError):
        return False
    return any(
        guess.extension == f".{extension}" or family_of(guess.mime_type) in families for guess in guesses
    )


def family_of(media_type: str) -> str:
    """A key of NOUNS."""
    return _FAMILIES.get(media_type) or _MAIN_TYPES.get(media_type.partition("/")[0], "other")


# What a name claims: extensions, their media type, and the families of content that may be inside. The first
# family is what the extension says to people. A name we don't know claims nothing and is only downloaded.
CLAIMS = {
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

GENERIC = frozenset({OCTETS, "text/plain", _OLE, _ARCHIVE})
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
