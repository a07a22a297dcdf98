"""A worker that is killed over and over while it sends: `python -m tests.channels.killed 100`.

The app is made once and sends one mail, so that it is warm; every worker is a fork of this process.
"""

import os
import random
import signal
import sys
import time
from datetime import timedelta

from flask import Flask

from portal import create_app
from portal.channels import mails
from portal.extensions import db

LONGEST = 0.04
"""Seconds a worker lives, at most."""


def send(app: Flask, limit: int) -> int:
    """Send so many mails at most; how many left. Nothing of the connection stays for a fork to share."""
    with app.app_context():
        sent = mails.send_due(limit)
        db.session.remove()
        db.engine.dispose()
        return sent


def killed_while_sending(app: Flask) -> None:
    worker = os.fork()
    if not worker:
        send(app, 1000)
        time.sleep(60)
    time.sleep(random.uniform(0, LONGEST))  # noqa: S311 - any moment will do
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)


def main(kills: int) -> None:
    mails.LEASE = timedelta(milliseconds=1)  # what a dead worker had is taken up by the next at once
    app = create_app()
    send(app, 1)
    for _ in range(kills):
        killed_while_sending(app)
    time.sleep(0.05)
    while send(app, 1000):
        pass


if __name__ == "__main__":
    main(int(sys.argv[1]))
