"""What a monitor is told: requests as every web process counted them, the worker's jobs, and what waits.

With several web processes each counts in files of its own under `instance/metrics`, and whichever is asked
adds them up; `begin` makes that so before they are started.
"""

import os
import shutil
import time
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import func, literal, select

from portal import __version__, pulse
from portal.cases import figures
from portal.channels.models import Letter, Notice
from portal.exchange.models import Import
from portal.extensions import db

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The library's own name for the folder; it looks for it when it is imported."""
CAP = 10_000
KEPT_FOR = 60.0
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
TEXTS = {
    "portal_open_cases": "Open cases of a department, counted to 10,000.",
    "portal_waiting": "What is on its way: letters, mails, messages that have not left, imports.",
    "portal_jobs": "How often the worker did each of its jobs since it started, by how that ended.",
    "portal_worker_age_seconds": "How long ago the worker gave its last sign of life.",
}


def begin(instance: Path) -> None:
    """Let the web processes that start now count together, from nothing; before the library is imported."""
    folder = instance / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    os.environ[SHARED] = str(folder)


class Measures:
    """What one web process counts, and how the whole is shown; the library comes with the first request."""

    def __init__(self) -> None:
        self._facts: dict[str, dict[tuple[str, ...], float]] = {}
        self._looked = float("-inf")

    @cached_property
    def _counted(self) -> tuple[Any, Any, Any]:
        from prometheus_client import CollectorRegistry, Counter, Histogram  # noqa: PLC0415 - commands need it not

        own = None if SHARED in os.environ else CollectorRegistry()
        requests = Counter(
            "portal_requests", "Requests that were answered.", ["endpoint", "status"], registry=own
        )
        seconds = Histogram(
            "portal_request_seconds", "How long they took.", ["endpoint"], registry=own, buckets=SECONDS
        )
        return own, requests, seconds

    def count(self, endpoint: str, status: int, seconds: float) -> None:
        _, requests, took = self._counted
        requests.labels(endpoint, str(status)).inc()
        took.labels(endpoint).observe(seconds)

    def shown(self, instance: Path) -> tuple[bytes, str]:
        """All of it as Prometheus reads it, and the type of that."""
        from prometheus_client import (  # noqa: PLC0415 - see above
            CONTENT_TYPE_LATEST,
            CollectorRegistry,
            generate_latest,
        )
        from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415 - see above

        own, *_ = self._counted
        if own is None:
            own = CollectorRegistry()
            MultiProcessCollector(own)
        once = CollectorRegistry()
        once.register(_Found({**self._waiting(), **_worked(instance)}))
        return generate_latest(own) + generate_latest(once), CONTENT_TYPE_LATEST

    def _waiting(self) -> dict[str, dict[tuple[str, ...], float]]:
        """Counted at most once a minute in each process, however often somebody asks."""
        if time.monotonic() - self._looked >= KEPT_FOR:
            self._facts = {"portal_waiting": _on_its_way(), "portal_open_cases": _open()}
            self._looked = time.monotonic()
        return self._facts


def _open() -> dict[tuple[str, ...], float]:
    return {(code,): count for code, count in figures.open_by_department(CAP).items()}


def _on_its_way() -> dict[tuple[str, ...], float]:
    several = {
        "letters": (Letter, Letter.sent_at.is_(None)),
        "mails": (Notice, Notice.mail_at.is_not(None)),
        "imports": (Import, Import.state.in_(("checking", "queued", "running", "undoing"))),
    }
    columns = []
    for name, (model, waits) in several.items():
        some = select(literal(1)).select_from(model).where(waits).limit(CAP).subquery()
        columns.append(select(func.count()).select_from(some).scalar_subquery().label(name))
    found = db.session.execute(select(*columns)).mappings().one()
    return {("messages",): figures.leaving(CAP), **{(name,): count for name, count in found.items()}}


def _worked(instance: Path) -> dict[str, dict[tuple[str, ...], float]]:
    beat = pulse.last(instance)
    if beat is None:
        return {}
    jobs: dict[tuple[str, ...], float] = {
        (name, how): float(job.get(how, 0)) for name, job in beat.jobs.items() for how in ("done", "failed")
    }
    return {"portal_jobs": jobs, "portal_worker_age_seconds": {(): beat.age.total_seconds()}}


LABELS = {"portal_open_cases": ["department"], "portal_waiting": ["what"], "portal_jobs": ["job", "how"]}


class _Found:
    """What was looked up for one answer, as the library wants it."""

    def __init__(self, found: dict[str, dict[tuple[str, ...], float]]) -> None:
        self.found = found

    def collect(self) -> Iterator[Any]:
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily  # noqa: PLC0415 - see above

        about = GaugeMetricFamily("portal_info", "Which version this is.", labels=["version"])
        about.add_metric([__version__], 1)
        yield about
        for name, values in self.found.items():
            family = CounterMetricFamily if name == "portal_jobs" else GaugeMetricFamily
            shown = family(name, TEXTS[name], labels=LABELS.get(name, []))
            for labels, value in values.items():
                shown.add_metric(list(labels), value)
            yield shown
