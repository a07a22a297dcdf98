"""`portal export`: rows into a file, and a record that somebody took them."""

import json
import os
from argparse import Namespace
from pathlib import Path

from portal import create_app
from portal.commands import Trouble
from portal.exchange.exports import WRITERS, record, write
from portal.exchange.taking import load
from portal.extensions import db, reading
from portal.showing import zone


def take_out(options: Namespace) -> None:
    """Everything of its kind, confidential cases among them: whoever has the shell has the database."""
    path = Path(options.to)
    form = path.suffix.lower().removeprefix(".")
    if form not in WRITERS:
        raise Trouble(f"{path.name} ends in none of {', '.join(f'.{name}' for name in WRITERS)}")
    if options.limit is not None and options.limit < 1:
        raise Trouble("--limit is at least 1")
    with create_app().app_context():
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with reading(), fresh.open("wb") as file:
                rows = write(file, form, load(options.what), options.limit, zone())
                db.session.rollback()
            filters = {"limit": options.limit} if options.limit else {}
            record(None, options.what, form, rows, filters)
            db.session.commit()
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    result = {"what": options.what, "rows": rows, "file": str(path), "bytes": path.stat().st_size}
    if options.json:
        print(json.dumps(result))
    else:
        print(f"{rows:,} rows are in {path}; that they were taken is recorded.")
