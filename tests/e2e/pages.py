"""What the browser tests share: photos, the phone, and what holds for every page."""

import io
import random
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Page

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}
NARROW = {"width": 320, "height": 700}


def photo(name: str, seed: int = 1, size: tuple[int, int] = (1600, 1200)) -> dict[str, Any]:
    """A picture as a phone sends it, for `set_input_files`; the name's ending says which kind."""
    rng = random.Random(seed)  # noqa: S311 - a picture, not a secret
    picture = Image.effect_noise(size, 40).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for _ in range(12):
        x, y, r = rng.randrange(size[0]), rng.randrange(size[1]), rng.randrange(20, 160)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=tuple(rng.randrange(256) for _ in range(3)))
    kind = "PNG" if name.endswith(".png") else "JPEG"
    data = io.BytesIO()
    picture.save(data, kind)
    return {"name": name, "mimeType": f"image/{kind.lower()}", "buffer": data.getvalue()}


def assert_fits(page: Page) -> None:
    """Nothing makes the page scroll sideways, at the width it has."""
    assert page.viewport_size is not None
    width = page.viewport_size["width"]
    found, wide = page.evaluate(
        """width => [document.documentElement.scrollWidth,
             [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > width + 1)
               .slice(0, 8).map(e => e.outerHTML.slice(0, 120))]""",
        width,
    )
    assert found <= width, f"{page.url} scrolls sideways, {found} px at {width} px: {wide}"


def assert_fits_phones(page: Page) -> None:
    """The same at phone width and at the narrowest there is."""
    before = page.viewport_size
    assert before is not None
    for size in ({"width": 390, "height": 844}, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type] # its own type of the same shape
        assert_fits(page)
    page.set_viewport_size(before)


def let_token_run_out(page: Page) -> None:
    """Make the form tokens of the page what no server accepts any more."""
    page.evaluate("for (const field of document.querySelectorAll('[name=csrf_token]')) field.value = 'old'")
