"""The company's own colour and logo: checked for contrast when chosen, served like any other asset.

A style sheet of a few lines redefines the theme's brand colours; it and the logo have addresses that carry
the version of the choices, so browsers keep them until something is chosen anew.
"""

import re
from colorsys import hls_to_rgb, rgb_to_hls
from functools import cache

from flask import Blueprint, Response, abort, url_for

from portal.assets import ONE_YEAR
from portal.cases import storage
from portal.identity import installation
from portal.web import public

blueprint = Blueprint("brand", __name__, url_prefix="/brand")

PALEST = 3.0
"""What a colour needs in contrast with white to be taken at all (WCAG 2.2, 1.4.11)."""
READABLE = 4.5
"""What words need in contrast with what is behind them (WCAG 2.2, 1.4.3)."""
LIGHT, DARK = "#f2f2ef", "#111314"
"""The papers of the two themes."""
INK, WHITE = "#14171a", "#ffffff"
_STEPS = 200


class TooPale(ValueError):
    """The colour can hardly be told from the page; its message is a darker tone of it that would do."""


class NoColour(ValueError):
    """It is not written as #rrggbb."""


def checked(colour: str) -> str:
    """The colour as "#rrggbb" in small letters. Raises NoColour, TooPale."""
    colour = colour.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{3}", colour):
        colour = "#" + "".join(2 * sign for sign in colour[1:])
    if not re.fullmatch(r"#[0-9a-f]{6}", colour):
        raise NoColour(colour)
    if contrast(colour, WHITE) < PALEST:
        raise TooPale(_towards(colour, LIGHT, READABLE, darker=True))
    return colour


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21, after WCAG 2.2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _written(red: float, green: float, blue: float) -> str:
    return "#" + "".join(f"{round(255 * min(max(part, 0), 1)):02x}" for part in (red, green, blue))


def _towards(colour: str, paper: str, wanted: float, darker: bool) -> str:
    """The tone of the same hue nearest to the colour that has so much contrast with a paper."""
    hue, light, strength = rgb_to_hls(*_parts(colour))
    end = 0.0 if darker else 1.0
    for step in range(_STEPS + 1):
        tone = _written(*hls_to_rgb(hue, light + (end - light) * step / _STEPS, strength))
        if contrast(tone, paper) >= wanted:
            return tone
    return _written(end, end, end)


def _mixed(colour: str, paper: str, part: float) -> str:
    pairs = zip(_parts(colour), _parts(paper), strict=True)
    return _written(*(part * one + (1 - part) * other for one, other in pairs))


@cache
def derived(colour: str) -> dict[str, tuple[str, str]]:
    """What follows from a brand colour: name of the theme's variable → (in the light, in the dark theme)."""
    light = _towards(colour, LIGHT, READABLE, darker=True)
    dark = _towards(colour, DARK, 2 * PALEST, darker=False)
    tints = _mixed(light, WHITE, 0.08), _mixed(dark, DARK, 0.12)
    return {
        "brand": (light, dark),
        "on-brand": (WHITE, "#120c08"),
        "brand-deep": (
            _towards(light, tints[0], 7, darker=True),
            _towards(dark, tints[1], 9, darker=False),
        ),
        "brand-tint": tints,
    }


@public
def style(version: int) -> Response:
    """The style sheet with the company's colours."""
    chosen = installation.chosen()
    if not chosen.brand:
        abort(404)
    lines = ";".join(
        f"--{name}:light-dark({light},{dark})" for name, (light, dark) in derived(chosen.brand).items()
    )
    return _kept(Response(f":root,[data-bs-theme]{{{lines}}}\n", mimetype="text/css"), version)


@public
def logo(version: int) -> Response:
    """The company's logo: pixels that we encoded ourselves."""
    chosen = installation.chosen()
    if not chosen.logo:
        abort(404)
    data = storage.read(chosen.logo)
    kind = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    return _kept(Response(data, mimetype=kind), version)


def _kept(response: Response, version: int) -> Response:
    """For ever under the address of today's version; under another only for now."""
    now_is = version == installation.chosen().version
    response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable" if now_is else "no-cache"
    return response


def style_url() -> str:
    """The address of the style sheet; "" without a colour of the company's own."""
    chosen = installation.chosen()
    return url_for("brand.style", version=chosen.version) if chosen.brand else ""


def logo_url() -> str:
    """The address of the logo; "" when there is none."""
    chosen = installation.chosen()
    return url_for("brand.logo", version=chosen.version) if chosen.logo else ""


def mark_colour() -> str:
    """What the mark in the browser's tab is drawn in."""
    chosen = installation.chosen()
    return derived(chosen.brand)["brand"][0] if chosen.brand else "#c83a06"


blueprint.add_url_rule("/<int:version>/theme.css", view_func=style)
blueprint.add_url_rule("/<int:version>/logo", view_func=logo)
