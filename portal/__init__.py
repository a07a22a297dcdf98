"""Portal: where a company's customers, partners and suppliers work together with its departments.

`create_app` is the only place that knows every room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from portal.config import Settings

__version__ = "0.1.0"


def create_app(settings: Settings | None = None) -> Flask:
    """The application, from the given settings or the environment's. Raises `config.SettingError`."""
    from portal.app import assemble  # noqa: PLC0415 - `portal --help` imports this package and must start fast
    from portal.config import read  # noqa: PLC0415 - the same

    return assemble(settings or read())
