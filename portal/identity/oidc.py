"""One OpenID Connect provider: sending people there and believing what they bring back only when it is right.

What a sign-in there is for travels in the signed session, beside Authlib's state, nonce and PKCE verifier.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app, request, session
from joserfc.errors import JoseError

from portal.identity.people import one_line

log = structlog.get_logger()

NAME = "provider"
ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"}
)
"""Signatures by a key that only the provider has: neither "none" nor one made with our client secret."""
TIMEOUT = 10


class ProviderAway(Exception):
    """The provider can't be reached or answers nonsense."""


class Refused(Exception):
    """What came back is not a sign-in we asked for: used, foreign, forged, expired or cancelled."""


@dataclass(frozen=True)
class Verified:
    """Who the provider says came back, and what it was for. `name` is a courtesy, never an identity."""

    issuer: str
    subject: str
    name: str
    asked: dict[str, Any]


def register(app: Flask) -> None:
    """Make the provider of the settings known to the app; without PORTAL_OIDC_ISSUER nothing happens."""
    settings = app.config["SETTINGS"]
    if not settings.oidc:
        return
    OAuth(app).register(
        NAME,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=f"{settings.oidc_issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile email",
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT,
        },
    )


def start(purpose: str, **kept: Any) -> str:
    """Begin a sign-in at the provider and return the address to go to.

    purpose: sign-in, invitation or connect; `kept` is handed back by `verified`. Raises ProviderAway.
    """
    client = _client()
    redirect_uri = f"{current_app.config['SETTINGS'].base_url}/sign-in/oidc/callback"
    with _translated():
        _metadata(client)
        begun = client.create_authorization_url(redirect_uri)
    for key in [key for key in session if key.startswith(f"_state_{NAME}_")]:
        session.pop(key)
    url = str(begun.pop("url"))
    client.save_authorize_data(redirect_uri=redirect_uri, purpose=purpose, **begun, **kept)
    return url


def verified() -> Verified:
    """The sign-in the present request brings back from the provider; each can be brought back once.

    Raises Refused or ProviderAway.
    """
    client = _client()
    asked = client.framework.get_state_data(session, request.args.get("state"))
    if asked is None:
        log.info("oidc refused", why="no such state")
        raise Refused
    try:
        with _translated():
            metadata = _metadata(client)
            _check_sender(metadata)
            token = client.authorize_access_token(claims_options=_expected(client, metadata))
    finally:
        client.framework.clear_state_data(session, request.args.get("state"))
    claims = token.get("userinfo") or {}
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise Refused
    name = claims.get("name") or claims.get("preferred_username") or claims.get("email") or subject
    return Verified(metadata["issuer"], subject, one_line(str(name), 100), asked)


def _client() -> Any:
    return current_app.extensions["authlib.integrations.flask_client"].create_client(NAME)


def _metadata(client: Any) -> dict[str, Any]:
    """What the provider says about itself, once it is the issuer of our settings."""
    metadata: dict[str, Any] = client.load_server_metadata()
    if str(metadata.get("issuer", "")).rstrip("/") != current_app.config["SETTINGS"].oidc_issuer:
        client.server_metadata.clear()
        raise ProviderAway("the provider calls itself by another name than PORTAL_OIDC_ISSUER")
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    metadata["id_token_signing_alg_values_supported"] = [name for name in offered if name in ALGORITHMS]
    return metadata


def _check_sender(metadata: dict[str, Any]) -> None:
    """RFC 9207: who answers says so, and it is the one we asked."""
    sender = request.args.get("iss")
    if sender is None and not metadata.get("authorization_response_iss_parameter_supported"):
        return
    if sender != metadata["issuer"]:
        log.info("oidc refused", why="answered by another issuer")
        raise Refused


def _expected(client: Any, metadata: dict[str, Any]) -> dict[str, Any]:
    return {
        "iss": {"essential": True, "value": metadata["issuer"]},
        "aud": {"essential": True, "value": client.client_id},
        "sub": {"essential": True},
        "exp": {"essential": True},
    }


@contextmanager
def _translated() -> Iterator[None]:
    """Everything that goes wrong on the way becomes one of our two errors, with the reason in the log."""
    try:
        yield
    except requests.RequestException as error:
        log.warning("oidc provider away", error=repr(error))
        raise ProviderAway from error
    except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError, RuntimeError) as error:
        log.info("oidc refused", why=repr(error))
        raise Refused from error
