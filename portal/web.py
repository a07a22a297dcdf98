"""What every view shares: who is asking, public or not, the case at an address, error pages, headers."""

from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from flask import Flask, Response, abort, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import AnonymousUserMixin, current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from portal import logs
from portal.extensions import db, login, only_read
from portal.identity import installation
from portal.identity import viewer as viewers
from portal.identity.viewer import Viewer
from portal.registry import Place, registry
from portal.resume import kept_form

log = structlog.get_logger()
View = TypeVar("View", bound=Callable[..., Any])

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)
WITHOUT_FILES = 4_000_000
"""Bytes of a request that carries no files."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def public(view: View) -> View:
    """Mark a view as open to everybody; every other route asks for a sign-in."""
    view.is_public = True  # type: ignore[attr-defined] # functions take attributes
    return view


def me() -> Viewer:
    """The signed-in viewer. Only for views that are not public."""
    viewer: Viewer = current_user._get_current_object()
    return viewer


def staff_only() -> Viewer:
    """The viewer when they are ours; otherwise the page is not there."""
    if not me().is_staff:
        abort(404)
    return me()


def administrators_only() -> Viewer:
    """The viewer when they administer; otherwise the page is not there."""
    if not me().administers:
        abort(404)
    return me()


def tell(strong: str, text: str = "", kind: str = "done", undo: str = "") -> None:
    """Show a notice on the next page: the fact, then what follows.

    kind: done, soon, late, us or you; undo: the address that takes back what was done.
    """
    action = {"label": _("Undo"), "url": undo, "post": True} if undo else None
    flash({"strong": strong, "text": text, "action": action}, kind)  # type: ignore[arg-type] # any JSON value


def see(endpoint: str, **values: Any) -> BaseResponse:
    """Redirect after a post."""
    return redirect(url_for(endpoint, **values), 303)


def register(app: Flask) -> None:
    """Hang the shared behaviour onto the app."""
    login.user_loader(viewers.from_session)
    app.before_request(_begin)
    app.before_request(_default_deny)
    app.after_request(_headers)
    app.teardown_request(_end)
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(OverflowError, _impossible)
    app.register_error_handler(DataError, _impossible)
    app.register_error_handler(Exception, _unexpected)
    app.context_processor(_page)


def _begin() -> None:
    logs.begin(request, trusted=current_app.config["SETTINGS"].trusted_proxies > 0)
    if request.mimetype != "multipart/form-data" or _is_public():
        request.max_content_length = WITHOUT_FILES
    only_read(True)


def _end(_error: BaseException | None) -> None:
    only_read(False)


def _is_public() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "is_public", False)


def _default_deny() -> Any:
    if request.endpoint is None or _is_public() or current_user.is_authenticated:
        return _take_in()
    if request.method in SAFE:
        return redirect(url_for("identity.sign_in", next=request.full_path.rstrip("?")), 303)
    return render_template("identity/sign_in_again.html", kept=kept_form()), 401


def _take_in() -> None:
    """Let a request that may write go on: its whole body first, however slowly it comes, then the lock.

    On SQLite whoever writes holds the only lock from the first query on; a slow sender must not hold it.
    """
    if request.method not in SAFE:
        installation.chosen()  # read now, if it changed: later it could hold the lock while files are judged
        db.session.commit()
        request.form  # noqa: B018 - reading it takes the body in
        only_read(False)


def _headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["X-Request-Reference"] = g.get("reference", "")
    response.headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
    if current_app.config["SETTINGS"].secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint != "assets.file":
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.vary.add("Cookie")
        response.vary.add("HX-Request")
    return response


def _form_expired(error: CSRFError) -> Any:
    return render_template("resume.html", kept=kept_form(), why=error.description), 403


def _http_error(error: HTTPException) -> Any:
    db.session.rollback()
    if error.response is not None or error.code is None or error.code < 400:
        return error
    response = current_app.make_response((error_page(error.code), error.code))
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    retry = getattr(error, "retry_after", None)
    if retry:
        response.headers["Retry-After"] = str(retry)
    return response


def _stale(_error: StaleDataError) -> Any:
    """Somebody else changed the same case in between: nothing was written; show it as it is now."""
    db.session.rollback()
    return render_template("resume.html", kept=kept_form(), why="stale"), 409


def _impossible(_error: Exception) -> Any:
    """A number or a text the database cannot hold: nothing there can have it, so it is not there."""
    db.session.rollback()
    return error_page(404), 404


def _unexpected(error: Exception) -> Any:
    db.session.rollback()
    g.failing = True
    # Flask-Login keeps the user there: nothing on the page may ask the database who this is.
    g._login_user = AnonymousUserMixin()  # noqa: SLF001
    log.error("unexpected", error=repr(error), exc_info=error)
    if current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    return error_page(500), 500


def error_page(code: int) -> str:
    """The page for an error, with a reference that is in the log; it must not fail itself."""
    if code == 404:
        reference = None
    else:
        reference = g.get("reference")
        log.info("refused", code=code)
    kept = kept_form() if code == 404 else None
    return render_template("error.html", code=code, reference=reference, kept=kept)


def _page() -> dict[str, Any]:
    """What every template may use."""
    viewer = me() if current_user.is_authenticated else None
    return {
        "chosen": installation.chosen(),
        "me": viewer,
        "bell": viewer.unread if viewer else 0,
        "nav": [_entry(place) for place in registry().places if viewer and place.shown(viewer)],
        "theme": viewer.theme if viewer else "",
        "site": current_app.config["SITE"],
        "settings": current_app.config["SETTINGS"],
    }


def _entry(place: Place) -> dict[str, Any]:
    url = url_for(place.endpoint)
    here = request.path == url or (url != "/" and request.path.startswith(url))
    return {"label": place.label, "url": url, "icon": place.icon, "current": here}
