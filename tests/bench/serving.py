"""Start the portal and the floor app as people run them, and stop them again."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CORES = len(os.sched_getaffinity(0))
THREADS = 8
"""Of each of the floor app's workers: as many as `portal serve` has."""
PATIENCE = 60


@dataclass(frozen=True)
class Served:
    """A running server; `process` is gunicorn's master, its children answer requests."""

    process: int
    port: int

    @property
    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text()
        return [int(child) for child in children.split()]


def environment(url: str, folder: Path) -> dict[str, str]:
    """Settings as in production; nothing of whoever runs the benchmark gets in."""
    ours = {
        "PORTAL_ENV": "production",
        "PORTAL_SECRET_KEY": "only for the benchmark",
        "PORTAL_INSTANCE": str(folder),
        "PORTAL_DATABASE_URL": url,
        "PORTAL_STORAGE_URL": f"file://{folder / 'files'}",
        "PORTAL_TIMEZONE": "Europe/Zagreb",
        "PORTAL_BASE_URL": "http://127.0.0.1",
    }
    return {**{k: v for k, v in os.environ.items() if not k.startswith("PORTAL_")}, **ours}


def migrate(surroundings: dict[str, str], folder: Path) -> None:
    """Make the tables, as an installation does."""
    subprocess.run(
        [sys.executable, "-m", "portal.cli", "migrate"], check=True, env=surroundings, cwd=folder, stdout=-3
    )


@contextmanager
def portal(surroundings: dict[str, str], folder: Path) -> Iterator[Served]:
    """`portal serve` with one worker for each core."""
    port = _free()
    command = ["-m", "portal.cli", "serve", "--port", str(port), "--workers", str(CORES)]
    with _running(command, port, surroundings, folder) as served:
        yield served


@contextmanager
def floor(surroundings: dict[str, str], folder: Path) -> Iterator[Served]:
    """The floor app under gunicorn with the same workers and threads."""
    port = _free()
    command = ["-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(CORES)]
    command += ["--worker-class", "gthread", "--threads", str(THREADS), "--no-control-socket"]
    with _running([*command, "tests.bench.floor:make()"], port, surroundings, folder) as served:
        yield served


@contextmanager
def _running(command: list[str], port: int, surroundings: dict[str, str], folder: Path) -> Iterator[Served]:
    log = folder / f"served-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *command], env=surroundings, cwd=folder, stdout=output, stderr=output
        )
    try:
        _await(process, port, log)
        yield Served(process.pid, port)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()


def _await(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Until every worker has had time to start: the first answer, and a moment for the others."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/sign-in")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            time.sleep(2)
            return
        finally:
            connection.close()
    raise SystemExit(f"bench: a server did not start\n{log.read_text()[-2000:]}")


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
