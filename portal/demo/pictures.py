"""What people of the demo attach: pictures drawn here, and the texts of papers."""

import io
import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from portal.demo import papers

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


def section(draw: "ImageDraw") -> None:
    """A housing cut open: the wall beside the bearing is thin on one side."""
    draw.ellipse((260, 110, 940, 790), (92, 98, 104))
    draw.ellipse((330, 160, 895, 745), (196, 192, 186))
    draw.ellipse((440, 290, 760, 610), (120, 124, 130))
    draw.ellipse((490, 340, 710, 560), (196, 192, 186))
    for left, right, y in ((260, 330, 450), (895, 940, 450)):
        draw.line((left - 90, y, left, y), (200, 40, 40), 5)
        draw.line((right, y, right + 90, y), (200, 40, 40), 5)


def hinge(draw: "ImageDraw") -> None:
    """The hinge of a case without its pin."""
    draw.rectangle((0, 0, 1200, 430), (44, 62, 84))
    draw.rectangle((0, 520, 1200, 900), (38, 54, 74))
    for left in (250, 430, 610, 790):
        draw.rounded_rectangle((left, 400, left + 150, 550), 30, (150, 152, 150), (90, 92, 90), 5)
    draw.rounded_rectangle((500, 640, 640, 664), 10, (190, 186, 176))
    draw.rounded_rectangle((690, 700, 860, 724), 10, (190, 186, 176))


def pack(draw: "ImageDraw") -> None:
    """A battery pack that opened at the seam."""
    draw.polygon([(280, 300), (930, 270), (960, 430), (620, 470), (260, 450)], (48, 52, 58))
    draw.polygon([(262, 490), (620, 530), (958, 470), (940, 700), (290, 710)], (40, 44, 50))
    for left in range(300, 900, 120):
        draw.ellipse((left, 440, left + 100, 520), (70, 150, 110))
    draw.rounded_rectangle((470, 590, 730, 660), 12, (214, 120, 30))


def motor(draw: "ImageDraw") -> None:
    """A bearing beside the opened gearbox of a core drill."""
    draw.rounded_rectangle((160, 220, 680, 720), 60, (120, 126, 132))
    draw.ellipse((260, 320, 580, 640), (60, 64, 68))
    draw.ellipse((340, 400, 500, 560), (150, 152, 150))
    draw.ellipse((780, 360, 1040, 620), (176, 178, 176))
    draw.ellipse((850, 430, 970, 550), (222, 216, 204))


def discs(draw: "ImageDraw") -> None:
    """Cutting discs on a bench, one of them warped beside a square."""
    for place in range(3):
        left = 120 + place * 260
        draw.ellipse((left, 320, left + 420, 740), (70 + place * 22, 74 + place * 20, 80 + place * 18))
        draw.ellipse((left + 175, 495, left + 245, 565), (206, 202, 194))
    draw.polygon([(880, 180), (940, 180), (940, 720), (1140, 720), (1140, 780), (880, 780)], (186, 188, 190))


def flange(draw: "ImageDraw") -> None:
    """A flange that is worn on one side."""
    draw.ellipse((330, 180, 870, 720), (150, 152, 156))
    draw.pieslice((330, 180, 870, 720), 300, 50, (96, 98, 102))
    draw.ellipse((470, 320, 730, 580), (120, 122, 126))
    draw.ellipse((540, 390, 660, 510), (34, 36, 38))


def handles(draw: "ImageDraw") -> None:
    """Four side handles broken at the thread."""
    for place in range(4):
        top = 130 + place * 175
        draw.rounded_rectangle((180, top, 760, top + 110), 50, (44, 48, 52))
        draw.rectangle((420, top, 520, top + 110), (140, 142, 146))
        draw.polygon([(800, top + 20), (1010, top + 35), (1010, top + 75), (810, top + 90)], (178, 180, 182))


