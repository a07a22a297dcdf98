"""`portal import`: rows from a spreadsheet, all of them or none."""

import json
import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import force_locale

from portal import create_app
from portal.commands import Trouble
from portal.exchange.bringing import KEPT, Outcome, Wrong
from portal.exchange.columns import mapped
from portal.exchange.finding import called
from portal.exchange.models import Import
from portal.exchange.running import bring, look
from portal.exchange.sheets import Sheet, open_sheet
from portal.exchange.words import remarks
from portal.exchange.wrong import Unreadable
from portal.extensions import db, reading


def bring_in(options: Namespace) -> int:
    """Look through the whole file, then import it in one transaction. 1 when rows are wrong."""
    path = Path(options.file)
    if not path.is_file():
        raise Trouble(f"there is no file {path}")
    with create_app().app_context(), force_locale("en"):
        try:
            sheet = open_sheet(path)
            mapping = mapped(options.what, sheet.heads, _said(options.map))
            more = _options(options)
            outcome = _brought(options, sheet, mapping, more)
        except Unreadable as error:
            raise Trouble(f"{path.name}: {error.sentence}") from error
        except Wrong as wrong:
            outcome = wrong.outcome
        result = _result(options, sheet, mapping, outcome)
        print(json.dumps(result, ensure_ascii=False, indent=2) if options.json else _words(result))
        if outcome.wrong and not options.json:
            _complain(outcome)
    return 1 if outcome.wrong else 0


def _said(pairs: list[str]) -> dict[str, str]:
    """--map ours=theirs, several times."""
    found = {}
    for pair in pairs:
        ours, sign, theirs = pair.partition("=")
        if not sign:
            raise Trouble(f"--map {pair} is not ours=theirs")
        found[ours.strip()] = theirs.strip()
    return found


def _options(options: Namespace) -> dict[str, Any]:
    if not options.organization:
        return {}
    if options.what != "cases":
        raise Trouble("--organization is for cases only")
    name = options.organization.strip()
    several = called([name]).get(name.lower(), [])
    if len(several) != 1:
        raise Unreadable("several_organizations" if several else "no_organization", name=name)
    if several[0].ours:
        raise Trouble(f"{several[0].name} is our own company")
    return {"organization_id": several[0].id}


def _brought(
    options: Namespace, sheet: Sheet, mapping: Mapping[str, str], more: Mapping[str, Any]
) -> Outcome:
    """What a look found when something is wrong or only a look was asked for, else what was imported."""
    with reading():
        db.session.commit()
        found = look(options.what, sheet, mapping, more, lambda done: None)
        db.session.commit()
    if found.wrong or options.dry_run:
        return found
    record = Import(what=options.what, name=sheet.path.name[:200], state="running")
    record.mapping, record.options = dict(mapping), {**more, "encoding": sheet.encoding}
    db.session.add(record)
    db.session.flush()
    try:
        outcome = bring(record, sheet, lambda done: None)
    except BaseException:
        db.session.rollback()
        raise
    if outcome.made or outcome.changed:
        db.session.commit()
    else:
        db.session.rollback()  # nothing is different: nothing to remember, nothing to take back
    return outcome


def _result(options: Namespace, sheet: Sheet, mapping: Mapping[str, str], outcome: Outcome) -> dict[str, Any]:
    return {
        "what": options.what,
        "file": sheet.path.name,
        "dry_run": options.dry_run,
        "encoding": sheet.encoding,
        "separator": sheet.separator,
        "columns": dict(mapping),
        "ignored": [head for head in sheet.heads if head and head not in mapping.values()],
        "rows": outcome.rows,
        "made": 0 if outcome.wrong else outcome.made,
        "changed": 0 if outcome.wrong else outcome.changed,
        "same": 0 if outcome.wrong else outcome.same,
        "wrong": outcome.wrong,
        "problems": [
            {
                "line": problem.line,
                "column": problem.column,
                "code": problem.code,
                "found": problem.found,
                "expected": problem.expected,
            }
            for problem in outcome.problems
        ],
        "remarks": remarks(outcome.remarks),
        "departments": dict(outcome.went.most_common()),
        "compared": outcome.compared,
        "agreed": outcome.agreed,
    }


def _words(result: dict[str, Any]) -> str:
    if result["wrong"]:
        return f"Nothing is imported: {result['wrong']} problems in {result['rows']} rows."
    numbers = f"{result['made']} new, {result['changed']} changed, {result['same']} the same"
    if result["dry_run"]:
        first = f"{result['rows']} rows are right: {numbers}. Nothing is imported yet."
    elif result["made"] or result["changed"]:
        first = f"Imported {result['rows']} rows: {numbers}."
    else:
        first = f"Nothing to change: all {result['rows']} rows are here already."
    lines = [first, *result["remarks"]]
    if result["departments"]:
        lines.append("Went to " + ", ".join(f"{code} {n}" for code, n in result["departments"].items()) + ".")
    if result["compared"]:
        lines.append(f"{result['agreed']} of {result['compared']} went where the file expects them.")
    return "\n".join(lines)


def _complain(outcome: Outcome) -> None:
    for problem in outcome.problems:
        print(problem.sentence, file=sys.stderr)
    if outcome.wrong > KEPT:
        print(f"... and {outcome.wrong - KEPT} more", file=sys.stderr)
