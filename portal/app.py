"""Put the house together: settings, extensions, rooms, and what subscribes to what."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask, g, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_babel import lazy_gettext as _l
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import assets, branding, health, questions, showing, web
from portal.cases import access_views, events, file_views, lane_views, page, task_views
from portal.cases import views as case_views
from portal.channels import letters, notices
from portal.channels import views as channel_views
from portal.config import Settings
from portal.demo.sign_ins import SIGN_INS
from portal.desk import views as desk
from portal.exchange import export_views as exports
from portal.exchange import views as exchange
from portal.extensions import babel, csrf, db, htmx, login, migrate, sqlite_done_right
from portal.feedback.kinds import KINDS as FEEDBACK_KINDS
from portal.identity import installation, news, oidc, viewer
from portal.identity import views as identity
from portal.languages import LANGUAGES, locale_of
from portal.logs import configure as configure_logs
from portal.logs import count_statements
from portal.partners import requests as partner_requests
from portal.registry import Place, Registry
from portal.routing import explain
from portal.selfservice import views as selfservice
from portal.selfservice.kinds import KINDS as SELFSERVICE_KINDS
from portal.settings import changes
from portal.settings import views as settings_room

CASE_ROUTES = (access_views, file_views, lane_views, task_views)
"""Imported for their routes, which hang on the blueprint of `case_views`."""
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Site:
    """Who runs this portal, read when a page asks."""

    @property
    def name(self) -> str:
        return ("" if g.get("failing") else installation.our_company()) or "Portal"

    @property
    def style(self) -> str:
        """The address of the style sheet with the company's colours, "" without."""
        return branding.style_url()

    @property
    def logo(self) -> str:
        """The address of the company's logo, "" without."""
        return branding.logo_url()

    @property
    def colour(self) -> str:
        """The company's colour, as it stands in an address: without the #."""
        return branding.mark_colour().removeprefix("#")


class _Sessions(SecureCookieSessionInterface):
    """The session in a signed cookie. What runs beside a page never sets it: it could undo a sign-out."""

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        beside = "HX-Request" in request.headers and "HX-Boosted" not in request.headers
        return session.modified or (super().should_set_cookie(app, session) and not beside)


def assemble(settings: Settings) -> Flask:
    """The application with every room; see `portal.create_app`."""
    app = Flask("portal", static_folder=None, template_folder=str(_beside("templates")))
    app.config.from_mapping(_config(settings))
    app.session_interface = _Sessions()
    configure_logs(settings)
    health.register(app)  # first, so that its line is the last thing about a request
    web.register(app)  # before the others: whoever is not signed in is asked to before a form token is
    _extensions(app)
    _registry(app)
    for blueprint in (
        identity.blueprint,
        case_views.blueprint,
        channel_views.blueprint,
        selfservice.blueprint,
        desk.blueprint,
        settings_room.blueprint,
        exchange.blueprint,
        exports.blueprint,
        branding.blueprint,
    ):
        app.register_blueprint(blueprint)
    app.add_url_rule("/", "home", selfservice.home)
    showing.register(app)
    assets.register(app)
    oidc.register(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign] # Flask's own recipe
    return app


def _beside(name: str) -> Path:
    """A folder of ours: inside the package in a wheel, beside it in a checkout."""
    inside = HERE / name
    return inside if inside.is_dir() else HERE.parent / name


def _config(settings: Settings) -> dict[str, Any]:
    longest = settings.file_mb * settings.files * 1_000_000 + 2_000_000
    return {
        "SETTINGS": settings,
        "SITE": Site(),
        "DEMO_SIGN_INS": SIGN_INS if settings.env == "demo" else [],
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True} if "postgresql" in settings.database_url else {},
        "SESSION_COOKIE_NAME": "__Host-portal" if settings.secure else "portal",
        "SESSION_COOKIE_SECURE": settings.secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "SESSION_REFRESH_EACH_REQUEST": True,  # by whole pages only, see _Sessions
        "WTF_CSRF_TIME_LIMIT": 12 * 3600,
        "MAX_CONTENT_LENGTH": longest,
        "MAX_FORM_MEMORY_SIZE": 2_000_000,
        "MAX_FORM_PARTS": 200,
        "TESTING": settings.env == "testing",
        "PROPAGATE_EXCEPTIONS": False,
        "BABEL_DEFAULT_LOCALE": "en",
        "BABEL_DEFAULT_TIMEZONE": settings.timezone,
        "BABEL_TRANSLATION_DIRECTORIES": str(HERE / "translations"),
        "TEMPLATES_AUTO_RELOAD": settings.env == "development",
    }


def _extensions(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        sqlite_done_right(db.engine)
        count_statements(db.engine)
    migrate.init_app(app, db, directory=str(_beside("migrations")), render_as_batch=True)
    login.init_app(app)
    csrf.init_app(app)
    htmx.init_app(app)
    babel.init_app(
        app, locale_selector=lambda: locale_of(_language()), timezone_selector=showing.chosen_timezone
    )
    app.jinja_env.globals["lang"] = _language
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.i18n")


def _language() -> str:
    """The reader's language: their own choice, else what their browser asks for, among those we have."""
    codes = list(LANGUAGES)
    if not request:
        return codes[0]
    someone = showing.reader()
    mine = someone.language if someone else ""
    return mine if mine in LANGUAGES else request.accept_languages.best_match(codes, codes[0])


def _registry(app: Flask) -> None:
    """What the rooms contribute to each other's pages, and who subscribes to what."""
    registry = Registry(
        explain_routing=explain.sentence,
        passed_over=explain.passed_over,
        choices=lambda: installation.chosen().kinds,
        choose=questions.chosen_kind,
    )
    registry.add(*SELFSERVICE_KINDS, *FEEDBACK_KINDS)
    for code in partner_requests.KINDS:
        registry.extend(code, partner_requests.END_CUSTOMER)
    registry.places += _places()
    app.extensions["portal"] = registry
    viewer.bell = notices.unread
    changes.watch()
    page.on_seen = notices.mark_read
    events.subscribe(notices.on_event)
    news.subscribe(letters.write_news)


def _places() -> list[Place]:
    return [
        Place(_l("Home"), "home", icon="house", shown=lambda me: not me.is_staff),
        Place(_l("Requests"), "cases.listing", icon="inbox", shown=lambda me: not me.is_staff),
        Place(_l("New"), "selfservice.requests", icon="plus-lg", shown=lambda me: not me.is_staff),
        Place(_l("Inbox"), "desk.inbox", icon="inbox", shown=lambda me: me.is_staff),
        Place(_l("Cases"), "cases.listing", icon="columns-gap", shown=lambda me: me.is_staff),
        Place(_l("Settings"), "settings.index", icon="gear", shown=lambda me: me.administers),
    ]
