"""The `portal` command. Each subcommand imports what it needs when it runs, so that --help is quick."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Connection

    from portal.config import Settings
    from portal.identity.models import Department, Organization
    from portal.routing.rules import Facts

LOCK = 0x706F_7274_616C
"""The number of our advisory lock on PostgreSQL: "portal" in ASCII."""
THREADS = 8


class Trouble(RuntimeError):
    """Ends a command; the message is one line for whoever typed it."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """A wrong use of the command in one line, like every other error."""
        print(f"portal: {message} (see {self.prog} --help)", file=sys.stderr)
        raise SystemExit(2)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit status: 0 fine, 1 it did not work, 2 wrong use or a wrong setting."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
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
    parser.add_argument("--version", action="store_true", help="print the version and stop")
    parser.set_defaults(run=lambda options: _version(parser, options))
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _running(commands)
    _beginning(commands)
    _looking_after(commands)
    return parser


def _version(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    if not options.version:
        parser.error("which command?")
    from portal import __version__

    print(__version__)


def _command(
    commands: Any, name: str, run: Callable[[Any], int | None], about: str
) -> argparse.ArgumentParser:
    found: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    found.set_defaults(run=run)
    return found


def _running(commands: Any) -> None:
    it = _command(commands, "serve", serve, "Answer requests from browsers, until it is stopped.")
    it.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    it.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
    it.add_argument("--workers", type=int, help="processes (default: 1 on SQLite, else one per processor)")
    it = _command(commands, "worker", worker, "Do the background work: letters, clocks, sweeps.")
    it.add_argument("--once", action="store_true", help="do everything once and stop")
    it.add_argument(
        "--with-parent", action="store_true", help="stop when the process that started it is gone"
    )
    it = _command(commands, "demo", demo, "Show the demo company on this machine; what was entered is kept.")
    it.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
    it.add_argument("--reset", action="store_true", help="start over: forget everything that was entered")
    it.add_argument("--prepare", action="store_true", help="only make the database, start nothing")


def _beginning(commands: Any) -> None:
    _command(commands, "migrate", migrate, "Bring the database up to date; safe to run twice and at once.")
    it = _command(commands, "init", init, "First start: migrate and make the first administrator.")
    it.add_argument("--email", required=True, help="address the administrator signs in with")
    it.add_argument("--name", required=True, help="their name")
    it.add_argument("--organization", required=True, help="the name of your company")
    it.epilog = "The password is read from standard input: one line."
    it = _command(commands, "doctor", doctor, "Check settings, database and files, and say what to do.")
    it.add_argument("--json", action="store_true", help="print the findings as JSON")


def _looking_after(commands: Any) -> None:
    about = "Make or close a person's access."
    people = commands.add_parser("person", help=about, description=about)
    people = people.add_subparsers(title="commands", metavar="COMMAND", required=True)
    it = _command(
        people, "create", create_person, "Invite somebody; prints the link they sign in with first."
    )
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
    it = _command(people, "deactivate", deactivate_person, "Close somebody's access for good.")
    it.add_argument("--email", required=True, help="their address")
    about = "Look into the routing rules."
    routes = commands.add_parser("route", help=about, description=about)
    routes = routes.add_subparsers(title="commands", metavar="COMMAND", required=True)
    it = _command(routes, "explain", explain_route, "Which department would get a request, and why.")
    it.add_argument(
        "file", metavar="FILE.json", help="the request: " + ", ".join(REQUEST) + "; - reads it from stdin"
    )
    it.add_argument("--json", action="store_true", help="print the decision as JSON")


# ── running ─────────────────────────────────────────────────────────────────────────────────────────────


def serve(options: argparse.Namespace) -> None:
    """Web processes; on SQLite one, since only one process at a time can write."""
    from portal.config import read

    settings = read()
    _free(options.host, options.port)
    sqlite = settings.database_url.startswith("sqlite")
    _serve(options.host, options.port, options.workers or (1 if sqlite else os.cpu_count() or 1), "info")


def _serve(host: str, port: int, workers: int, loglevel: str) -> None:
    from gunicorn.app.base import BaseApplication

    chosen = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "loglevel": loglevel,
        "proc_name": "portal",
        "graceful_timeout": 30,
        "control_socket_disable": True,
    }

    class Web(BaseApplication):
        def load_config(self) -> None:
            for name, value in chosen.items():
                self.cfg.set(name, value)

        def load(self) -> "Flask":
            return _app()

    Web().run()


def _free(host: str, port: int) -> None:
    """Raises Trouble when we cannot listen there."""
    import errno
    import socket

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


def worker(options: argparse.Namespace) -> int:
    """Background work until it is told to stop; with --once 1 when something failed."""
    parent = os.getppid() if options.with_parent else None
    app = _app()
    from portal.worker import run

    failed = run(app, once=options.once, parent=parent)
    return int(options.once and failed > 0)


def demo(options: argparse.Namespace) -> None:
    """The demo company: database, web and worker. The database is made by a process of its own, so that
    nothing the web processes are forked from has it open.
    """
    import subprocess

    _demo_settings(options.port)
    if options.prepare:
        return _prepare_demo(options.reset)
    _free("127.0.0.1", options.port)
    portal = [sys.executable, "-m", "portal.cli"]
    again = [*portal, "demo", "--prepare", *(["--reset"] if options.reset else [])]
    made = subprocess.run(again, check=False)  # noqa: S603 - our own program
    if made.returncode:
        raise SystemExit(made.returncode)
    _show_sign_ins()
    background = subprocess.Popen([*portal, "worker", "--with-parent"])  # noqa: S603 - our own program
    try:
        _serve("127.0.0.1", options.port, 1, "warning")
    finally:
        background.terminate()
        try:
            background.wait(10)
        except subprocess.TimeoutExpired:
            background.kill()
    return None


def _demo_settings(port: int) -> None:
    """What the demo sets unless it is set: for this process and those it starts."""
    from dotenv import dotenv_values

    theirs = dotenv_values(".env")
    ours = {
        "PORTAL_ENV": "demo",
        "PORTAL_INSTANCE": "instance",
        "PORTAL_BASE_URL": f"http://127.0.0.1:{port}",
        "PORTAL_TIMEZONE": "Europe/Zagreb",
    }
    for name, value in ours.items():
        if name not in os.environ and name not in theirs:
            os.environ[name] = value


def _prepare_demo(reset: bool) -> None:
    from portal.config import read
    from portal.demo.filling import NotOurs, fill, start_over

    settings = read()
    if settings.env != "demo":
        raise Trouble(f"PORTAL_ENV is {settings.env}: the demo runs in an environment of its own")
    try:
        if reset:
            start_over(settings)
        app = _app()
        _bring_up_to_date(app)
        fill(app)
    except NotOurs as error:
        raise Trouble(str(error)) from error


def _show_sign_ins() -> None:
    from portal.config import read
    from portal.demo.sign_ins import PASSWORD, SIGN_INS

    rows = [("Name", "Who that is", "E-mail", "Look at")]
    rows += [(one["name"], one["who"], one["email"], one["look_at"]) for one in SIGN_INS]
    wide = [max(len(row[column]) for row in rows) for column in range(3)]
    print(f"\nThe demo company is at {read().base_url}\nThe password of everybody is: {PASSWORD}\n")
    for row in rows:
        print(
            "  " + "  ".join([*(text.ljust(width) for text, width in zip(row, wide, strict=False)), row[3]])
        )
    print("\nStop it with Ctrl+C; what you enter is kept until `portal demo --reset`.", flush=True)


# ── beginning ───────────────────────────────────────────────────────────────────────────────────────────


def _app() -> "Flask":
    from portal import create_app

    return create_app()


def alone(connection: "Connection") -> None:
    """Wait until nobody else migrates this database, and keep others waiting until the transaction ends.

    On SQLite a transaction that writes is alone already.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")


