"""Makes portal/static/vendor/ (ignored by git, part of the wheel) from installed pip packages.

    python scripts/assets.py

Bootstrap's style sheet and the icons that are used come from bootstrap-flask, htmx 2 from django-htmx,
IBM Plex Sans, cut down to our letters, from fontpkg-ibm-plex-sans. Every style sheet, script and drawing
under portal/static gets a .gz beside it, ours too. Run it again when a template uses another icon or
a file in portal/static changes; a run that has nothing to do takes well under a second.

Icons are found by reading templates/ and portal/ for a literal name: as the argument of the icon function
(also both branches of a conditional there), as an icon or sign keyword argument, as an "icon" key, in a
table called signs, or listed in a comment that begins with "icons:".
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "portal" / "static"
VENDOR = STATIC / "vendor"

# The ranges are those of the @font-face rules in theme.css. Latin covers English and Portuguese;
# latin-ext is fetched only by pages with č, ć, đ, š, ž and their like.
FONTS = {
    "plex-sans-latin.woff2": [*range(0x20, 0x100), 0x152, 0x153, *range(0x2000, 0x2300)],
    "plex-sans-latin-ext.woff2": [*range(0x100, 0x152), *range(0x154, 0x180)],
}
FONT_AXES = {"wght": (400, 700), "wdth": 100}
FONT_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "calt", "tnum", "lnum", "zero"]

NAME = r"""["']([a-z0-9-]+)["']"""
ICON_PATTERNS = [
    re.compile(rf"(?<![\w-])icon\(\s*{NAME}(?:\s+if\s[^,()]+?\selse\s+{NAME})?"),
    re.compile(rf"(?<![\w-])(?:icon|sign)\s*=\s*{NAME}"),
    re.compile(rf"""["']icon["']\s*:\s*{NAME}"""),
    re.compile(rf"\bsigns\.get\([^,()]+,\s*{NAME}"),
]
SIGNS = re.compile(r"\bsigns\s*=\s*\{([^}]*)\}")  # {% set signs = {"pdf": "file-earmark-pdf", …} %}
LISTED = re.compile(r"#\s*icons: ([a-z0-9 -]+)")  # {# icons: bell check #}


def package(name: str) -> Path:
    """The folder of an installed package, found without importing it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"assets: the Python package {name} is not installed; run `make .venv`")
    return Path(spec.origin).parent


def dist_license(dist: str) -> bytes:
    found = sorted(package_root().glob(f"{dist.replace('-', '_')}-*.dist-info/licenses/LICENSE*"))
    if not found:
        raise SystemExit(f"assets: no licence text found in the package {dist}")
    return found[0].read_bytes()


def package_root() -> Path:
    return package("django_htmx").parent


def write(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all, and only when it would change."""
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(path)


def make_styles_and_scripts() -> None:
    css = (package("flask_bootstrap") / "static/bootstrap5/css/bootstrap.min.css").read_text("utf-8")
    css = re.sub(r"\s*/\*# sourceMappingURL=.*?\*/\s*$", "\n", css)  # the map isn't shipped: no 404 for it
    write(VENDOR / "bootstrap.min.css", css.encode())
    htmx = (package("django_htmx") / "static/django_htmx/htmx-2.min.js").read_bytes()
    if b'version:"2.' not in htmx:
        raise SystemExit("assets: the htmx in django-htmx is not htmx 2")
    write(VENDOR / "htmx.min.js", htmx)


def make_fonts() -> None:
    source = package("fontpkg_ibm_plex_sans") / "files/IBMPlexSans[wdth,wght].ttf"
    stamp = VENDOR / "fonts" / ".made-from"
    made_from = hashlib.sha256(
        source.read_bytes() + Path(__file__).read_bytes() + version("fonttools").encode()
    ).hexdigest()
    if (
        stamp.is_file()
        and stamp.read_text() == made_from
        and all((VENDOR / "fonts" / n).is_file() for n in FONTS)
    ):
        return

    from io import BytesIO  # fontTools takes a third of a second to import: only when it is needed

    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    for name, letters in FONTS.items():
        font = TTFont(source, recalcTimestamp=False)
        options = Options(
            layout_features=FONT_FEATURES,
            hinting=False,
            notdef_outline=True,
            name_IDs=[0, 1, 2, 4, 6, 13, 14],
        )
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=letters)
        subsetter.subset(
            font
        )  # first the letters, then the axes: the other way round fontTools loses its place
        font = instancer.instantiateVariableFont(font, FONT_AXES)
        for record in font["name"].names:
            # The licence reserves the name "Plex" for the unchanged font.
            if record.nameID not in (0, 13, 14):
                record.string = (
                    str(record).replace("IBM Plex Sans", "Portal Sans").replace("IBMPlex", "Portal")
                )
        font.flavor = "woff2"
        out = BytesIO()
        font.save(out)
        write(VENDOR / "fonts" / name, out.getvalue())
    write(stamp, made_from.encode())


