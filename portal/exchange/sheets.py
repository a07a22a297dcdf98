"""A file as a table: which columns it has, and its rows one after the other, however long it is.

CSV is read here, as spreadsheets of three languages write it; Excel's own format in `excel`.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from portal.exchange import excel
from portal.exchange.letters import NAMES, encoding_of
from portal.exchange.wrong import Unreadable

LARGEST = 200_000_000
"""Bytes of a file."""
ROWS, COLUMNS = 1_000_000, 200
LONGEST_LINE = 2_000_000
SEPARATORS = ",;\t|"
GUARDED = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet."""
SAMPLE = 40
"""So many rows are looked at to find out what divides the cells."""


@dataclass(frozen=True)
class Row:
    """One row of a file. line: where it begins, as the file counts its lines; cells: stripped."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A table in a file. encoding: as people call it, "" for Excel's own; separator: "" there, too."""

    path: Path
    heads: tuple[str, ...]
    encoding: str = ""
    separator: str = ""
    name: str = ""
    """What the sheet of an Excel file is called."""
    _codec: str = field(default="", repr=False)

    def rows(self) -> Iterator[Row]:
        """The rows below the head that are not empty. Raises Unreadable where the file cannot be read."""
        found = _filled(self._all())
        next(found, None)
        for count, row in enumerate(found):
            if count == ROWS:
                raise Unreadable("too_many_rows", most=ROWS)
            yield row

    def _all(self) -> Iterator[Row]:
        if self.separator:
            return _records(self.path, self._codec, self.separator)
        return (Row(line, cells) for line, cells in excel.rows(self.path))

    @property
    def decimal(self) -> str:
        """The sign before the fraction of a number, where the file leaves no doubt; else ""."""
        return "." if not self.separator else "," if self.separator == ";" else ""


def open_sheet(path: Path) -> Sheet:
    """The table in a file, judged by its content, whatever its name. Raises Unreadable."""
    size = path.stat().st_size
    if size > LARGEST:
        raise Unreadable("too_large", mb=LARGEST // 1_000_000)
    if not size:
        raise Unreadable("empty")
    with path.open("rb") as file:
        magic = file.read(8)
    if magic.startswith(b"PK"):
        return _headed(Sheet(path, (), name=excel.looked_into(path)))
    if magic.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("old_excel")
    if magic.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"GIF8", b"Rar!", b"7z\xbc\xaf")):
        raise Unreadable("no_table")
    codec = encoding_of(path)
    separator = _separator(path, codec)
    return _headed(Sheet(path, (), NAMES[codec], separator, _codec=codec))


def _headed(sheet: Sheet) -> Sheet:
    """The sheet with its heads, out of its first row that is not empty."""
    found = _filled(sheet._all())  # noqa: SLF001 - our own
    first = next(found, None)
    if first is None:
        raise Unreadable("empty")
    heads = list(first.cells)
    while heads and not heads[-1]:
        heads.pop()
    if len(heads) > COLUMNS:
        raise Unreadable("too_many_columns", found=len(heads), most=COLUMNS)
    named = [head.casefold() for head in heads if head]
    for head in heads:
        if head and named.count(head.casefold()) > 1:
            raise Unreadable("same_heads", head=head)
    if next(found, None) is None:
        raise Unreadable("only_a_head")
    return Sheet(sheet.path, tuple(heads), sheet.encoding, sheet.separator, sheet.name, sheet._codec)  # noqa: SLF001


def _filled(rows: Iterator[Row]) -> Iterator[Row]:
    return (row for row in rows if any(row.cells))


def _lines(file: io.TextIOWrapper) -> Iterator[str]:
    number = 1
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise Unreadable("long_line", line=number)
        if "\0" in line:
            raise Unreadable("nul", line=number)
        yield line
        number += 1


def _records(path: Path, codec: str, separator: str, strict: bool = True) -> Iterator[Row]:
    """Every record with the line it begins on, also when cells hold line breaks."""
    with path.open(encoding=codec, newline="") as file:
        lines = _lines(file)
        if codec.startswith("utf-16-"):
            lines = (line.removeprefix("\ufeff") for line in lines)
        said = 0
        first = next(lines, "")
        if _says(first):
            said = 1
        else:
            lines = _again(first, lines)
        reader = csv.reader(lines, delimiter=separator, strict=strict)
        begins = 1 + said
        try:
            for cells in reader:
                yield Row(begins, tuple(_typed(cell) for cell in cells))
                begins = reader.line_num + said + 1
        except csv.Error as error:
            code = "huge_cell" if "field limit" in str(error) else "quotes"
            raise Unreadable(code, line=begins) from error


def _typed(cell: str) -> str:
    """The cell without what keeps a spreadsheet from reckoning it, as our own exports write it: '+385 1 …"""
    bare = cell.strip()
    return bare[1:].strip() if bare[:1] == "'" and bare[1:2] in GUARDED else bare


def _again(first: str, lines: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from lines


def _says(line: str) -> str:
    """The separator that a first line such as "sep=;" names; "" for any other line."""
    bare = line.rstrip("\r\n").strip('"')
    return bare[4:5] if bare.lower().startswith("sep=") and bare[4:5] in SEPARATORS and bare[4:5] else ""


def _separator(path: Path, codec: str) -> str:
    """What divides the cells: what the file says, else what makes the most even table of its first rows."""
    with path.open(encoding=codec, newline="") as file:
        said = _says(next(_lines(file), "").removeprefix("\ufeff"))
    return said or max(SEPARATORS, key=lambda sign: _evenness(path, codec, sign))


def _evenness(path: Path, codec: str, sign: str) -> tuple[float, int]:
    """(share of rows as wide as the head, its width): a head of one cell is no table of this sign."""
    try:
        rows = list(islice(_filled(_records(path, codec, sign, strict=False)), SAMPLE))
    except Unreadable as error:
        if error.code == "nul":
            raise
        return 0.0, 0
    width = len(rows[0].cells) if rows else 0
    if width < 2:
        return 0.0, 0
    return sum(1 for row in rows if len(row.cells) == width) / len(rows), width
