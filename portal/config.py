"""Settings from the environment (or a .env file): typed, checked, refused with their name when wrong."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values


class SettingError(ValueError):
    """A PORTAL_ setting is unknown or has a bad value; the message names it."""


@dataclass(frozen=True)
class Settings:
    """One attribute per PORTAL_ name, in lower case. The README's table says what each does."""

    env: str = "production"
    database_url: str = ""
    storage_url: str = ""
    smtp_url: str = ""
    mail_from: str = "portal@localhost"
    base_url: str = "http://127.0.0.1:8000"
    secret_key: str = ""
    timezone: str = "UTC"
    file_mb: int = 25
    """Largest single file, in megabytes (10^6 bytes)."""
    files: int = 10
    """Most files in one message."""
    undo_seconds: int = 15
    """How long staff can take back what they send; nothing leaves before. 0 sends at once."""
    trusted_proxies: int = 0
    """How many proxies in front of us set X-Forwarded-… headers."""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_name: str = ""
    instance: Path = Path("instance")
    metrics_token: str = ""
    """What a monitor that asks for /metrics from another machine says it is: "Bearer" and this."""
    export_rows: int = 10_000
    """Most rows somebody can take away by one export in the browser; the shell has no such limit."""

    @property
    def secure(self) -> bool:
        """Whether people reach us by https, so that cookies can insist on it."""
        return self.base_url.startswith("https://")

    @property
    def oidc(self) -> bool:
        return bool(self.oidc_issuer)


def _choice(*allowed: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"is one of {', '.join(allowed)}")
        return value

    return check


def _url(*schemes: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value and urlsplit(value).scheme not in schemes:
            raise ValueError(f"is a URL that begins with {' or '.join(s + '://' for s in schemes)}")
        return value.rstrip("/") if schemes[0].startswith("http") else value

    return check


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("is a time zone such as Europe/Zagreb") from error
    return value


def _number(value: str, most: int = 10_000) -> int:
    if not (value.isascii() and value.isdigit()) or int(value) > most:
        raise ValueError(f"is a whole number from 0 to {most}")
    return int(value)


def _rows(value: str) -> int:
    return _number(value, 1_000_000)


def _token(value: str) -> str:
    if value and len(value) < 16:
        raise ValueError("is at least 16 characters long, or nothing")
    return value


_CHECKS: dict[str, Callable[[str], Any]] = {
    "env": _choice("production", "development", "testing", "demo"),
    "database_url": _url("sqlite", "postgresql+psycopg"),
    "storage_url": _url("file", "s3", "memory"),
    "smtp_url": _url("smtp", "smtps", "smtp+starttls"),
    "base_url": _url("http", "https"),
    "oidc_issuer": _url("https", "http"),
    "timezone": _zone,
    "file_mb": _number,
    "files": _number,
    "undo_seconds": _number,
    "trusted_proxies": _number,
    "instance": Path,
    "metrics_token": _token,
    "export_rows": _rows,
}


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in force: the given mapping, or the environment over a .env file beside us.

    Raises `SettingError` for an unknown PORTAL_ name, a bad value, or OIDC set by halves.
    """
    if environment is None:
        environment = {**{k: v or "" for k, v in dotenv_values(".env").items()}, **os.environ}
    known = {field.name for field in fields(Settings)}
    given: dict[str, Any] = {}
    for name, value in environment.items():
        if not name.startswith("PORTAL_"):
            continue
        attribute = name.removeprefix("PORTAL_").lower()
        if attribute not in known:
            raise SettingError(f"{name} is no setting of ours; the README lists them")
        try:
            given[attribute] = _CHECKS.get(attribute, str)(value.strip())
        except ValueError as error:
            raise SettingError(f"{name} {error}") from error
    return _complete(Settings(**given))


def _complete(settings: Settings) -> Settings:
    """Fill in what follows from the instance folder, and refuse what is half configured."""
    if settings.oidc and not (settings.oidc_client_id and settings.oidc_client_secret):
        raise SettingError("PORTAL_OIDC_ISSUER needs PORTAL_OIDC_CLIENT_ID and PORTAL_OIDC_CLIENT_SECRET")
    instance = settings.instance.absolute()
    changes: dict[str, Any] = {"instance": instance}
    if not settings.database_url:
        changes["database_url"] = f"sqlite:///{instance / 'portal.db'}"
    if not settings.storage_url:
        changes["storage_url"] = f"file://{instance / 'files'}"
    if not settings.secret_key:
        changes["secret_key"] = _kept_secret(instance)
    return replace(settings, **changes)


def _kept_secret(instance: Path) -> str:
    """The secret key of this installation, made on first start and readable by its owner only."""
    path = instance / "secret-key"
    try:
        instance.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    except OSError as error:
        raise SettingError(f"PORTAL_SECRET_KEY is not set and {path} cannot be written: {error}") from error
    kept = path.read_text().strip()
    if not kept:
        raise SettingError(f"{path} is empty; remove it or set PORTAL_SECRET_KEY")
    return kept
