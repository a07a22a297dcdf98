"""`portal demo`: the demo company on this machine, with its web process and its worker."""

import os
import subprocess
import sys
from argparse import Namespace

from dotenv import dotenv_values

from portal import create_app
from portal.commands import Trouble
from portal.commands.database import bring_up_to_date
from portal.commands.running import listen, must_be_free
from portal.config import read
from portal.demo.filling import NotOurs, fill, start_over
from portal.demo.sign_ins import PASSWORD, SIGN_INS

HOST = "127.0.0.1"


def show(options: Namespace) -> None:
    """Make the database, then serve it. A process of its own makes it, so that nothing the web processes are
    forked from has it open.
    """
    _settings(options.port)
    if options.prepare:
        _prepare(options.reset)
        return
    must_be_free(HOST, options.port)
    portal = [sys.executable, "-m", "portal.cli"]
    again = [*portal, "demo", "--prepare", *(["--reset"] if options.reset else [])]
    made = subprocess.run(again, check=False)  # noqa: S603 - our own program
    if made.returncode:
        raise SystemExit(made.returncode)
    _show_sign_ins()
    background = subprocess.Popen([*portal, "worker", "--with-parent"])  # noqa: S603 - our own program
    try:
        listen(HOST, options.port, 1, "warning")
    finally:
        background.terminate()
        try:
            background.wait(10)
        except subprocess.TimeoutExpired:
            background.kill()


def _settings(port: int) -> None:
    """What the demo sets unless it is set: for this process and those it starts."""
    theirs = dotenv_values(".env")
    ours = {
        "PORTAL_ENV": "demo",
        "PORTAL_INSTANCE": "instance",
        "PORTAL_BASE_URL": f"http://{HOST}:{port}",
        "PORTAL_TIMEZONE": "Europe/Zagreb",
    }
    for name, value in ours.items():
        if name not in os.environ and name not in theirs:
            os.environ[name] = value


def _prepare(reset: bool) -> None:
    settings = read()
    if settings.env != "demo":
        raise Trouble(f"PORTAL_ENV is {settings.env}: the demo runs in an environment of its own")
    try:
        if reset:
            start_over(settings)
        app = create_app()
        bring_up_to_date(app)
        fill(app)
    except NotOurs as error:
        raise Trouble(str(error)) from error


def _show_sign_ins() -> None:
    rows = [("Name", "Who that is", "E-mail", "Look at")]
    rows += [(one["name"], one["who"], one["email"], one["look_at"]) for one in SIGN_INS]
    wide = [max(len(row[column]) for row in rows) for column in range(3)]
    print(f"\nThe demo company is at {read().base_url}\nThe password of everybody is: {PASSWORD}\n")
    for row in rows:
        print(
            "  " + "  ".join([*(text.ljust(width) for text, width in zip(row, wide, strict=False)), row[3]])
        )
    print("\nStop it with Ctrl+C; what you enter is kept until `portal demo --reset`.", flush=True)
