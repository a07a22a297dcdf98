"""`portal doctor`: settings, surroundings and contents looked at, with what to do about each finding."""

import json
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict

from portal import create_app, health
from portal.commands import contents, surroundings
from portal.commands.findings import Finding
from portal.config import SettingError, Settings, read


def doctor(options: Namespace) -> int:
    """Every check, in order; 1 when something is broken."""
    findings = []
    for finding in _findings():
        findings.append(finding)
        if not options.json:
            _say(finding)
    if options.json:
        print(json.dumps([asdict(finding) for finding in findings], indent=2))
    return int(any(finding.state == "broken" for finding in findings))


def _say(finding: Finding) -> None:
    print(f"{finding.state:7} {finding.what}: {finding.said}")
    if finding.mend:
        print(f"        → {finding.mend}", flush=True)


def _findings() -> Iterator[Finding]:
    try:
        settings = read()
    except SettingError as error:
        yield Finding("settings", "broken", str(error), "correct it in the environment or in .env")
        return
    yield Finding("settings", "fine", f"environment {settings.env}")
    yield surroundings.address(settings)
    yield surroundings.secret(settings)
    with create_app().app_context():
        database = list(contents.tables())
        yield from database
        if database[-1].state == "fine":
            yield surroundings.clock()
            yield contents.indexes()
            yield contents.administrators()
            yield contents.merges()
        yield _storage(settings)
        yield surroundings.permissions(settings)
        yield surroundings.disk(settings)
        yield surroundings.mail(settings)
        yield surroundings.worker(settings)
        if database[-1].state == "fine":
            yield from contents.copies()


def _storage(settings: Settings) -> Finding:
    """Whether a file can be written, read and removed."""
    trouble = health.storage_trouble()
    if trouble:
        mend = "see that the folder exists and this account may write to it, or correct PORTAL_STORAGE_URL"
        return Finding("storage", "broken", f"{settings.storage_url}: {trouble}", mend)
    return Finding("storage", "fine", f"{settings.storage_url} keeps files")
