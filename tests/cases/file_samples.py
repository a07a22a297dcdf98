"""Files as people, phones and attackers send them, made in code."""

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

WINDOWS_PROGRAM = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + b"\0" * 44 + b"\x80\0\0\0" + b"PE\0\0" * 40
LINUX_PROGRAM = b"\x7fELF\x02\x01\x01" + b"\0" * 200
MAC_PROGRAM = b"\xcf\xfa\xed\xfe\x07\0\0\x01" + b"\0" * 200
SHELL_SCRIPT = b"#!/bin/sh\nrm -rf ~\n"
SHORTCUT = b"L\0\0\0\x01\x14\x02\0" + b"\0" * 100
PROGRAMS = (WINDOWS_PROGRAM, LINUX_PROGRAM, MAC_PROGRAM, SHELL_SCRIPT, SHORTCUT)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(document.cookie)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(document.cookie)</script></html>"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
MP4 = b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2" + b"\0" * 100
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100
STEP = b"ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION(('housing'),'2;1');\nENDSEC;\n"
DWG = b"AC1032\0\0\0\0\0\x06" + b"\x01\x02" * 60
GIF_WITH_HTML = b"GIF89a/*<html><script>alert(1)</script>*/=1;"
PLACE = (46.0, 3.0, 12.0)


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> bytes:
    """A picture that is red on its left and blue on its right half."""
    drawn = Image.new("RGB", size, "red")
    ImageDraw.Draw(drawn).rectangle((size[0] // 2, 0, *size), fill="blue")
    out = io.BytesIO()
    drawn.convert(mode).save(out, kind, **options)
    return out.getvalue()


def photo(orientation: int = 1) -> bytes:
    """A photo from a phone, which tells where it was taken, with what, and how it was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825).update({1: "N", 2: PLACE, 3: "E", 4: PLACE})
    return picture(
        exif=exif, comment=b"SecretComment", xmp=b"<x:xmpmeta>SecretXmp</x:xmpmeta>", dpi=(300, 300)
    )


def talkative_png() -> bytes:
    notes = PngInfo()
    notes.add_text("Author", "SecretAuthor")
    notes.add_itxt("Place", "SecretPlace")
    return picture("PNG", pnginfo=notes)


def transparent() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (255, 0, 0, 100)).save(out, "PNG")
    return out.getvalue()


def animated() -> bytes:
    """Two frames, the first green."""
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("lime", "black")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], comment=b"<script>alert(1)</script>")
    return out.getvalue()


def png_bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A few bytes that announce gigabytes of pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 9999))
        + chunk(b"IEND", b"")
    )


def webp_bomb() -> bytes:
    """Its extended header announces 16,383 × 16,383 pixels."""
    return b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\xfe\x3f\0\xfe\x3f\0" + b"ANIM\x06\0\0\0" + b"\0" * 6


def slow_jpeg(scans: int = 4000) -> bytes:
    """A small progressive JPEG that asks its decoder to go over all its pixels thousands of times."""
    whole = picture(size=(6000, 6000), progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[last:-2] * scans + whole[-2:]


def zipped(*members: str, first: tuple[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if first:
            archive.writestr(zipfile.ZipInfo(first[0]), first[1])
        for member in members:
            archive.writestr(member, "x" * 100)
    return out.getvalue()


DOCX = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")
XLSX = zipped("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")
PPTX = zipped("[Content_Types].xml", "ppt/presentation.xml")
ODT = zipped("content.xml", first=("mimetype", "application/vnd.oasis.opendocument.text"))
ODS = zipped("content.xml", first=("mimetype", "application/vnd.oasis.opendocument.spreadsheet"))
ZIP = zipped("drawings/housing.step", "readme.txt")


def lying_zip() -> bytes:
    """Its last record says that the directory has 65,535 entries and four gigabytes."""
    return ZIP[:-22] + b"PK\x05\x06" + b"\0\0\0\0" + b"\xff" * 12 + b"\0\0"
