"""What requests cost: processor time of the processes that answer them, and time on the clock."""

import http.client
import os
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")
AGENT = "portal benchmark"
QUIET = 1
"""Seconds after which a connection is opened anew: gunicorn closes those that were quiet for two."""
BOUNDARY = "benchmark-boundary"


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Visitor:
    """Somebody's browser, as far as it matters: cookies, and one connection that is kept open."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.used = time.monotonic()

    def get(self, address: str, expect: int = 200) -> Answer:
        return self._ask("GET", address, None, {}, expect)

    def post(self, address: str, fields: dict[str, str], expect: int = 303, *, parts: bool = False) -> Answer:
        """parts: as a form with files is sent."""
        body = _parts(fields) if parts else urlencode(fields).encode()
        kind = f"multipart/form-data; boundary={BOUNDARY}" if parts else "application/x-www-form-urlencoded"
        return self._ask("POST", address, body, {"Content-Type": kind}, expect)

    def _ask(
        self, method: str, address: str, body: bytes | None, more: dict[str, str], expect: int
    ) -> Answer:
        sent = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"User-Agent": AGENT, **({"Cookie": sent} if sent else {}), **more}
        if time.monotonic() - self.used > QUIET:
            self.connection.close()
        self.connection.request(method, address, body, headers)
        response = self.connection.getresponse()
        read = response.read()
        self.used = time.monotonic()
        for line in response.headers.get_all("Set-Cookie") or ():
            self.cookies.update({name: one.value for name, one in SimpleCookie(line).items()})
        if response.status != expect:
            raise SystemExit(f"bench: {method} {address}: {response.status}\n{read[:2000].decode()}")
        return Answer(response.status, response.headers.get("Location", ""), read)


def _parts(fields: dict[str, str]) -> bytes:
    """A form with files, none chosen."""
    lines = []
    for name, value in fields.items():
        lines += [f"--{BOUNDARY}", f'Content-Disposition: form-data; name="{name}"', "", value]
    lines += [f"--{BOUNDARY}", 'Content-Disposition: form-data; name="files"; filename=""']
    lines += ["Content-Type: application/octet-stream", "", "", f"--{BOUNDARY}--", ""]
    return "\r\n".join(lines).encode()


def token(page: str) -> str:
    """The form token of a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    if found is None:
        raise SystemExit("bench: a form without a token")
    return found[1]


def family(process: int) -> list[int]:
    """A process and all that descend from it."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except FileNotFoundError:  # gone meanwhile
        return []
    return [process, *(one for child in children for one in family(int(child)))]


def cpu_ms(process: int) -> float:
    """Processor time that a process and all it started have used so far, user and system, in milliseconds.

    What ended counts through its parent, so nothing is lost when a connection's process goes.
    """
    ticks = 0
    for one in family(process):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(int(field) for field in fields[11:15])
    return ticks * TICK_MS


def resident_mib(process: int) -> float:
    """Memory a process holds, pages it shares with others included."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) / 1024


@dataclass
class Cost:
    """What requests for one page cost. app, database: milliseconds of processor time; walls: of each."""

    requests: int = 0
    app: float = 0
    database: float = 0
    walls: list[float] = field(default_factory=list)

    def add(self, other: "Cost") -> None:
        """Put what other requests cost to it."""
        self.requests += other.requests
        self.app += other.app
        self.database += other.database
        self.walls += other.walls

    @property
    def cpu(self) -> float:
        return (self.app + self.database) / self.requests

    @property
    def wall(self) -> float:
        return statistics.median(self.walls)


def measure(
    ask: Callable[[], object], server: int, database: int | None, requests: int, warm_up: int
) -> Cost:
    """What so many requests cost; the warm-up isn't counted. server, database: their first processes."""
    for _ in range(warm_up):
        ask()
    walls = []
    before = cpu_ms(server), cpu_ms(database) if database else 0
    for _ in range(requests):
        begun = time.perf_counter()
        ask()
        walls.append(1000 * (time.perf_counter() - begun))
    after = cpu_ms(server), cpu_ms(database) if database else 0
    return Cost(requests, after[0] - before[0], after[1] - before[1], walls)
