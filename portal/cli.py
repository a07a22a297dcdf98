"""The `portal` command: what can be asked of it. A command's own file is loaded when it is asked for, so that
--help is quick.
"""

import argparse
import os
import sys
from importlib import import_module
from typing import Any, NoReturn

from portal import __version__
from portal.commands import REQUEST, Trouble


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """A wrong use of the command in one line, like every other error."""
        print(f"portal: {message} (see {self.prog} --help)", file=sys.stderr)
        raise SystemExit(2)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit status: 0 fine, 1 it did not work, 2 wrong use or a wrong setting."""
    os.umask(0o077)  # database, files and secret are for the account that runs this, and for nobody else
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.run is None:
        parser.error("which command?")
    module, _, name = options.run.partition(".")
    try:
        run = getattr(import_module(f"portal.commands.{module}"), name)
        from portal.logs import referring

        with referring(command=module):
            return int(run(options) or 0)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        status, words = _in_words(error)
        print(f"portal: {' '.join(words.split())}", file=sys.stderr)
        return status


def _in_words(error: Exception) -> tuple[int, str]:
    """(exit status, one line) for an error a person can do something about; a bug is raised again."""
    from alembic.util import CommandError
    from sqlalchemy.exc import DBAPIError

    from portal.config import SettingError

    if isinstance(error, SettingError):
        return 2, str(error)
    if isinstance(error, DBAPIError):
        reason = str(error.orig).strip().splitlines()[0]
        if any(sign in reason for sign in ("no such table", "no such column", "does not exist")):
            return 1, f"the database is not up to date, run `portal migrate` ({reason})"
        return 1, f"the database does not answer as it should: {reason}"
    if isinstance(error, Trouble | CommandError | OSError):
        return 1, str(error)
    raise error


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="portal", description="Runs and looks after a portal.")
    parser.add_argument("--version", action="version", version=__version__, help="print the version and stop")
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _running(commands)
    _beginning(commands)
    _people(commands)
    _routes(commands)
    _data(commands)
    return parser


def _command(commands: Any, name: str, run: str, about: str) -> argparse.ArgumentParser:
    """run: where the command stands in portal.commands, as "file.function"."""
    found: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    found.set_defaults(run=run)
    return found


def _family(commands: Any, name: str, about: str) -> Any:
    found = commands.add_parser(name, help=about, description=about)
    return found.add_subparsers(title="commands", metavar="COMMAND", required=True)


def _running(commands: Any) -> None:
    it = _command(commands, "serve", "running.serve", "Answer requests from browsers, until it is stopped.")
    it.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    it.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
    it.add_argument("--workers", type=int, help="processes (default: 1 on SQLite, else one per processor)")
    it = _command(commands, "worker", "running.work", "Do the background work: letters, clocks, sweeps.")
    it.add_argument("--once", action="store_true", help="do everything once and stop")
    it.add_argument(
        "--with-parent", action="store_true", help="stop when the process that started it is gone"
    )
    about = "Show the demo company on this machine; what was entered is kept."
    it = _command(commands, "demo", "demo.show", about)
    it.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
    it.add_argument("--reset", action="store_true", help="start over: forget everything that was entered")
    it.add_argument("--prepare", action="store_true", help="only make the database, start nothing")


def _beginning(commands: Any) -> None:
    about = "Bring the database up to date; safe to run twice and at once."
    _command(commands, "migrate", "database.migrate", about)
    it = _command(commands, "init", "people.init", "First start: migrate and make the first administrator.")
    it.add_argument("--email", required=True, help="address the administrator signs in with")
    it.add_argument("--name", required=True, help="their name")
    it.add_argument("--organization", required=True, help="the name of your company")
    it.epilog = "The password is read from standard input: one line."
    about = "Check settings, database and files, and say what to do."
    it = _command(commands, "doctor", "doctor.doctor", about)
    it.add_argument("--json", action="store_true", help="print the findings as JSON")


def _people(commands: Any) -> None:
    people = _family(commands, "person", "Make or close a person's access.")
    about = "Invite somebody; prints the link they sign in with first."
    it = _command(people, "create", "people.create", about)
    it.add_argument("--email", required=True, help="their address")
    it.add_argument("--name", required=True, help="their name")
    it.add_argument("--organization", required=True, help="name of the organization they act for")
    it.add_argument(
        "--manager", action="store_true", help="they manage that organization's people and access"
    )
    it.add_argument(
        "--administrator", action="store_true", help="they administer this portal (our own people)"
    )
    it.add_argument("--department", metavar="CODE", help="they work in this department (our own people)")
    it.add_argument("--json", action="store_true", help="print the result as JSON")
    it = _command(people, "deactivate", "people.deactivate", "Close somebody's access for good.")
    it.add_argument("--email", required=True, help="their address")


def _routes(commands: Any) -> None:
    routes = _family(commands, "route", "Look into the routing rules.")
    about = "Which department would get a request, and why."
    it = _command(routes, "explain", "routes.explain", about)
    it.add_argument(
        "file", metavar="FILE.json", help="the request: " + ", ".join(REQUEST) + "; - reads it from stdin"
    )
    it.add_argument("--json", action="store_true", help="print the decision as JSON")


def _data(commands: Any) -> None:
    about = "Take rows from a spreadsheet: all of them, or none when one is wrong."
    it = _command(commands, "import", "importing.bring_in", about)
    it.add_argument(
        "what", choices=("organizations", "people", "products", "cases"), help="what its rows are"
    )
    it.add_argument("file", metavar="FILE.csv", help="comma, semicolon or tab separated, or .xlsx")
    it.add_argument("--dry-run", action="store_true", help="only look whether every row is right")
    it.add_argument(
        "--map",
        metavar="OURS=THEIRS",
        action="append",
        default=[],
        help="which column feeds a field, when it is not found by its name",
    )
    it.add_argument("--organization", metavar="NAME", help="whose cases they are (cases only)")
    it.add_argument("--json", action="store_true", help="print what came of it as JSON")
    it = _command(
        commands, "export", "exporting.take_out", "Write rows to a spreadsheet, and remember who did."
    )
    it.add_argument("what", choices=("organizations", "people", "products", "cases"), help="what to write")
    it.add_argument("--to", metavar="FILE", required=True, help="a .csv, .xlsx or .jsonl file")
    it.add_argument("--limit", type=int, help="at most so many rows")
    it.add_argument("--json", action="store_true", help="print what came of it as JSON")
    it = _command(commands, "seed", "seeding.seed", "Fill an empty database with bulk data for load tests.")
    it.add_argument("--organizations", type=int, default=100, help="customers (default: %(default)s)")
    it.add_argument("--people", type=int, default=300, help="their people (default: %(default)s)")
    it.add_argument("--cases", type=int, default=10_000, help="cases (default: %(default)s)")
    it.add_argument("--messages", type=int, help="messages in all (default: three a case)")
    it.add_argument(
        "--seed", type=int, default=1, help="the same data for the same seed (default: %(default)s)"
    )
    it.add_argument("--yes", action="store_true", help="everybody gets an easy password even in production")
    it.add_argument("--json", action="store_true", help="print counts and time as JSON")


if __name__ == "__main__":
    raise SystemExit(main())
