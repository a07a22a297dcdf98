"""Measures the main pages beside a floor app and writes docs/benchmarks.md.

.venv/bin/python tests/bench/run.py --cases 10000,100000
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from sqlalchemy import create_engine, text

from portal import create_app
from portal.config import read
from portal.seeding.filling import Wanted, seed
from tests.bench import measuring, postgresql, report, serving
from tests.bench.measuring import Cost
from tests.bench.pages import FLOOR, PAGES, SUBMIT, Page, Site

ROOT = Path(__file__).resolve().parent.parent.parent
REQUESTS = 200
ROUNDS = 4
WARM_UP = 20
DATABASES = ("SQLite", "PostgreSQL")


def main() -> None:
    options = _options()
    load, found, version = [os.getloadavg()[0]], {}, ""
    for name in options.databases:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
            server = stack.enter_context(postgresql.running()) if name == "PostgreSQL" else None
            found[name] = _measured(stack, server, folder, options)
            version = f", PostgreSQL {_settled(server)}" if server else version
        load.append(os.getloadavg()[0])
    run = report.Run(
        command=_command(options),
        day=datetime.now(UTC).date().isoformat(),
        requests=options.requests,
        rounds=ROUNDS,
        warm_up=WARM_UP,
        load=load,
        postgresql=version,
    )
    written = report.document(run, found)
    options.out.parent.mkdir(exist_ok=True)
    options.out.write_text(written, "utf-8")
    sys.stdout.write(written)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the main pages beside a floor app.")
    parser.add_argument(
        "--cases", type=_sizes, default=[10_000], help="numbers of cases, such as 10000,100000"
    )
    parser.add_argument(
        "--databases", type=_names, default=list(DATABASES), help="default: SQLite,PostgreSQL"
    )
    parser.add_argument("--requests", type=int, default=REQUESTS, help="how often each page is asked for")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks.md", help="the page to write")
    return parser.parse_args()


def _sizes(given: str) -> list[int]:
    return sorted(int(size) for size in given.split(","))


def _names(given: str) -> list[str]:
    known = {name.lower(): name for name in DATABASES}
    return [known[name.lower()] for name in given.split(",")]


def _command(options: argparse.Namespace) -> str:
    """How to do it again, whatever else was said about where to write."""
    sizes = ",".join(str(size) for size in options.cases)
    more = "" if options.requests == REQUESTS else f" --requests {options.requests}"
    chosen = ",".join(options.databases)
    more += "" if chosen == ",".join(DATABASES) else f" --databases {chosen}"
    return f".venv/bin/python tests/bench/run.py --cases {sizes}{more}"


def _say(words: str) -> None:
    sys.stderr.write(f"bench: {words}\n")
    sys.stderr.flush()


def _settled(server: postgresql.Server) -> str:
    """Write what is still in memory, so that nobody does while we measure; the server's version."""
    engine = create_engine(server.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CHECKPOINT"))
        version = str(connection.scalar(text("SHOW server_version"))).split()[0]
    engine.dispose()
    return version


def _measured(
    stack: ExitStack, server: postgresql.Server | None, folder: Path, options: argparse.Namespace
) -> list[Site]:
    """Seed all sizes, serve them at the same time, and let them take turns."""
    sites = [stack.enter_context(_site(server, folder / str(cases), cases)) for cases in options.cases]
    if server:
        _settled(server)
    for site in sites:
        site.open()
        site.count()
    each = max(1, options.requests // ROUNDS)
    for pages in (PAGES, (SUBMIT,)):  # what is submitted comes into the inbox: last
        for _round, page, site in product(range(ROUNDS), pages, sites):
            _ask(site, FLOOR, each, site.beside[page], site.costs[FLOOR])
            _ask(site, page, each, site.costs[page])
    for site in sites:
        site.memory = max(measuring.resident_mib(worker) for worker in site.portal.workers)
    return sites


def _ask(site: Site, page: Page, times: int, *costs: Cost) -> None:
    server = site.server(page).process
    found = measuring.measure(site.ask(page), server, site.postmaster, times, WARM_UP)
    for cost in costs:
        cost.add(found)


@contextmanager
def _site(server: postgresql.Server | None, folder: Path, cases: int) -> Iterator[Site]:
    """A database of this size, seeded, with the portal and the floor app in front of it."""
    folder.mkdir()
    url = server.create(f"bench_{cases}") if server else f"sqlite:///{folder / 'portal.db'}"
    surroundings = serving.environment(url, folder)
    serving.migrate(surroundings, folder)
    app = create_app(read(surroundings))
    _say(f"{'PostgreSQL' if server else 'SQLite'}: seeding {cases:,} cases")
    seeded = seed(app, _amount(cases))
    _say(f"{seeded.rows:,} rows in {seeded.seconds:.0f} s")
    with serving.portal(surroundings, folder) as portal, serving.floor(surroundings, folder) as floor:
        yield Site(cases, seeded, app, surroundings, portal, floor, server.postmaster if server else None)


def _amount(cases: int) -> Wanted:
    """Organizations and people as many cases as these come from."""
    organizations = max(20, cases // 40)
    return Wanted(organizations, 2 * organizations + cases // 200, cases, sign_in=True)


if __name__ == "__main__":
    main()
