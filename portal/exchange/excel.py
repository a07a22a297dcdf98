"""Excel's own files (.xlsx): looked into before they are opened, then read row by row."""

import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from portal.exchange.wrong import Unreadable

UNPACKED = 400_000_000
"""Bytes of everything in the file when it is unpacked …"""
KEPT = 50_000_000
"""… and of each part that is kept in memory, such as its texts and styles; sheets are read row by row."""
WIDEST = 201
"""One column more than we take, so that a wider sheet is noticed."""


def looked_into(path: Path) -> str:
    """The name of the first sheet. Raises Unreadable for what is no such file, damaged or far too large."""
    try:
        with ZipFile(path) as whole:
            parts = {part.filename: part.file_size for part in whole.infolist()}
    except (BadZipFile, OSError, ValueError) as error:
        raise Unreadable("broken_excel") from error
    if "xl/workbook.xml" not in parts:
        raise Unreadable("no_table")
    kept = [size for name, size in parts.items() if not name.startswith("xl/worksheets/")]
    if sum(parts.values()) > UNPACKED or max(kept) > KEPT:
        raise Unreadable("bomb", mb=UNPACKED // 1_000_000)
    with _opened(path) as sheet:
        return str(sheet.title)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The first sheet that is not hidden."""
    import openpyxl  # noqa: PLC0415 - heavy

    with path.open("rb") as file:  # by its path it would be judged by its name
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions nobody asked for
            try:
                book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            except Exception as error:  # it raises whatever its parts raise
                raise Unreadable("broken_excel") from error
        with closing(book):
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            if not sheets:
                raise Unreadable("no_sheet")
            yield sheets[0]


def rows(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(number of the row, its cells as text). Raises Unreadable where the file is damaged."""
    with _opened(path) as sheet:
        sheet.reset_dimensions()  # what the file says about its own size is not believed
        found = iter(sheet.iter_rows(values_only=True, max_col=WIDEST))
        number = 0
        while True:
            number += 1
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    cells = next(found, None)
            except Exception as error:
                raise Unreadable("broken_excel") from error
            if cells is None:
                return
            yield number, _texts(cells)


def _texts(cells: tuple[Any, ...]) -> tuple[str, ...]:
    filled = len(cells)
    while filled and cells[filled - 1] is None:
        filled -= 1
    return tuple(_text(cell) for cell in cells[:filled])


def _text(cell: Any) -> str:
    """A value as somebody would type it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(Decimal(repr(cell)))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()
