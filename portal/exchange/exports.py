"""Rows into a file that a spreadsheet opens and never reckons: CSV, Excel, or a JSON object on each line."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import IO, Any
from zoneinfo import ZoneInfo

from portal.clock import NEVER
from portal.exchange.models import Export
from portal.exchange.sheets import GUARDED
from portal.exchange.taking import Load
from portal.extensions import db
from portal.identity.viewer import Viewer

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson",
}
COMMA_FRACTIONS = ("pt", "hr", "de", "es", "fr", "it", "sl")
"""Where numbers have a comma, spreadsheets expect a semicolon between cells."""
Batches = Iterator[list[tuple[Any, ...]]]


def record(viewer: Viewer | None, what: str, form: str, rows: int, filters: dict[str, Any]) -> Export:
    """Who takes what: written before it is taken. Flushes."""
    kept = Export(membership_id=viewer.membership_id if viewer else None, what=what, format=form, rows=rows)
    kept.filters = filters
    db.session.add(kept)
    db.session.flush()
    return kept


def write(
    file: IO[bytes], form: str, load: Load, most: int | None, zone: ZoneInfo, language: str = "en"
) -> int:
    """At most so many rows, some hundred in memory at a time; how many they were."""
    return WRITERS[form](file, load.heads, load.rows(most), zone, language)


def _csv(file: IO[bytes], heads: tuple[str, ...], batches: Batches, zone: ZoneInfo, language: str) -> int:
    text, count = io.TextIOWrapper(file, "utf-8-sig", newline=""), 0
    separator = ";" if language.split("_", maxsplit=1)[0] in COMMA_FRACTIONS else ","
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(heads)
    for batch in batches:
        writer.writerows([_guarded(_plain(cell, zone)) for cell in row] for row in batch)
        count += len(batch)
    text.flush()
    text.detach()
    return count


_CELL_INSIDE = re.compile(r"([,;|\t\r\n]\s*)(?=[=+\-@])")


def _guarded(cell: Any) -> Any:
    """Text that a spreadsheet would take for a formula, with a sign before it that says it is text.

    Also behind what another spreadsheet takes for the end of a cell: which sign that is depends on where the
    file is opened, not on who wrote it.
    """
    if not isinstance(cell, str):
        return cell
    whole = f"'{cell}" if cell.startswith(GUARDED) else cell
    return _CELL_INSIDE.sub(r"\1'", whole)


def _plain(cell: Any, zone: ZoneInfo) -> Any:
    """A value as people write it; moments in the installation's time zone, without seconds."""
    if isinstance(cell, datetime):
        return "" if cell == NEVER else cell.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    return "" if cell is None else cell


def _xlsx(file: IO[bytes], heads: tuple[str, ...], batches: Batches, zone: ZoneInfo, _language: str) -> int:
    import xlsxwriter  # noqa: PLC0415 - heavy

    safe = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, safe | {"strings_to_numbers": False})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
    line = 0
    for batch in batches:
        for row in batch:
            line += 1
            for place, cell in enumerate(row):
                plain = _plain(cell, zone)
                if isinstance(plain, str):
                    sheet.write_string(line, place, plain)
                else:
                    sheet.write_number(line, place, plain)
    book.close()
    return line


def _jsonl(file: IO[bytes], heads: tuple[str, ...], batches: Batches, _zone: ZoneInfo, _language: str) -> int:
    count = 0
    for batch in batches:
        for row in batch:
            said = dict(zip(heads, map(_json, row), strict=True))
            file.write(json.dumps(said, ensure_ascii=False).encode() + b"\n")
        count += len(batch)
    return count


def _json(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return None if cell == NEVER else cell.isoformat()
    return float(cell) if isinstance(cell, Decimal) else cell


WRITERS: dict[str, Callable[..., int]] = {"csv": _csv, "xlsx": _xlsx, "jsonl": _jsonl}