def migrate(_options: argparse.Namespace) -> None:
    """The newest tables, the departments and the starting rules."""
    _bring_up_to_date(_app())
    print("The database is up to date.")


def _bring_up_to_date(app: "Flask") -> None:
    from alembic import command

    from portal.extensions import db
    from portal.extensions import migrate as migrations
    from portal.routing.starting import begin

    with app.app_context():
        command.upgrade(migrations.get_config(), "head")
        alone(db.session.connection())
        begin()
        db.session.commit()


def init(options: argparse.Namespace) -> None:
    """The first administrator, with a password from standard input. Refuses when there is one."""
    from sqlalchemy import select

    from portal.clock import NEVER
    from portal.extensions import db
    from portal.identity.models import Membership, Organization, Person

    app = _app()
    _bring_up_to_date(app)
    with app.app_context():
        there = select(Person.email).where(Person.administrator, Person.deactivated_at == NEVER)
        if found := db.session.scalar(there.limit(1)):
            raise Trouble(f"there is an administrator already ({found}); `portal person create` makes more")
        db.session.rollback()
        hashed = _password(options)
        person = _new_person(options, hashed)
        person.administrator = True
        ours = db.session.scalar(select(Organization).where(Organization.ours))
        if ours is None:
            ours = Organization(name=options.organization, ours=True)
            db.session.add(ours)
        db.session.flush()
        db.session.add(Membership(person_id=person.id, organization_id=ours.id, manager=True))
        db.session.commit()
        print(f"{person.name} administers {ours.name} and signs in at {app.config['SETTINGS'].base_url}")


