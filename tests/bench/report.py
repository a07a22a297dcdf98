"""What was measured, as Markdown that reads well on a screen too."""

import platform
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tests.bench.pages import DEEP, FLOOR, PAGES, SUBMIT, Page, Site
from tests.bench.serving import CORES

BUDGETS_FLOOR = 3.1
"""Milliseconds of the bare list that quality.md's budgets stand beside."""
ORDER = (FLOOR, *PAGES[:-1], SUBMIT, PAGES[-1])
DEEPEST = PAGES[-1]
PACKAGES = ("flask", "sqlalchemy", "gunicorn", "psycopg")


@dataclass(frozen=True)
class Run:
    """How it was run. load: processes that wanted a core, at the begin and at the end of each part."""

    command: str
    day: str
    requests: int
    rounds: int
    warm_up: int
    load: list[float]
    postgresql: str


def document(run: Run, found: dict[str, list[Site]]) -> str:
    """The whole page; found: sites by database, smallest first."""
    parts = [_head(run), _machine(run), *(_database(name, sites) for name, sites in found.items()), _notes()]
    return "\n\n".join(parts) + "\n"


def _head(run: Run) -> str:
    return f"""# Benchmarks

Written on {run.day} by

    {run.command}

Each run writes this page anew; `make bench` is a run with 10,000 cases.

The database is filled by copies of cases that the portal's own verbs made: about three messages each, and
with them the parties, lanes, grants, participants, intervals, events, notices and accesses that belong to it.
The portal is started as `portal serve` with one worker for each core and people sign in with a password.
Each page is asked for {run.requests} times, one request after the other over a connection that is kept
open, in {run.rounds} rounds in which all pages, and of each page all sizes, take turns. The first
{run.warm_up} of each turn don't count and are in addition.

- **CPU** is the processor time in user and system mode, per request, of the web processes and of
  PostgreSQL's processes (web + database), read from /proc. The time of the client is not in it.
- **floor** is an app of our own (`tests/bench/floor.py`) on the same database under the same gunicorn: Flask,
  Flask-Login, the ORM; it lists 25 cases on 24 KB with two statements. It is asked as often as a page right
  before each page of each round: **× floor** is the page's CPU over the floor's beside it.
- **wall** is the median on the clock, client included; **SQL** counts statements, transactions' own left out;
  **KB** is the HTML before any compression, in 1,000 bytes.
- **growth** is CPU at the larger size over CPU at the smaller.
- **budget** is what we want to keep: CPU on another machine with two cores, PostgreSQL and a million cases,
  where a floor such as this took {BUDGETS_FLOOR} ms (so in brackets: × floor), and statements."""


def _machine(run: Run) -> str:
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 1024**2
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    others = f"Python {platform.python_version()}, {versions}, SQLite {sqlite3.sqlite_version}"
    load = ", ".join(f"{one:.1f}" for one in run.load)
    return f"""## Machine

{CORES} cores, {memory:.0f} GiB of memory, {platform.system()}; {others}{run.postgresql}.

Load average (1 minute) at the begin, and after each database: {load}. More than the number of cores means
that others were at work on the machine: times are then longer and less even, ratios less so."""


def _database(name: str, sites: list[Site]) -> str:
    heads = ["page", "SQL", "KB"]
    for site in sites:
        heads += [f"CPU ms, {site.cases:,} cases", "× floor", "wall ms"]
    heads += [*(["growth"] if len(sites) > 1 else []), "budget"]
    rows = [heads, ["---", *["---:"] * (len(heads) - 2), "---"]]
    for page in ORDER:
        rows.append(_row(page, sites))
        if page is ORDER[-3]:
            rows.append(["D search", *["–"] * (len(heads) - 2), "not there yet"])
    return f"## {name}\n\n{_table(rows)}\n\n" + "\n".join(_facts(site) for site in sites)


def _row(page: Page, sites: list[Site]) -> list[str]:
    row = [f"{page.letter} {page.title}".strip(), _same(s.sql[page] for s in sites)]
    row.append(_same(f"{s.bytes[page] / 1000:.1f}" for s in sites) if page is not SUBMIT else "–")
    for site in sites:
        cost = site.costs[page]
        parts = f" ({cost.app / cost.requests:.2f} + {cost.database / cost.requests:.2f})"
        row += [
            f"{cost.cpu:.2f}{parts if site.postmaster else ''}",
            f"{cost.cpu / site.beside[page].cpu:.2f}" if page is not FLOOR else "1.00",
            f"{cost.wall:.1f}",
        ]
    if len(sites) > 1:
        row.append(f"{sites[-1].costs[page].cpu / sites[0].costs[page].cpu:.2f}")
    return [*row, _budget(page)]


def _same(values: Iterable[object]) -> str:
    """One value for all sizes, or each when they differ."""
    texts = [str(value) for value in values]
    return texts[0] if len(set(texts)) == 1 else " → ".join(texts)


def _budget(page: Page) -> str:
    if page is FLOOR:
        return "–"
    if page is DEEPEST:
        return f"≤ 2 × A, growth ≤ {page.growth}"
    cpu = f"≤ {page.budget_ms:g} ms ({page.budget_ms / BUDGETS_FLOOR:.1f} ×)" if page.budget_ms else ""
    return f"{cpu}, ≤ {page.budget_sql} SQL, growth ≤ {page.growth}"


def _facts(site: Site) -> str:
    deep = site.costs[DEEPEST].cpu / site.costs[PAGES[0]].cpu
    last = "" if site.depth == DEEP else f" (page {site.depth}: there is no page {DEEP})"
    seeded = site.seeded
    return (
        f"- {site.cases:,} cases: F{last} is {deep:.2f} × A. The larger web worker holds"
        f" {site.memory:.0f} MiB (budget on PostgreSQL: 100). Seeded {seeded.rows:,} rows in"
        f" {seeded.seconds:.0f} s, {seeded.copied / seeded.seconds:,.0f} cases a second."
    )


def _table(rows: list[list[str]]) -> str:
    """A Markdown table whose columns stand below each other in plain text as well."""
    wide = [max(3, *(len(row[column]) for row in rows)) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [_cell(cell, width) for cell, width in zip(row, wide, strict=True)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(cell: str, width: int) -> str:
    if cell.startswith("---"):
        return "-" * (width - 1) + ":" if cell.endswith(":") else "-" * width
    return cell.ljust(width)


def _notes() -> str:
    return """## What this does not say

- One client asks, one request after the other: nothing here is about many people at once.
- Budgets hold for a million cases; the sizes above are smaller, and growth is between them only.
- SQLite is served by one worker for each core here so that both are alike; `portal serve` starts one.
- F follows the link to the next page 99 times and then measures that address.
- E sends a form with its form token and a new once-only key each time; the page it leads to is not in it.
- Numbers of two runs differ by what else the machine does; compare within one run."""
