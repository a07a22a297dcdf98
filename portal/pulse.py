"""A sign of life of the worker: a small file in the instance folder that says when it was last at work.

A file and no table: it is renewed every few seconds, and a database that is away is just what it may have to
tell of. So it is known where the instance folder is; on several machines each tells of its own worker.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from portal.clock import now

EVERY = timedelta(seconds=10)
LATE = timedelta(minutes=5)
"""A worker that was not seen for so long is away, or is held up by something."""


@dataclass(frozen=True)
class Beat:
    """When the worker was last at work, and per job how often it was done, did not work, and failed last."""

    at: datetime
    pid: int
    jobs: dict[str, dict[str, int]]

    @property
    def age(self) -> timedelta:
        return now() - self.at

    @property
    def alive(self) -> bool:
        return self.age < LATE

    def failing(self) -> list[str]:
        """The jobs that did not work the last time."""
        return sorted(name for name, job in self.jobs.items() if job.get("failures"))


def beat(instance: Path, jobs: Mapping[str, Mapping[str, int]]) -> None:
    """Write it down; a folder that cannot be written stops no work."""
    said = {"at": now().isoformat(), "pid": os.getpid(), "jobs": jobs}
    fresh = _path(instance).with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        fresh.write_text(json.dumps(said))
        fresh.replace(_path(instance))


def last(instance: Path) -> Beat | None:
    """The worker's last sign of life here; None when there never was one that can be read."""
    try:
        said: dict[str, Any] = json.loads(_path(instance).read_text())
        return Beat(datetime.fromisoformat(said["at"]), int(said["pid"]), dict(said["jobs"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _path(instance: Path) -> Path:
    return instance / "worker.json"
