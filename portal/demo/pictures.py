"""What people of the demo attach: pictures drawn here, and a few small text files."""

import io
import random
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

SIZE = (1200, 900)
Drawn = Callable[["ImageDraw"], None]


def photo(draw_it: Drawn, backdrop: tuple[int, int, int], seed: int) -> bytes:
    """A JPEG that looks like a snapshot: what is drawn, on a workbench, a little out of focus and noisy."""
    from PIL import Image, ImageDraw, ImageFilter  # noqa: PLC0415 - heavy, and only here

    picture = Image.new("RGB", SIZE, backdrop)
    draw = ImageDraw.Draw(picture)
    chance = random.Random(seed)  # noqa: S311 - the same picture every time
    for _ in range(60):
        y = chance.randrange(SIZE[1])
        shade = tuple(max(0, channel - chance.randrange(18)) for channel in backdrop)
        draw.line((0, y, SIZE[0], y + chance.randrange(-30, 30)), shade, chance.randrange(1, 5))
    draw_it(draw)
    noise = Image.effect_noise(SIZE, 26).convert("RGB")
    picture = Image.blend(picture.filter(ImageFilter.GaussianBlur(1.6)), noise, 0.08)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def housing(draw: "ImageDraw") -> None:
    """The clutch housing of a drill, cracked."""
    draw.rounded_rectangle((240, 250, 960, 640), 90, (52, 58, 64))
    draw.rounded_rectangle((270, 280, 930, 400), 60, (84, 92, 100))
    draw.ellipse((850, 300, 1040, 590), (30, 33, 37))
    draw.ellipse((900, 370, 990, 520), (120, 124, 128))
    draw.line((420, 265, 455, 350, 430, 420, 490, 520, 470, 632), (225, 222, 214), 7, "curve")
    draw.line((430, 420, 380, 480), (225, 222, 214), 5)
    draw.line((490, 520, 560, 560), (225, 222, 214), 4)


def broken(draw: "ImageDraw") -> None:
    """Two halves of a housing."""
    draw.polygon([(180, 330), (560, 250), (520, 420), (585, 520), (500, 650), (200, 640)], (58, 64, 70))
    draw.polygon([(700, 270), (1030, 350), (1040, 620), (650, 670), (725, 540), (660, 430)], (52, 58, 64))
    draw.line((560, 250, 520, 420, 585, 520, 500, 650), (214, 208, 196), 9)
    draw.line((700, 270, 660, 430, 725, 540, 650, 670), (214, 208, 196), 9)


def plate(draw: "ImageDraw") -> None:
    """The plate under the battery: type and lot."""
    from PIL import ImageFont  # noqa: PLC0415 - heavy, and only here

    draw.rounded_rectangle((200, 220, 1000, 680), 24, (206, 208, 206), (90, 92, 94), 6)
    for y, text, size in (
        (260, "MERIDIAN  MD-18", 84),
        (390, "18 V  0-1800/min", 60),
        (520, "LOT 2609-B", 96),
    ):
        draw.text((250, y), text, (40, 42, 44), ImageFont.load_default(size))


def pallet(draw: "ImageDraw") -> None:
    """A pallet whose lowest boxes are crushed."""
    for row in range(3):
        for column in range(4):
            left, top = 210 + column * 200, 180 + row * 170
            sag = 34 if row == 2 and column > 1 else 0
            box = [
                (left, top + sag),
                (left + 190, top + sag // 2),
                (left + 190, top + 160),
                (left + sag, top + 160),
            ]
            draw.polygon(box, (176 - row * 12, 138 - row * 10, 96 - row * 8), (110, 84, 56))
            draw.line((left, top + 80 + sag, left + 190, top + 80), (150, 118, 82), 10)
    draw.rectangle((190, 695, 1030, 725), (120, 92, 60))
    for left in (200, 590, 980):
        draw.rectangle((left, 725, left + 50, 790), (104, 78, 50))


def chargers(draw: "ImageDraw") -> None:
    """A shelf of chargers, one with its lamp red."""
    for place in range(6):
        left = 130 + place * 165
        draw.rounded_rectangle((left, 330, left + 145, 600), 18, (44, 48, 54))
        draw.rounded_rectangle((left + 20, 260, left + 125, 400), 12, (190, 74, 30))
        lamp = (210, 40, 40) if place == 3 else (60, 180, 90)
        draw.ellipse((left + 60, 530, left + 86, 556), lamp)
    draw.rectangle((80, 600, 1140, 640), (130, 132, 134))


def laser(draw: "ImageDraw") -> None:
    """A laser line that is off beside the pencil mark on a wall."""
    draw.line((0, 470, 1200, 430), (230, 40, 50), 7)
    draw.line((0, 470, 1200, 470), (70, 70, 70), 3)
    for x in range(100, 1200, 100):
        draw.line((x, 455, x, 485), (70, 70, 70), 2)


QUOTE = """Repair quote 2026-R-0318
6 x MG-125, brushes, bearing, cord     6 x 58.50    351.00
Return freight Zagreb - Porto                        61.00
Total, EUR, without VAT                             412.00
Valid for 14 days. Work takes three working days from your word.
"""
LOG = """moment;bay;pack;charge_percent;temperature_c
06:02;1;MB-8/0417;78;31
06:20;1;MB-8/0417;80;33
06:40;1;MB-8/0417;80;33
07:00;1;MB-8/0417;80;32
07:20;2;MB-8/0422;81;32
07:40;2;MB-8/0422;100;34
"""
CHECKED = """drill;lot;result
1-14;2609-B;cracked, 2 of them broken
15-40;2608-F;no finding
"""

FILES: dict[str, Callable[[], bytes]] = {
    "housing-1.jpg": lambda: photo(housing, (150, 128, 104), 1),
    "housing-2.jpg": lambda: photo(broken, (150, 128, 104), 2),
    "placa.jpg": lambda: photo(plate, (64, 66, 70), 3),
    "pallet.jpg": lambda: photo(pallet, (168, 172, 176), 4),
    "chargers.jpg": lambda: photo(chargers, (196, 192, 184), 5),
    "wall.jpg": lambda: photo(laser, (222, 216, 204), 6),
    "quote-2026-R-0318.txt": QUOTE.encode,
    "punjenje.csv": LOG.encode,
    "checked.csv": CHECKED.encode,
}
"""Name → its bytes, made when asked for."""