def _password(options: argparse.Namespace) -> str:
    """The hash of the password read from standard input."""
    import getpass

    from portal.identity.passwords import LONGEST, SHORTEST, WeakPassword, check_strength, hashed

    asked = sys.stdin.isatty()
    password = getpass.getpass("Password: ") if asked else sys.stdin.readline().rstrip("\r\n")
    try:
        check_strength(password, options.name, options.email)
    except WeakPassword as error:
        wanted = f"it needs {SHORTEST} to {LONGEST} characters that others would not guess"
        raise Trouble(f"the password is too weak ({error.reason}): {wanted}") from error
    return hashed(password)


def _new_person(options: argparse.Namespace, password_hash: str | None) -> Any:
    from portal.identity.people import BadEmail, EmailTaken, create_person

    try:
        return create_person(options.name, options.email, password_hash=password_hash)
    except BadEmail as error:
        raise Trouble(f"{options.email} is no e-mail address: {error}") from error
    except EmailTaken as error:
        raise Trouble(f"somebody has the address {options.email} already") from error


# ── doctor ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Finding:
    """What one check found; state is fine, odd or broken; mend says what to do about it."""

    what: str
    state: str
    said: str
    mend: str = ""


def doctor(options: argparse.Namespace) -> int:
    """Every check, in order; 1 when something is broken."""
    findings = _findings()
    if options.json:
        print(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            print(f"{finding.state:7} {finding.what}: {finding.said}")
            if finding.mend:
                print(f"        → {finding.mend}")
    return int(any(finding.state == "broken" for finding in findings))


def _findings() -> list[Finding]:
    from portal.config import SettingError, read

    try:
        settings = read()
    except SettingError as error:
        return [Finding("settings", "broken", str(error), "correct it in the environment or in .env")]
    findings = [
        Finding("settings", "fine", f"environment {settings.env}"),
        _base_url(settings),
        _secret(settings),
    ]
    with _app().app_context():
        database = _database()
        findings += database
        if database[-1].state == "fine":
            findings.append(_administrators())
        findings.append(_storage(settings))
    return [*findings, _mail(settings)]


def _base_url(settings: "Settings") -> Finding:
    from urllib.parse import urlsplit

    url = settings.base_url
    loopback = (urlsplit(url).hostname or "") in ("localhost", "127.0.0.1", "::1")
    mend = "set PORTAL_BASE_URL to the https address people use: it is in every letter"
    if settings.env == "production" and loopback:
        return Finding("address", "odd", f"{url} is this machine only", mend)
    if settings.env == "production" and not settings.secure:
        return Finding("address", "odd", f"{url} is not encrypted", mend)
    return Finding("address", "fine", url)


def _secret(settings: "Settings") -> Finding:
    path = settings.instance / "secret-key"
    if not path.is_file() or path.read_text().strip() != settings.secret_key:
        short = len(settings.secret_key) < 32
        mend = 'set it to what `python3 -c "import secrets; print(secrets.token_hex(32))"` prints'
        said = "PORTAL_SECRET_KEY is shorter than 32 characters" if short else "set by PORTAL_SECRET_KEY"
        return Finding("secret key", "broken" if short else "fine", said, mend if short else "")
    if mode := path.stat().st_mode & 0o077:
        return Finding(
            "secret key", "broken", f"{path} can be read by others ({mode:03o})", f"chmod 600 {path}"
        )
    return Finding("secret key", "fine", f"{path}, for its owner only")


def _database() -> list[Finding]:
    """Whether it answers, and whether its tables are the newest; the last finding is the worst."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from sqlalchemy.exc import SQLAlchemyError

    from portal.extensions import db, reading
    from portal.extensions import migrate as migrations

    shown = db.engine.url.render_as_string(hide_password=True)
    try:
        with reading(), db.engine.connect() as connection:
            there = set(MigrationContext.configure(connection).get_current_heads())
    except SQLAlchemyError as error:
        reason = " ".join(str(getattr(error, "orig", error)).split())
        mend = "start the database, or correct PORTAL_DATABASE_URL"
        return [Finding("database", "broken", f"{shown} does not answer: {reason}", mend)]
    newest = set(ScriptDirectory.from_config(migrations.get_config()).get_heads())
    answers = Finding("database", "fine", f"{shown} answers")
    if there != newest:
        said = f"at {', '.join(there) or 'nothing'}, the newest is {', '.join(newest)}"
        return [answers, Finding("migrations", "broken", said, "run `portal migrate`")]
    return [answers, Finding("migrations", "fine", f"at {', '.join(there)}, the newest")]


def _administrators() -> Finding:
    from sqlalchemy import func, select

    from portal.clock import now
    from portal.extensions import db, reading
    from portal.identity.models import Person

    active = select(func.count()).where(Person.administrator, Person.deactivated_at > now())
    with reading():
        count = db.session.scalar(active) or 0
        db.session.rollback()
    if not count:
        return Finding("administrators", "odd", "there is none", "run `portal init`")
    return Finding("administrators", "fine", f"there are {count}" if count > 1 else "there is one")


def _storage(settings: "Settings") -> Finding:
    """Whether a file can be written, read and removed."""
    from portal.cases import storage

    probe = f"portal doctor {os.getpid()}".encode()
    mend = "see that the folder exists and this account may write to it, or correct PORTAL_STORAGE_URL"
    try:
        digest = storage.put(probe)
        whole = storage.read(digest) == probe
        storage.delete(digest)
    except Exception as error:  # every kind of store fails in its own way
        return Finding("storage", "broken", f"{settings.storage_url}: {' '.join(str(error).split())}", mend)
    if not whole:
        return Finding("storage", "broken", f"{settings.storage_url} gives back something else", mend)
    return Finding("storage", "fine", f"{settings.storage_url} keeps files")


def _mail(settings: "Settings") -> Finding:
    if settings.smtp_url:
        return Finding("mail", "fine", f"letters are sent as {settings.mail_from}")
    mend = "set PORTAL_SMTP_URL; until then letters are kept for administrators to pass on"
    return Finding("mail", "odd" if settings.env == "production" else "fine", "letters are not sent", mend)


# ── people ──────────────────────────────────────────────────────────────────────────────────────────────


def create_person(options: argparse.Namespace) -> None:
    """Invite somebody and print the link with which they choose a password."""
    from portal.extensions import db
    from portal.identity.models import DepartmentMember
    from portal.identity.news import News, on_link

    told: list[News] = []
    app = _app()
    on_link(told.append)
    with app.app_context():
        organization = _organization(options.organization)
        if (options.administrator or options.department) and not organization.ours:
            raise Trouble(
                f"{organization.name} is not our own company: no department, no administrator there"
            )
        department = _department(options.department) if options.department else None
        invited = _invited(options, organization)
        invited.person.administrator = invited.person.administrator or options.administrator
        if department is not None:
            db.session.add(DepartmentMember(department_id=department.id, membership_id=invited.membership.id))
        db.session.commit()
        link = told[-1].url if invited.link else None
        result = {"person": invited.person.email, "organization": organization.name, "link": link}
    if options.json:
        print(json.dumps(result))
    elif link:
        print(f"{invited.person.name} chooses a password, once and within seven days, at\n{link}")
    else:
        print(f"{invited.person.name} signs in as before and can now act for {organization.name}.")


def _invited(options: argparse.Namespace, organization: "Organization") -> Any:
    from portal.identity.invitations import AlreadyMember, Deactivated, invite
    from portal.identity.people import BadEmail, EmailTaken

    try:
        return invite(None, organization, options.name, options.email, manager=options.manager)
    except AlreadyMember as error:
        raise Trouble(f"{options.email} can act for {organization.name} already") from error
    except Deactivated as error:
        raise Trouble(f"the access of {options.email} was closed") from error
    except EmailTaken as error:
        raise Trouble(f"somebody has the address {options.email} already") from error
    except BadEmail as error:
        raise Trouble(f"{options.email} is no e-mail address: {error}") from error


def _organization(name: str) -> "Organization":
    from sqlalchemy import func, select

    from portal.clock import now
    from portal.extensions import db
    from portal.identity.models import Organization

    found = db.session.scalars(
        select(Organization).where(
            func.lower(Organization.name) == name.strip().lower(), Organization.archived_at > now()
        )
    ).all()
    if len(found) != 1:
        raise Trouble(f"there is {'no' if not found else 'more than one'} organization called {name}")
    return found[0]


def _department(code: str) -> "Department":
    from sqlalchemy import select

    from portal.clock import now
    from portal.extensions import db
    from portal.identity.models import Department

    all_ = {d.code: d for d in db.session.scalars(select(Department).where(Department.archived_at > now()))}
    if code not in all_:
        raise Trouble(f"there is no department {code}; there are {', '.join(sorted(all_)) or 'none'}")
    return all_[code]


def deactivate_person(options: argparse.Namespace) -> None:
    """No sign-in, no session and no link of theirs works from now on."""
    from sqlalchemy import func, select

    from portal.clock import now
    from portal.extensions import db
    from portal.identity.models import Person
    from portal.identity.people import deactivate, find
    from portal.identity.viewer import is_in_force

    with _app().app_context():
        person = find(options.email)
        if person is None:
            raise Trouble(f"nobody here has the address {options.email}")
        if not is_in_force(person):
            raise Trouble(f"the access of {person.email} is closed already")
        others = select(func.count()).where(
            Person.administrator, Person.deactivated_at > now(), Person.id != person.id
        )
        if person.administrator and not db.session.scalar(others):
            raise Trouble(f"{person.email} is the only administrator; make another one first")
        deactivate(person)
        db.session.commit()
        print(f"The access of {person.name} ({person.email}) is closed.")


# ── routing ─────────────────────────────────────────────────────────────────────────────────────────────

REQUEST = (
    "kind",
    "subject",
    "body",
    "text",
    "product",
    "organization",
    "relation",
    "relations",
    "language",
    "amount",
)


def explain_route(options: argparse.Namespace) -> None:
    """The department, and rule by rule why. Writes nothing."""
    from flask_babel import force_locale

    from portal.extensions import reading
    from portal.routing import explain
    from portal.routing.rules import NoFrontDesk, decide

    asked = _request(options.file)
    with _app().app_context(), reading(), force_locale("en"):
        try:
            decision = decide(_facts(asked))
        except NoFrontDesk as error:
            raise Trouble("there are no departments yet, run `portal migrate`") from error
        trace = decision.trace
        passed, why = explain.passed_over(trace), explain.for_staff(trace)
        told = explain.for_outsider(trace)
    if options.json:
        keys = ("rule", "name", "version", "matched", "passed")
        result = {"department": decision.department, "department_name": trace["department_name"]}
        result |= {
            "priority": decision.priority or 0,
            "why": why,
            "told": told,
            **{k: trace[k] for k in keys},
        }
        print(json.dumps(result, ensure_ascii=False, indent=2))
        return
    print(trace["department_name"])
    for line in passed:
        print(f"  passed over  {line}")
    print(f"  decided      {why}\n  told         {told}")


def _request(name: str) -> dict[str, Any]:
    try:
        asked = json.loads(sys.stdin.read() if name == "-" else Path(name).read_text())
    except ValueError as error:
        raise Trouble(f"{name} holds no JSON: {error}") from error
    if not isinstance(asked, dict):
        raise Trouble(f"{name} holds no JSON object with the keys {', '.join(REQUEST)}")
    if unknown := sorted(set(asked) - set(REQUEST)):
        raise Trouble(f"{name} has the key {unknown[0]}, which is none of {', '.join(REQUEST)}")
    return asked


def _facts(asked: Mapping[str, Any]) -> "Facts":
    """What rules look at; relations are the organization's unless the request names them."""
    from portal.catalogue.products import named
    from portal.registry import registry
    from portal.routing.rules import Facts

    kind = str(asked.get("kind") or "")
    if kind and kind not in registry().kinds:
        raise Trouble(f"there is no kind {kind}; there are {', '.join(registry().kinds)}")
    product = named(str(asked["product"])) if asked.get("product") else None
    if asked.get("product") and product is None:
        raise Trouble(f"there is no product {asked['product']}")
    organization = _organization(str(asked["organization"])) if asked.get("organization") else None
    relations = asked.get("relations", asked.get("relation"))
    relations = [relations] if isinstance(relations, str) else relations
    if relations is None:
        relations = organization.relations if organization else ()
    return Facts(
        kind=kind,
        text="\n".join(str(asked[key]) for key in ("subject", "body", "text") if asked.get(key)),
        product_id=product.id if product else None,
        organization_id=organization.id if organization else None,
        relations=frozenset(relations),
        language=str(asked.get("language") or ""),
        amount=_amount(asked.get("amount")),
    )


def _amount(given: Any) -> Any:
    from decimal import Decimal, InvalidOperation

    try:
        amount = Decimal(str(given)) if given not in (None, "") else None
    except InvalidOperation as error:
        raise Trouble(f"the amount {given} is no number") from error
    if amount is not None and not amount.is_finite():
        raise Trouble(f"the amount {given} is no number")
    return amount


if __name__ == "__main__":
    raise SystemExit(main())
