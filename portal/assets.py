"""Style sheets, scripts, fonts and icons: addresses that change with the content, cached for ever.

Everything under portal/static is served from /static/<digest>/<name>, where the digest is over all of it,
so that a new release is a new address and style sheets can refer to fonts beside them by relative name.
The part under vendor/ is made by scripts/assets.py (`make assets`).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask, Response, abort, current_app, request
from markupsafe import Markup

STATIC = Path(__file__).parent / "static"
ONE_YEAR = 31_536_000
# Said here because a bare machine's type table may lack them, and without it fonts go out as octet-stream.
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


class File(NamedTuple):
    plain: bytes
    packed: bytes | None
    etag: str


class Index(NamedTuple):
    digest: str
    files: dict[str, File]


@cache
def index() -> Index:
    """Reads portal/static, about half a megabyte, once per process; what isn't in here isn't served."""
    if not (STATIC / "vendor").is_dir():
        raise RuntimeError(f"{STATIC / 'vendor'} is missing: run `make assets`")
    total = hashlib.sha256()
    files: dict[str, File] = {}
    for path in sorted(STATIC.rglob("*")):
        if not path.is_file() or path.suffix in {".gz", ".part"} or path.name.startswith("."):
            continue
        name, plain = path.relative_to(STATIC).as_posix(), path.read_bytes()
        etag = hashlib.sha256(plain).hexdigest()
        total.update(f"{name} {etag}\n".encode())
        twin = path.with_name(path.name + ".gz")
        packed = twin.read_bytes() if twin.is_file() else None
        # Compared by content: an edited style sheet must never be served from the .gz of yesterday's.
        if packed is not None and gzip.decompress(packed) != plain:
            packed = None
        files[name] = File(plain, packed, etag[:16])
    return Index(total.hexdigest()[:12], files)


def digest() -> str:
    return index().digest


def url(name: str) -> str:
    """The address of a file under portal/static, as /static/<digest>/<name>."""
    if name not in index().files and _strict():
        raise LookupError(f"no {name!r} in portal/static; `make assets` makes the part under vendor/")
    return f"/static/{digest()}/{name}"


@cache
def _icons() -> dict[str, str]:
    icons: dict[str, str] = json.loads((STATIC / "vendor" / "icons.json").read_text("utf-8"))
    return icons


def icon(name: str, label: str | None = None, cls: str = "") -> Markup:
    """An inline drawing: decoration beside its word, or, with a label, a picture that says it itself."""
    inner = _icons().get(name)
    if inner is None and _strict():
        raise LookupError(f"icon {name!r} is not in icons.json; `make assets` adds the icons templates use")
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="{}" viewBox="0 0 16 16" {} focusable="false">{}</svg>').format(
        f"icon {cls}".strip(),
        spoken,
        Markup(inner or ""),  # noqa: S704 - from our own icons.json, built from the Bootstrap sprite
    )


def _strict() -> bool:
    """A name that leads nowhere is an error while developing, and a missing picture in production."""
    return bool(current_app and (current_app.debug or current_app.testing))


def serve(version: str, name: str) -> Response:
    """One file of the index; an address of another release still works but isn't kept by anyone."""
    file = index().files.get(name)
    if file is None:
        abort(404)
    mimetype = TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = Response(file.plain, mimetype=mimetype)
    response.set_etag(file.etag)
    if file.packed is not None:
        response.vary.add("Accept-Encoding")
        if request.accept_encodings["gzip"] > 0:
            response.set_data(file.packed)
            response.headers["Content-Encoding"] = "gzip"
            response.set_etag(f"{file.etag}-gzip")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = (
        f"public, max-age={ONE_YEAR}, immutable" if version == digest() else "no-cache"
    )
    response.make_conditional(request)
    return response


# Everybody may fetch these, signed in or not: the mark our access law looks for.
serve.is_public = True  # type: ignore[attr-defined] # not web.public: this module needs no database


def register(app: Flask) -> None:
    """Adds the route and the template functions; the app must have been made with static_folder=None."""
    if app.has_static_folder:
        raise RuntimeError("create the app with static_folder=None: portal.assets serves /static itself")
    index()  # a missing vendor folder shows at the start, not on the first page
    app.add_url_rule("/static/<version>/<path:name>", endpoint="assets.file", view_func=serve)
    functions: dict[str, Any] = {"asset": url, "icon": icon}
    app.jinja_env.globals.update(functions)
