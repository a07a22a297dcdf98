"""Hatch build hook: a real wheel carries templates/ and migrations/ inside the package.

An editable install must not: its copies would go stale. Hatch calls that version "editable".
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PortalBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "standard":
            return
        root = Path(self.root)
        for folder in ("templates", "migrations"):
            if not (root / folder).is_dir():
                raise RuntimeError(f"{folder}/ is missing: a wheel without it would not run")
            build_data["force_include"][str(root / folder)] = f"portal/{folder}"
        if not (root / "portal/static/vendor/bootstrap.min.css").is_file():
            raise RuntimeError("portal/static/vendor/ is missing: run `make assets` first")
