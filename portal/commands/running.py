"""`portal serve` and `portal worker`: the processes of an installation."""

import errno
import os
import socket
from argparse import Namespace
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from portal import create_app, worker
from portal.commands import Trouble
from portal.config import read
from portal.measures import begin as begin_measures

THREADS = 8


class Web(BaseApplication):
    """gunicorn with our choices; each of its processes makes an application of its own."""

    def __init__(self, **chosen: Any) -> None:
        self.chosen = chosen
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app()


def serve(options: Namespace) -> None:
    """Web processes; on SQLite one, since only one process at a time can write."""
    sqlite = read().database_url.startswith("sqlite")
    must_be_free(options.host, options.port)
    listen(options.host, options.port, options.workers or (1 if sqlite else os.cpu_count() or 1), "info")


def listen(host: str, port: int, workers: int, loglevel: str) -> None:
    """Answer requests until SIGTERM or SIGINT."""
    begin_measures(read().instance)
    Web(
        bind=f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        workers=workers,
        worker_class="gthread",
        threads=THREADS,
        loglevel=loglevel,
        proc_name="portal",
        graceful_timeout=30,
        control_socket_disable=True,
    ).run()


def must_be_free(host: str, port: int) -> None:
    """Raises Trouble when we cannot listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            if getattr(error, "errno", None) == errno.EADDRINUSE:
                raise Trouble(
                    f"port {port} is taken by another program; choose another with --port"
                ) from error
            raise Trouble(f"cannot listen on {host}, port {port}: {error}") from error


def work(options: Namespace) -> int:
    """Background work until it is told to stop; with --once 1 when something failed."""
    parent = os.getppid() if options.with_parent else None
    failed = worker.run(create_app(), once=options.once, parent=parent)
    return int(options.once and failed > 0)
