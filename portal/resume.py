"""Keep what somebody wrote when their form token or sign-in ran out before they sent it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request

LONGEST = 200_000
NEVER_KEPT = frozenset(
    {"csrf_token", "password", "new_password", "repeat", "once", "_address", "current_password"}
)


@dataclass(frozen=True)
class Kept:
    """A form that was not accepted: where it was going, its text fields, and whether files were lost."""

    address: str
    fields: tuple[tuple[str, str], ...]
    files: bool

    def typed(self) -> list[tuple[str, str]]:
        """(label, value) of what the person wrote, without what the page put there itself."""
        return [(self.label(name), value) for name, value in self.fields if value and not _ours(name)]

    def label(self, name: str) -> str:
        """A field's name as people can read it: "note-body" → "Body"."""
        return name.rsplit("-", 1)[-1].replace("_", " ").capitalize()


def _ours(name: str) -> bool:
    return name.rsplit("-", 1)[-1] in (
        "once",
        "version",
        "previewed",
        "step",
        "ball",
        "organization",
        "reach",
    )


def kept_form() -> Kept | None:
    """The text of the request's form, if our own page sent it; None when there is nothing to keep.

    A page elsewhere could post words here that look like the reader's own, so only requests that the
    browser calls same-origin are kept; every browser since 2023 says so.
    """
    if request.method != "POST" or not from_ourselves():
        return None
    fields = [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if name not in NEVER_KEPT and len(value) <= LONGEST
    ]
    if not fields:
        return None
    return Kept(request.full_path.rstrip("?"), tuple(fields), bool(request.files))


def from_ourselves() -> bool:
    """Whether a page of this site sent the request, as far as the browser tells."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(origin) and urlsplit(origin).netloc == request.host
