"""Which letters the bytes of a text file stand for: UTF-8, UTF-16, or one of two old Windows encodings."""

import codecs
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from portal.exchange.wrong import Unreadable

CHUNK = 1 << 20
CROATIAN = "čćđČĆĐ".encode("cp1250")
"""Bytes that are letters of Croatian in Windows-1250; š and ž are the same bytes in both."""
WESTERN = "ãõÃÕêÊàÀñÑåÅøØ".encode("cp1252")
"""Bytes that are letters of Portuguese and its neighbours in Windows-1252; ç, á, é … are the same in both."""
NAMES = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1250": "Windows-1250",
    "cp1252": "Windows-1252",
}
"""What people call them, by Python's names."""


def encoding_of(path: Path) -> str:
    """Python's name of the encoding a whole file is in. Reads it a part at a time.

    Raises Unreadable with the line that is in another encoding than the lines before it.
    """
    with path.open("rb") as file:
        first = file.read(4096)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _valid(path, "utf-16")
    if wide := _wide(first):
        return _valid(path, wide)
    if _fits(path, "utf-8-sig") is None:
        return "utf-8-sig"
    return _valid(path, _old(path))


def _wide(first: bytes) -> str:
    """UTF-16 that does not say so: every other byte of plain letters is zero."""
    even, odd = first[0::2].count(0), first[1::2].count(0)
    half = len(first) // 2
    if odd > half * 0.4 and even <= half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd <= half * 0.05 else ""


def _valid(path: Path, encoding: str) -> str:
    line = _fits(path, encoding)
    if line is not None:
        raise Unreadable("unknown_letters", line=line)
    return encoding


def _fits(path: Path, encoding: str) -> int | None:
    """None when every byte is a letter in this encoding, else the line of the first that is none."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            try:
                line += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError as error:
                before = bytes(error.object[: error.start]).decode(encoding, "replace")
                return line + before.count("\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return None


def _old(path: Path) -> str:
    """Windows-1250 or -1252, whichever letters occur more. Raises Unreadable when some lines are UTF-8."""
    counts: Counter[int] = Counter()
    kinds: dict[bool, int] = {}
    with path.open("rb") as file:
        for number, line in enumerate(_lines(file), 1):
            if line.isascii():
                continue
            counts.update(line)
            kinds.setdefault(_is_utf8(line), number)
            if len(kinds) == 2:
                raise Unreadable("mixed", line=number)
    croatian, western = (sum(counts[byte] for byte in letters) for letters in (CROATIAN, WESTERN))
    return "cp1250" if croatian > western else "cp1252"


def _lines(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(CHUNK):  # a line without an end must not fill the memory
        yield line


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
