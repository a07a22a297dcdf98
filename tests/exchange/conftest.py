"""What the tests of imports share: files of a few lines, and importing them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from portal.exchange.bringing import Outcome, Wrong
from portal.exchange.columns import mapped
from portal.exchange.models import Import
from portal.exchange.running import bring, look
from portal.exchange.sheets import open_sheet
from portal.extensions import db
from tests.browser import Browser
from tests.cast import Cast

Bring = Callable[..., Outcome]


@pytest.fixture
def ada(cast: Cast) -> Browser:
    return cast.browser("ada")


@dataclass
class Desk:
    """Somebody who imports files as the shell does: looks first, then imports in one transaction."""

    cast: Cast
    folder: Path

    def file(self, content: str | bytes) -> Path:
        path = self.folder / "rows.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def look(self, what: str, content: str | bytes | Path, /, **options: Any) -> Outcome:
        said = options.pop("said", {})
        path = content if isinstance(content, Path) else self.file(content)
        with self.cast.app.app_context():
            sheet = open_sheet(path)
            found = look(what, sheet, mapped(what, sheet.heads, said), options, lambda done: None)
            db.session.rollback()
            return found

    def bring(self, what: str, content: str | bytes | Path, /, **options: Any) -> Outcome:
        """Both passes must count the same. Raises Wrong."""
        seen = self.look(what, content, **options)
        said = options.pop("said", {})
        path = content if isinstance(content, Path) else self.folder / "rows.csv"
        with self.cast.app.app_context():
            sheet = open_sheet(path)
            record = Import(what=what, name="rows.csv", state="running", options=options)
            record.mapping = mapped(what, sheet.heads, said)
            db.session.add(record)
            db.session.flush()
            try:
                done = bring(record, sheet, lambda done: None)
            except Wrong:
                db.session.rollback()
                assert seen.wrong
                raise
            db.session.commit()
        counts = [(each.rows, each.made, each.changed, each.same, dict(each.went)) for each in (seen, done)]
        assert counts[0] == counts[1], "what a look announces is what comes of it"
        return done

    def problems(self, what: str, content: str | bytes, **options: Any) -> list[tuple[int, str, str]]:
        """(line, column, code) of what is wrong; importing it does nothing."""
        found = self.look(what, content, **options)
        return [(each.line, each.column, each.code) for each in found.problems]


@pytest.fixture
def desk(cast: Cast, tmp_path: Path) -> Desk:
    return Desk(cast, tmp_path)