def slip(draw: "ImageDraw") -> None:
    """A delivery slip with a stamp, photographed at an angle."""
    draw.polygon([(300, 90), (940, 150), (880, 840), (220, 770)], (244, 242, 236))
    for row in range(9):
        y = 200 + row * 52
        draw.line((330 - row * 5, y, 860 - row * 5, y + 48), (150, 150, 156), 5)
    draw.ellipse((600, 600, 820, 780), outline=(40, 70, 160), width=9)
    draw.line((630, 700, 790, 680), (40, 70, 160), 8)


def cord(draw: "ImageDraw") -> None:
    """A cord whose sheath is torn where it enters the machine."""
    draw.rounded_rectangle((60, 280, 520, 640), 60, (52, 58, 64))
    draw.line((500, 460, 700, 470, 860, 560, 1160, 520), (24, 24, 26), 44, "curve")
    for shift, colour in ((-10, (60, 90, 180)), (4, (120, 80, 40)), (16, (90, 160, 60))):
        draw.line((560, 462 + shift, 690, 468 + shift), colour, 12)


def board(draw: "ImageDraw") -> None:
    """A tool board with gaps where machines should hang."""
    for row in range(2):
        for column in range(5):
            left, top = 110 + column * 205, 150 + row * 330
            draw.rectangle((left, top, left + 170, top + 270), outline=(96, 90, 80), width=4)
            if (row, column) not in ((0, 3), (1, 1)):
                draw.rounded_rectangle((left + 25, top + 40, left + 145, top + 130), 26, (190, 74, 30))
                draw.rectangle((left + 60, top + 130, left + 105, top + 240), (50, 54, 60))


FILES: dict[str, Callable[[], bytes]] = {
    "housing-1.jpg": lambda: photo(housing, (150, 128, 104), 1),
    "housing-2.jpg": lambda: photo(broken, (150, 128, 104), 2),
    "placa.jpg": lambda: photo(plate, (64, 66, 70), 3),
    "pallet.jpg": lambda: photo(pallet, (168, 172, 176), 4),
    "chargers.jpg": lambda: photo(chargers, (196, 192, 184), 5),
    "wall.jpg": lambda: photo(laser, (222, 216, 204), 6),
    "section.jpg": lambda: photo(section, (58, 60, 62), 7),
    "hinge.jpg": lambda: photo(hinge, (120, 124, 128), 8),
    "pack.jpg": lambda: photo(pack, (172, 166, 156), 9),
    "motor.jpg": lambda: photo(motor, (140, 132, 120), 10),
    "discos.jpg": lambda: photo(discs, (132, 118, 98), 11),
    "flange.jpg": lambda: photo(flange, (88, 78, 66), 12),
    "punhos.jpg": lambda: photo(handles, (160, 150, 136), 13),
    "guia.jpg": lambda: photo(slip, (104, 92, 78), 14),
    "kabel.jpg": lambda: photo(cord, (150, 146, 140), 15),
    "board.jpg": lambda: photo(board, (206, 190, 160), 16),
    "quote-2026-R-0318.txt": papers.QUOTE.encode,
    "punjenje.csv": papers.LOG.encode,
    "checked.csv": papers.CHECKED.encode,
    "8d-2609-B.txt": papers.REPORT.encode,
    "thickness.csv": papers.THICKNESS.encode,
    "trays.csv": papers.TRAYS.encode,
    "repair-rijeka.txt": papers.REPAIR.encode,
    "declaracao-ce.txt": papers.DECLARATION.encode,
    "popis-strojeva.csv": papers.MACHINES.encode,
    "mjerenje-buke.csv": papers.NOISE.encode,
    "zapisnik.txt": papers.HANDOVER.encode,
    "leituras.csv": papers.READINGS.encode,
    "delivery-plan.csv": papers.PLAN.encode,
    "vibration.txt": papers.VIBRATION.encode,
}
"""Name → its bytes, made when asked for."""
