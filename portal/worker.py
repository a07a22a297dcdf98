"""Background work: a few jobs, each at its own pace and in its own transactions.

What is to be done stands in the database, so a worker that is killed loses nothing: the next one finds it.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, current_thread, main_thread
from types import FrameType
from typing import Any

import structlog
from flask import Flask

from portal.cases import closing, lanes, outgoing, storage
from portal.channels import letters, mails
from portal.exchange import imports
from portal.extensions import db
from portal.identity import throttle
from portal.logs import referring
from portal.pulse import EVERY, beat

log = structlog.get_logger()

TICK = 1.0
"""Seconds between two looks at what is due."""
FIRST_RETRY = timedelta(seconds=15)
LAST_RETRY = timedelta(hours=1)


@dataclass
class Job:
    """Something done every so often; `work` returns how much it did, and the worker commits what it flushed.

    batch: as long as `work` says it did that much, it is called again at once; failures: how often it failed
    since it last worked; done, failed: how often in all
    """

    name: str
    work: Callable[[], int]
    every: timedelta
    batch: int | None = None
    failures: int = 0
    due: float = 0.0
    done: int = 0
    failed: int = 0

    def pause(self) -> timedelta:
        """How long until the next try: its pace, or after failures longer and longer."""
        if not self.failures:
            return self.every
        return min(FIRST_RETRY * 2 ** min(self.failures - 1, 10), max(self.every, LAST_RETRY))


def jobs() -> list[Job]:
    """What there is to do."""
    return [
        Job("messages that leave", outgoing.leave_due, timedelta(seconds=1), batch=100),
        Job("letters", letters.send_due, timedelta(seconds=5)),
        Job("mails", mails.send_due, timedelta(seconds=5), batch=mails.BATCH),
        Job("imports", imports.work_due, timedelta(seconds=1), batch=1),
        Job("files of imports", imports.let_go, timedelta(hours=1)),
        Job("lanes whose time is over", lanes.expire_due, timedelta(minutes=1), batch=100),
        Job("close answered cases", closing.close_unanswered, timedelta(hours=1), batch=100),
        Job("sweep files", storage.sweep, timedelta(days=1), batch=storage.BATCH),
        Job("sweep sign-in tries", throttle.sweep_attempts, timedelta(days=1)),
    ]


def run(app: Flask, once: bool = False, parent: int | None = None, todo: list[Job] | None = None) -> int:
    """Do the jobs until SIGTERM or SIGINT, between two of them; returns how many failed in the last round.

    once: a single round of all jobs; parent: stop as well when this process is no longer our parent
    """
    todo, stop = jobs() if todo is None else todo, Event()
    told = -EVERY.total_seconds()
    with _stopping(stop):
        log.info("worker begins", jobs=[job.name for job in todo])
        while not stop.is_set():
            for job in todo:
                if once or job.due <= time.monotonic():
                    tick(app, job, stop)
                    told = _told(app, todo, told)
                if stop.is_set():
                    break
            if once or (parent is not None and os.getppid() != parent):
                break
            stop.wait(TICK)
        _told(app, todo, -EVERY.total_seconds())
        log.info("worker ends")
    return sum(1 for job in todo if job.failures)


def _told(app: Flask, todo: list[Job], before: float) -> float:
    """Give a sign of life unless one was given a moment ago; when that was."""
    if time.monotonic() - before < EVERY.total_seconds():
        return before
    counted = {job.name: {"done": job.done, "failed": job.failed, "failures": job.failures} for job in todo}
    beat(app.config["SETTINGS"].instance, counted)
    return time.monotonic()


def tick(app: Flask, job: Job, stop: Event | None = None) -> None:
    """Do one job and commit; whatever goes wrong is logged, rolled back and tried again later."""
    with app.app_context(), referring(job=job.name):
        try:
            done = _worked(job, stop or Event())
        except Exception as error:
            db.session.rollback()
            job.failures += 1
            job.failed += 1
            log.exception("job failed", failures=job.failures, error=repr(error))
        else:
            job.failures = 0
            job.done += 1
            if done:
                log.info("job done", did=done)
    job.due = time.monotonic() + job.pause().total_seconds()


def _worked(job: Job, stop: Event) -> int:
    whole = 0
    while True:
        done = job.work()
        db.session.commit()
        whole += done
        if job.batch is None or done < job.batch or stop.is_set():
            return whole


@contextmanager
def _stopping(stop: Event) -> Iterator[None]:
    """Let SIGTERM and SIGINT set `stop`; afterwards they do what they did before."""
    if current_thread() is not main_thread():
        yield
        return

    def handle(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before: dict[int, Any] = {name: signal.signal(name, handle) for name in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
