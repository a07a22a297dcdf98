"""portal.assets over a small static folder of its own: no database, no other part of the program."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from markupsafe import escape

from portal import assets

pytestmark = pytest.mark.own_database

CSS = b"body { color: black }\n" * 50


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "static"
    (folder / "vendor" / "fonts").mkdir(parents=True)
    (folder / "theme.css").write_bytes(CSS)
    (folder / "theme.css.gz").write_bytes(gzip.compress(CSS, mtime=0))
    (folder / "portal.js").write_bytes(b"'use strict'\n")
    (folder / "vendor" / "fonts" / "plex.woff2").write_bytes(b"wOF2 not really")
    (folder / "vendor" / "icons.json").write_text(json.dumps({"check": '<path d="M1 1"/>'}))
    (tmp_path / "secret.txt").write_text("outside")
    monkeypatch.setattr(assets, "STATIC", folder)
    forget()
    yield folder
    forget()


def forget() -> None:
    """What a process reads once is read again: for these tests and after them."""
    assets.index.cache_clear()
    assets._icons.cache_clear()


@pytest.fixture
def app(static: Path) -> Flask:
    app = Flask("tiny", static_folder=None)
    app.testing = True
    assets.register(app)
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_a_current_address_is_kept_for_ever(client: FlaskClient) -> None:
    answer = client.get(f"/static/{assets.digest()}/portal.js")
    assert answer.status_code == 200
    assert answer.data == b"'use strict'\n"
    assert answer.content_type == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


def test_another_releases_address_serves_but_is_not_kept(client: FlaskClient) -> None:
    answer = client.get("/static/000000000000/portal.js")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_packed_when_accepted_and_plain_otherwise(client: FlaskClient) -> None:
    address = f"/static/{assets.digest()}/theme.css"
    packed = client.get(address, headers={"Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.content_type == "text/css; charset=utf-8"
    assert gzip.decompress(packed.data) == CSS
    for refusal in ({}, {"Accept-Encoding": "gzip;q=0"}, {"Accept-Encoding": "br"}):
        plain = client.get(address, headers=refusal)
        assert "Content-Encoding" not in plain.headers
        assert plain.data == CSS
        assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
        assert plain.headers["ETag"] != packed.headers["ETag"]


def test_a_stale_gz_is_not_served(static: Path, client: FlaskClient) -> None:
    (static / "theme.css").write_bytes(b"newer")
    forget()
    answer = client.get(assets.url("theme.css"), headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
    assert answer.data == b"newer"


def test_fonts_have_their_type(client: FlaskClient) -> None:
    answer = client.get(f"/static/{assets.digest()}/vendor/fonts/plex.woff2")
    assert answer.content_type == "font/woff2"


@pytest.mark.parametrize(
    "name",
    [
        "missing.css",
        "",
        "vendor",
        "vendor/",
        "theme.css.gz",
        "../secret.txt",
        "%2e%2e/secret.txt",
        "..%2fsecret.txt",
        "vendor/../../secret.txt",
        "/etc/passwd",
        "theme.css%00",
    ],
)
def test_nothing_else_is_there(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/static/{assets.digest()}/{name}", follow_redirects=True)
    assert answer.status_code == 404
    assert b"outside" not in answer.data


def test_an_unchanged_file_is_not_sent_again(client: FlaskClient) -> None:
    address = f"/static/{assets.digest()}/theme.css"
    etag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


def test_only_reading_is_allowed(client: FlaskClient) -> None:
    assert client.post(f"/static/{assets.digest()}/theme.css").status_code == 405
    assert client.head(f"/static/{assets.digest()}/theme.css").status_code == 200


def test_the_digest_follows_content_and_names_but_not_gz(static: Path) -> None:
    before = assets.digest()
    (static / "theme.css.gz").unlink()
    forget()
    assert assets.digest() == before
    (static / "portal.js").rename(static / "other.js")
    forget()
    renamed = assets.digest()
    assert renamed != before
    (static / "other.js").write_bytes(b"'changed'")
    forget()
    assert assets.digest() not in {before, renamed}


def test_template_functions(app: Flask) -> None:
    with app.test_request_context():
        text = render_template_string("{{ asset('theme.css') }} {{ icon('check', cls='push') }}")
    address, drawing = text.split(" ", 1)
    assert address == f"/static/{assets.digest()}/theme.css"
    assert drawing == (
        '<svg class="icon push" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        '<path d="M1 1"/></svg>'
    )


def test_a_labelled_icon_speaks_and_escapes(app: Flask) -> None:
    with app.app_context():
        drawing = assets.icon("check", label='"done" & <dusted>')
    assert f'role="img" aria-label="{escape(chr(34) + "done" + chr(34) + " & <dusted>")}"' in drawing
    assert "aria-hidden" not in drawing


def test_a_wrong_name_is_loud_in_testing_and_quiet_in_production(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(LookupError, match="nope"):
            assets.icon("nope")
        with pytest.raises(LookupError, match=r"nope\.css"):
            assets.url("nope.css")
        app.testing = False
        assert assets.icon("nope") == (
            '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"></svg>'
        )
        assert assets.url("nope.css") == f"/static/{assets.digest()}/nope.css"


def test_a_missing_vendor_folder_says_what_to_run(static: Path) -> None:
    (static / "vendor").rename(static / "elsewhere")
    forget()
    with pytest.raises(RuntimeError, match="make assets"):
        assets.register(Flask("tiny", static_folder=None))


def test_flasks_own_static_route_is_refused(static: Path) -> None:
    with pytest.raises(RuntimeError, match="static_folder=None"):
        assets.register(Flask("tiny", static_folder=str(static)))


def test_the_access_law_finds_its_mark(app: Flask) -> None:
    assert app.view_functions["assets.file"].is_public is True  # type: ignore[attr-defined]