def used_icons() -> dict[str, str]:
    """The names of the icons used, each with the first place that uses it."""
    used: dict[str, str] = {}
    for path in sorted([*ROOT.glob("templates/**/*.html"), *ROOT.glob("portal/**/*.py")]):
        text = path.read_text("utf-8")
        for pattern in ICON_PATTERNS:
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                for name in filter(None, match.groups()):
                    used.setdefault(name, f"{path.relative_to(ROOT)}:{line}")
        tables = [re.findall(rf":\s*{NAME}", table) for table in SIGNS.findall(text)]
        listed = [names.split() for names in LISTED.findall(text)]
        for name in (name for names in [*tables, *listed] for name in names):
            used.setdefault(name, str(path.relative_to(ROOT)))
    return used


def make_icons() -> int:
    sprite = (package("flask_bootstrap") / "static/bootstrap5/icons/bootstrap-icons.svg").read_text("utf-8")
    known = dict(re.findall(r'<symbol[^>]* id="([^"]+)"[^>]*>(.*?)</symbol>', sprite, re.S))
    used = used_icons()
    unknown = [
        f"{place}: there is no Bootstrap icon {name!r}" for name, place in used.items() if name not in known
    ]
    if unknown:
        raise SystemExit("assets: " + "\nassets: ".join(unknown))
    icons = {name: known[name].strip() for name in sorted(used)}
    write(VENDOR / "icons.json", (json.dumps(icons, indent=0) + "\n").encode())
    return len(icons)


def make_licences() -> None:
    folder = VENDOR / "licences"
    write(folder / "bootstrap-flask.txt", dist_license("bootstrap-flask"))
    write(folder / "django-htmx.txt", dist_license("django-htmx"))
    write(folder / "ibm-plex-sans.txt", (package("fontpkg_ibm_plex_sans") / "LICENSE").read_bytes())
    notice = f"""\
Third-party files in this folder's parent, and their terms

bootstrap.min.css   Bootstrap, Copyright 2011-2025 The Bootstrap Authors, MIT (see bootstrap-flask.txt)
icons.json          from Bootstrap Icons, Copyright 2019-2024 The Bootstrap Authors, MIT (the same)
                    both taken from bootstrap-flask {version("bootstrap-flask")}
htmx.min.js         htmx, Zero-Clause BSD; from django-htmx {version("django-htmx")} (MIT, django-htmx.txt)
fonts/*             IBM Plex Sans, Copyright 2017 IBM Corp., SIL Open Font License 1.1 (ibm-plex-sans.txt);
                    cut to fewer letters and one width and therefore named "Portal Sans" inside;
                    taken from fontpkg-ibm-plex-sans {version("fontpkg-ibm-plex-sans")}
"""
    write(folder / "README.txt", notice.encode())


def compress() -> None:
    for old in STATIC.rglob("*.gz"):
        if not old.with_suffix("").is_file():
            old.unlink()
    for path in sorted(STATIC.rglob("*")):
        if path.suffix in {".css", ".js", ".svg"}:
            # The same input gives the same bytes: neither time nor name goes in.
            write(path.with_name(path.name + ".gz"), gzip.compress(path.read_bytes(), 9, mtime=0))


def main() -> int:
    make_styles_and_scripts()
    make_fonts()
    icons = make_icons()
    make_licences()
    compress()
    size = sum(path.stat().st_size for path in VENDOR.rglob("*") if path.is_file())
    print(f"assets: {VENDOR.relative_to(ROOT)} is up to date ({icons} icons, {size // 1000} kB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
