"""A copy of a picture that is safe to show: small, without metadata, encoded by us.

Decoders are old C code fed by strangers, so `preview` runs this very file in a process of its own, with
limits of time and memory and none of our secrets in its environment. No web worker ever loads Pillow.
"""

import contextlib
import io
import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

PIXELS = 40_000_000
BOX = (1600, 1600)
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
SECONDS = 4
MEMORY = 1_500_000_000
_TOO_MANY_PIXELS = 3
_PLAIN = frozenset({"L", "LA", "RGB", "RGBA", "CMYK"})


class NotAPicture(ValueError):
    """It cannot be decoded, or not within the limits of time and memory."""


class TooManyPixels(ValueError):
    """Its header announces more than `PIXELS`; it was not decoded."""


def preview(data: bytes) -> bytes:
    """The picture as a JPEG, or as a PNG where it is transparent, within `BOX` and upright."""
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and our own file
            [sys.executable, "-S", "-P", __file__],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            timeout=2 * SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotAPicture("took too long") from error
    if child.returncode == _TOO_MANY_PIXELS:
        raise TooManyPixels
    if child.returncode or not child.stdout:
        raise NotAPicture
    return child.stdout


def render(data: bytes) -> bytes:
    """What the child process does: `preview` without the limits of time and memory."""
    from PIL import Image  # noqa: PLC0415 - heavy

    Image.MAX_IMAGE_PIXELS = PIXELS
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > PIXELS:
                raise TooManyPixels
            return _encoded(_upright(_small(picture)))
    except (TooManyPixels, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels from error
    except Exception as error:  # decoders of hostile bytes raise anything
        raise NotAPicture from error


def _small(picture: "Image") -> "Image":
    picture.draft("RGB", BOX)  # lets JPEG shrink while it decodes
    if picture.mode.startswith("I;16"):
        picture = picture.convert("L")
    elif picture.mode not in _PLAIN or "transparency" in picture.info:
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    picture.thumbnail(BOX)
    return picture


def _upright(picture: "Image") -> "Image":
    """Turned as its EXIF says; a picture with broken EXIF stays as it is."""
    from PIL import ImageOps  # noqa: PLC0415 - heavy

    with contextlib.suppress(Exception):
        return ImageOps.exif_transpose(picture)
    return picture


def _encoded(picture: "Image") -> bytes:
    """Copied pixel by pixel into a new picture, so that nothing but pixels can come along."""
    from PIL import Image  # noqa: PLC0415 - heavy

    transparent = "A" in picture.getbands() and picture.getchannel("A").getextrema() != (255, 255)
    mode = "RGBA" if transparent else "RGB"
    clean = Image.new(mode, picture.size)
    clean.paste(picture.convert(mode))
    out = io.BytesIO()
    clean.save(out, "PNG") if transparent else clean.save(out, "JPEG", quality=82)
    return out.getvalue()


def _limit() -> None:
    limits = {resource.RLIMIT_CPU: SECONDS, resource.RLIMIT_AS: MEMORY, resource.RLIMIT_CORE: 0}
    for kind, most in limits.items():
        with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of address space
            resource.setrlimit(kind, (most, most))


def _main() -> int:
    _limit()
    try:
        sys.stdout.buffer.write(render(sys.stdin.buffer.read()))
    except TooManyPixels:
        return _TOO_MANY_PIXELS
    except NotAPicture:
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(_main())
