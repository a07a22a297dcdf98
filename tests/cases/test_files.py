"""What people send: refused with a sentence or kept for good, and never run in our origin."""

import contextlib
import errno
import io
import os
import stat
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import file_samples as samples
import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import event, func, select, update
from werkzeug.http import parse_options_header

import portal.catalogue.models  # noqa: F401 - cases refer to its tables
from portal.cases import contents, files, pictures, storage
from portal.cases.files import FileRefused, Taken, Upload, attach, check, clean, serving
from portal.cases.models import Attachment, Blob, Case, Lane, Message
from portal.clock import now
from portal.config import Settings
from portal.extensions import Model, babel, db, sqlite_done_right
from portal.identity.models import Department, Membership, Organization, Person

pytestmark = pytest.mark.own_database

LIMITS = Settings(file_mb=1, files=10)
TEXT = b"Housing 4711 leaks."


def make_app(folder: Path, storage_url: str = "") -> Flask:
    app = Flask("files")
    kept = Settings(storage_url=storage_url or f"file://{folder / 'files'}", file_mb=1)
    app.config.update(SETTINGS=kept, SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder / 'test.db'}")
    db.init_app(app)
    babel.init_app(app)
    return app


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = make_app(tmp_path)
    with app.app_context():
        sqlite_done_right(db.engine)
        Model.metadata.create_all(db.engine)
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def message(app: Flask) -> Message:
    """Ana of Northwind writes to the service department."""
    northwind, ana = Organization(name="Northwind"), Person(name="Ana", email="ana@northwind.example")
    service = Department(code="service", name="Service")
    db.session.add_all([northwind, ana, service])
    db.session.flush()
    member = Membership(person_id=ana.id, organization_id=northwind.id)
    case = Case(
        number="C-1", kind="problem", department_id=service.id, organization_id=northwind.id, subject="Leak"
    )
    db.session.add_all([member, case])
    db.session.flush()
    lane = Lane(case_id=case.id, kind="requester")
    db.session.add(lane)
    db.session.flush()
    message = Message(lane_id=lane.id, author_id=member.id, body="See the photo")
    db.session.add(message)
    db.session.commit()
    return message


def take(data: bytes, name: str) -> Taken:
    [taken] = check([Upload(name, data)], LIMITS)
    return taken


def refusal(data: bytes, name: str) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        check([Upload(name, data)], LIMITS)
    return caught.value


def stored(app: Flask) -> set[str]:
    root = Path(app.config["SETTINGS"].storage_url.removeprefix("file://"))
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def age(**by: int) -> None:
    """Make every blob, and every file of the store, older."""
    db.session.execute(update(Blob).values(stored_at=now() - timedelta(**by)))
    db.session.commit()
    root = storage._root(storage._store())
    for path in root.rglob("*") if root else ():
        then = path.stat().st_mtime - timedelta(**by).total_seconds()
        os.utime(path, (then, then))


# What is refused, and in which words


def test_an_empty_file_is_refused_by_name(app: Flask) -> None:
    assert refusal(b"", "notes.txt").sentence == "notes.txt is empty. Nothing was stored."


def test_a_file_may_have_the_limit_and_no_byte_more(app: Flask) -> None:
    assert take(b"x" * 1_000_000, "log.txt").size == 1_000_000
    assert refusal(b"x" * 1_000_001, "log.txt").sentence == "log.txt is larger than 1 MB. Nothing was stored."


def test_a_stream_without_end_is_read_to_the_limit_only() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            assert size >= 0
            self.given += min(size, 1000)
            return b"x" * min(size, 1000)

    endless: Any = Endless()
    with pytest.raises(FileRefused):
        check([Upload("endless.txt", endless)], LIMITS)
    assert endless.given == 1_000_001


def test_eleven_files_are_one_too_many(app: Flask) -> None:
    uploads = [Upload(f"{number}.txt", TEXT) for number in range(11)]
    assert len(check(uploads[:10], LIMITS)) == 10
    with pytest.raises(FileRefused, match="too_many") as caught:
        check(uploads, LIMITS)
    assert caught.value.sentence == "At most 10 files at once. Nothing was stored."


def test_no_file_chosen_is_no_file() -> None:
    uploads = [
        Upload("", io.BytesIO()),
        *(Upload(f"{number}.txt", TEXT) for number in range(10)),
        Upload("", b""),
    ]
    assert len(check(uploads, LIMITS)) == 10


def test_the_limits_are_those_of_the_settings(app: Flask) -> None:
    with pytest.raises(FileRefused, match="too_large"):
        check([Upload("log.txt", b"x" * 1_000_001)])


@pytest.mark.parametrize("data", samples.PROGRAMS)
@pytest.mark.parametrize(
    "name", ["housing.jpg", "invoice.pdf", "order.docx", "notes.txt", "mail.eml", "part.step"]
)
def test_a_program_in_disguise_is_refused(data: bytes, name: str) -> None:
    assert refusal(data, name).reason_code == "mismatch"


@pytest.mark.parametrize("data", [*samples.PROGRAMS, TEXT, samples.PDF])
@pytest.mark.parametrize("name", ["setup.exe", "photo.jpg.EXE", "run.bat", "update.msi", "a.exe. ."])
def test_what_runs_by_its_name_is_refused(data: bytes, name: str) -> None:
    assert refusal(data, name).reason_code == "program"


@pytest.mark.parametrize("data", samples.PROGRAMS)
@pytest.mark.parametrize("name", ["setup", "firmware.bin"])
def test_a_program_of_no_known_name_is_refused(data: bytes, name: str) -> None:
    assert refusal(data, name).reason_code == "program"


def test_the_sentence_tells_what_the_name_says_and_what_is_inside(app: Flask) -> None:
    assert refusal(samples.WINDOWS_PROGRAM, "housing.jpg").sentence == (
        "housing.jpg says it is a picture, but its content is a Windows program. Nothing was stored."
    )


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (samples.HTML, "photo.png"),
        (samples.SVG, "photo.jpg"),
        (samples.ZIP, "order.docx"),
        (samples.XLSX, "order.docx"),
        (samples.DOCX, "order.pdf"),
        (samples.PDF, "order.txt"),
        (samples.picture(), "order.csv"),
        (b"\x01\x02\x03" * 50, "notes.txt"),
        (TEXT, "photo.jpg"),
        (TEXT, "drawings.zip"),
        (samples.MP4, "photo.jpg"),
        (b"BM are the initials of our company", "photo.bmp"),
    ],
)
def test_content_that_contradicts_its_name_is_refused(data: bytes, name: str) -> None:
    assert refusal(data, name).reason_code == "mismatch"


def test_every_refusal_has_a_sentence_without_gaps(app: Flask) -> None:
    facts = {"files": 1, "mb": 1, "claimed": "x", "found": "y", "millions": 40}
    for code in files.SENTENCES:
        assert "%" not in FileRefused("100 % cotton.txt", code, **facts).sentence.replace("100 %", "")


# What is taken, and as what


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (TEXT, "notes.txt", "text/plain"),
        ("Müll; Šmid; 5 €\n".encode("cp1252"), "orders.csv", "text/csv"),
        ("čćžšđ;1\n".encode("cp1250"), "orders.csv", "text/csv"),
        ("čćžšđ\t1\n".encode("utf-16"), "orders.csv", "text/csv"),
        (b"\x1b[31mERROR\x1b[0m pump\n", "pump.log", "text/plain"),
        (b"From: a@b.example\r\nSubject: Leak\r\n\r\nHello", "leak.eml", "message/rfc822"),
        (samples.PDF, "order.PDF", "application/pdf"),
        (b"\x01 scanned by X1\n" + samples.PDF, "scan.pdf", "application/pdf"),
        (
            samples.DOCX,
            "order.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (samples.XLSX, "order.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (
            samples.PPTX,
            "order.pptx",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
        (samples.ODT, "order.odt", "application/vnd.oasis.opendocument.text"),
        (samples.ODS, "order.ods", "application/vnd.oasis.opendocument.spreadsheet"),
        (samples.OLE, "order.doc", "application/msword"),
        (samples.OLE, "locked with a password.docx", "application/x-ole-storage"),
        (samples.HTML, "export.xls", "text/html"),
        (samples.ZIP, "drawings.zip", "application/zip"),
        (samples.lying_zip(), "drawings.zip", "application/zip"),
        (samples.MP4, "noise.mp4", "video/mp4"),
        (b"ID3\x03" + b"\0" * 60, "noise.mp3", "application/octet-stream"),
        (samples.HEIC, "IMG_0001.HEIC", "image/heic"),
        (samples.HEIC, "IMG_0001.jpg", "image/heic"),
        (samples.picture("PNG"), "screenshot.jpg", "image/png"),
        (samples.STEP, "housing.stp", "model/step"),
        (samples.DWG, "housing.dwg", "image/vnd.dwg"),
        (b"\x93\x11\0\x84" * 30, "pump.xyz", "application/octet-stream"),
        (samples.picture("PNG"), "picture", "application/octet-stream"),
        (samples.SVG, "logo.svg", "image/svg+xml"),
        (b"<?xml version='1.0'?><!-- x -->\n" + samples.SVG, "logo.xml", "image/svg+xml"),
        (samples.HTML.decode().encode("utf-16"), "page.html", "text/html"),
        (samples.HTML, "page.txt", "text/html"),
        (b"The free encyclopedia", "free.txt", "text/plain"),
        (b"MZ is short for Mainz", "mainz.txt", "text/plain"),
    ],
)
def test_the_type_comes_from_the_content(data: bytes, name: str, media_type: str) -> None:
    assert take(data, name).media_type == media_type


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Ana\\housing.txt", "housing.txt"),
        ("/srv/..\\x/./a b.txt", "a b.txt"),
        ("invoice\u202etxt.csv", "invoicetxt.csv"),
        ("a\x00b\r\nSet-Cookie: x.txt", "abSet-Cookie: x.txt"),
        ("cafe\u0301.txt", "caf\u00e9.txt"),
        ("счёт № 5.txt", "счёт № 5.txt"),
        ("👩\u200d🔧 pump.txt", "👩\u200d🔧 pump.txt"),
        ("half \ud83d.txt", "half.txt"),
        ("..", "file"),
        ("folder/", "file"),
        ("   ", "file"),
        (".htaccess", "htaccess"),
        ("x" * 300 + ".csv", "x" * 146 + ".csv"),
        ("x." + "y" * 300, "x." + "y" * 148),
    ],
)
def test_names_are_cleaned(given_name: str, kept: str) -> None:
    assert clean(given_name) == kept


@given(st.text(max_size=400))
def test_a_clean_name_is_never_empty_never_long_and_stays_as_it_is(name: str) -> None:
    kept = clean(name)
    assert 0 < len(kept) <= 150
    assert not set(kept) & set("/\\\0\r\n\u202e")
    assert kept == unicodedata.normalize("NFC", kept)
    assert kept.encode()


_EXTENSIONS = st.sampled_from([*contents.CLAIMS, "", "xyz"])
_HEADS = st.sampled_from(
    [b"", b"PK\x03\x04", b"PK\x05\x06", b"\0\0\0\x18ftyp", b"RIFF", b"<", b"\xff\xfe", b"%PDF-"]
)


@settings(max_examples=400, deadline=None)
@given(_HEADS, st.binary(min_size=1, max_size=300), _EXTENSIONS)
def test_rubbish_is_judged_without_an_accident(head: bytes, rubbish: bytes, extension: str) -> None:
    with contextlib.suppress(FileRefused):
        assert files._judged(f"rubbish.{extension}", head + rubbish)


# Pictures


def shown(data: bytes) -> "Image.Image":
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


@pytest.mark.parametrize("data", [samples.photo(), samples.talkative_png()])
def test_a_preview_tells_nothing_but_its_pixels(data: bytes) -> None:
    assert b"Secret" in data
    copy = take(data, "photo.jpg").preview
    assert copy
    assert not [word for word in (b"Secret", b"Exif", b"http:", b"ICC_PROFILE") if word in copy]
    picture = shown(copy)
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (60, 40)), (3, (60, 40)), (6, (40, 60)), (8, (40, 60))]
)
def test_a_preview_stands_upright(orientation: int, size: tuple[int, int]) -> None:
    picture = shown(pictures.render(samples.photo(orientation)))
    assert picture.size == size
    red_at = {1: (5, 20), 3: (55, 20), 6: (20, 5), 8: (20, 55)}[orientation]
    red, _, blue = picture.getpixel(red_at)
    assert red > 200
    assert blue < 50


@pytest.mark.parametrize("kind", pictures.FORMATS)
@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1"])
def test_every_sort_of_picture_has_a_preview(kind: str, mode: str) -> None:
    if kind == "JPEG" and mode in "P1":
        mode = "CMYK"
    picture = shown(pictures.render(samples.picture(kind, mode=mode)))
    assert (picture.format, picture.size, picture.mode) == ("JPEG", (60, 40), "RGB")


def test_a_large_picture_is_made_small_and_keeps_its_shape() -> None:
    picture = shown(pictures.render(samples.picture("PNG", size=(4000, 1000))))
    assert picture.size == (1600, 400)


def test_transparency_stays_and_a_moving_picture_stands_still() -> None:
    assert shown(pictures.render(samples.transparent())).mode == "RGBA"
    first = pictures.render(samples.animated())
    assert b"script" not in first
    assert shown(first).getpixel((5, 5))[1] > 200


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_broken_exif_does_not_hide_a_picture() -> None:
    assert shown(pictures.render(samples.picture(exif=b"Exif\0\0II*\0\xff\xff\xff\xff"))).size == (60, 40)


@pytest.mark.parametrize(
    "bomb",
    [samples.png_bomb(), samples.png_bomb(6400, 6300), samples.webp_bomb()],
    ids=["png", "small png", "webp"],
)
def test_a_bomb_disguised_as_a_picture_is_refused_before_decoding(app: Flask, bomb: bytes) -> None:
    assert len(bomb) < 500
    refused = refusal(bomb, "housing.png")
    assert refused.sentence == "housing.png has more than 40 million pixels. Nothing was stored."


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_the_limit_holds_whether_pillow_warns_or_raises() -> None:
    with pytest.raises(pictures.TooManyPixels):
        pictures.render(samples.png_bomb(6400, 6300))


@pytest.mark.parametrize(
    "data",
    [samples.GIF_WITH_HTML, samples.picture()[:400], samples.png_bomb(600, 600), b"II*\0" + b"\xff" * 90],
    ids=["GIF with HTML", "half a JPEG", "PNG that lacks pixels", "TIFF header"],
)
def test_what_only_begins_like_a_picture_is_refused(app: Flask, data: bytes) -> None:
    assert refusal(data, "cat.gif").sentence == "cat.gif cannot be opened as a picture. Nothing was stored."


@pytest.mark.slow
def test_a_picture_that_takes_for_ever_is_stopped() -> None:
    with pytest.raises(pictures.NotAPicture):
        pictures.preview(samples.slow_jpeg())


def test_the_decoder_knows_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}
    run = subprocess.run

    def watched(*args: Any, **options: Any) -> Any:
        seen.update(options["env"])
        return run(*args, **options)

    monkeypatch.setenv("PORTAL_SECRET_KEY", "secret")
    monkeypatch.setattr(subprocess, "run", watched)
    assert pictures.preview(samples.picture())
    assert set(seen) == {"PYTHONPATH"}


def test_nothing_heavy_is_loaded_at_the_start() -> None:
    code = "import sys, portal.cases.files; print({'PIL', 'puremagic', 'obstore'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


# Storing


def test_bytes_come_back_and_are_stored_once(app: Flask) -> None:
    digest = storage.put(b"hello")
    assert storage.put(b"hello") == digest
    assert digest == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    assert stored(app) == {f"2c/{digest[2:]}"}
    assert storage.read(digest) == b"hello"
    assert storage.read(digest, first=2) == b"he"
    storage.delete(digest)
    storage.delete(digest)
    with pytest.raises(storage.Missing):
        storage.read(digest)


@pytest.mark.parametrize(
    "digest", ["", "../../../../etc/passwd", "a" * 63, "A" * 64, "a" * 64, "a" * 64 + "\n"]
)
def test_only_hashes_name_bytes(app: Flask, digest: str) -> None:
    with pytest.raises(storage.Missing):
        storage.read(digest)


def test_files_are_readable_by_their_owner_only(app: Flask, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        storage.put(TEXT)
    finally:
        os.umask(before)
    modes = {path.is_dir(): stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "files").rglob("*")}
    assert modes == {True: 0o700, False: 0o600}
    assert stat.S_IMODE((tmp_path / "files").stat().st_mode) == 0o700


def test_a_file_gets_its_name_only_once_it_is_on_the_disk(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[str, bool]] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        named = any("incoming" not in name for name in stored(app))
        synced.append((Path(f"/proc/self/fd/{handle}").readlink().parent.name, named))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    digest = storage.put(TEXT)
    assert synced[0] == ("incoming", False)
    assert [named for _, named in synced[1:]] == [True, True]
    synced.clear()
    assert storage.put(TEXT) == digest
    assert len(synced) == 2, "whoever stored it first may not have come to sync the folders"


def test_a_full_disk_is_no_success_and_leaves_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            storage.put(TEXT)
    assert not stored(app)
    assert storage.read(storage.put(TEXT)) == TEXT


def test_memory_and_s3_are_stores_too(tmp_path: Path) -> None:
    with make_app(tmp_path, "memory://").app_context():
        assert storage.read(storage.put(TEXT)) == TEXT
        assert storage.read(storage.put(TEXT), first=3) == TEXT[:3]
        with pytest.raises(storage.Missing):
            storage.read("a" * 64)
    with make_app(tmp_path, "s3://bucket/portal").app_context():
        assert type(storage._store()).__name__ == "S3Store"


def test_attaching_takes_two_statements_and_keeps_equal_bytes_once(app: Flask, message: Message) -> None:
    taken = [
        take(TEXT, "a.txt"),
        take(samples.photo(), "b.jpg"),
        take(TEXT, "c.txt"),
        take(samples.PDF, "d.pdf"),
    ]
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    attached = attach(message, taken)
    assert [statement.split()[:3] for statement in statements if statement != "BEGIN IMMEDIATE"] == [
        ["INSERT", "INTO", "blobs"],
        ["INSERT", "INTO", "attachments"],
    ]
    db.session.commit()
    assert [row.name for row in attached] == ["a.txt", "b.jpg", "c.txt", "d.pdf"]
    assert attached[0].blob == attached[2].blob
    assert [bool(row.preview) for row in attached] == [False, True, False, False]
    assert {row.lane_id for row in attached} == {message.lane_id}
    assert [storage.read(row.blob) for row in attached] == [file.data for file in taken]
    assert storage.read(attached[1].preview or "") == taken[1].preview
    assert len(stored(app)) == db.session.scalar(select(func.count(Blob.hash))) == 4


def test_a_refused_message_stores_nothing(app: Flask, message: Message) -> None:
    with pytest.raises(FileRefused):
        attach(message, check([Upload("a.txt", TEXT), Upload("b.jpg", samples.WINDOWS_PROGRAM)]))
    assert attach(message, []) == []
    assert not stored(app)
    assert not db.session.scalar(select(func.count(Blob.hash)))


# Sweeping


def test_the_sweep_takes_what_is_old_and_unused(app: Flask, message: Message) -> None:
    kept = attach(message, [take(samples.photo(), "a.jpg")])[0]
    doomed = storage.keep([b"nobody refers to this"])
    db.session.commit()
    assert storage.sweep() == 0
    age(days=2)
    assert storage.sweep() == 1
    db.session.commit()
    with pytest.raises(storage.Missing):
        storage.read(doomed[0])
    assert storage.read(kept.blob)
    assert storage.read(kept.preview or "")
    assert storage.sweep(timedelta()) == 0


def test_the_sweep_takes_bytes_whose_upload_never_committed(
    app: Flask, message: Message, tmp_path: Path
) -> None:
    attach(message, [take(TEXT, "a.txt")])
    db.session.rollback()
    (tmp_path / "files" / "incoming" / "left-by-a-killed-process#1").write_bytes(b"half")
    assert len(stored(app)) == 2
    assert storage.sweep() == 0
    assert len(stored(app)) == 2
    age(days=2)
    assert storage.sweep() == 1
    db.session.commit()
    assert not stored(app)
    assert not db.session.scalar(select(func.count(Blob.hash)))


def test_sending_the_same_bytes_again_saves_them_from_the_sweep(app: Flask, message: Message) -> None:
    storage.keep([TEXT])
    db.session.commit()
    age(days=2)
    [row] = attach(message, [take(TEXT, "a.txt")])
    db.session.commit()
    assert storage.sweep() == 0
    assert storage.read(row.blob) == TEXT


def test_bytes_the_sweep_took_are_stored_again(app: Flask, message: Message) -> None:
    storage.keep([TEXT])
    db.session.commit()
    age(days=2)
    assert storage.sweep() == 1
    db.session.rollback()  # the row is back, its bytes are gone
    [row] = attach(message, [take(TEXT, "a.txt")])
    db.session.commit()
    assert storage.read(row.blob) == TEXT


def test_a_sweep_waits_for_an_upload_of_the_same_bytes(app: Flask, message: Message) -> None:
    storage.keep([TEXT])
    db.session.commit()
    age(days=2)
    [row] = attach(message, [take(TEXT, "a.txt")])
    swept: list[int] = []

    def sweep() -> None:
        with app.app_context():
            swept.append(storage.sweep())
            db.session.commit()

    other = threading.Thread(target=sweep)
    other.start()
    other.join(0.3)
    assert not swept
    db.session.commit()
    other.join()
    assert swept == [0]
    assert storage.read(row.blob) == TEXT


# Serving


def attached(message: Message, data: bytes, name: str) -> Attachment:
    return attach(message, [take(data, name)])[0]


@pytest.mark.parametrize(
    ("data", "name"), [(samples.SVG, "logo.svg"), (samples.HTML, "page.html"), (samples.PDF, "order.pdf")]
)
def test_what_could_run_is_only_ever_downloaded(message: Message, data: bytes, name: str) -> None:
    row = attached(message, data, name)
    assert row.preview is None
    with pytest.raises(storage.Missing):
        serving(row, preview=True)
    headers = serving(row, preview=False)
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Cache-Control"].startswith("private")


@pytest.mark.parametrize(
    ("data", "media_type", "name"),
    [(samples.photo(), "image/jpeg", "pump.jpg"), (samples.transparent(), "image/png", "pump.png")],
)
def test_a_preview_is_shown_as_the_picture_it_is(
    message: Message, data: bytes, media_type: str, name: str
) -> None:
    headers = serving(attached(message, data, "pump.gif"), preview=True)
    assert headers["Content-Type"] == media_type
    assert parse_options_header(headers["Content-Disposition"]) == ("inline", {"filename": name})
    assert headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "sandbox" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name", ['say "hi"; filename=x.txt', "счёт 👩‍🔧.txt", "café.txt", "100%41.txt", "housing.txt"]
)
def test_a_download_keeps_its_name_whatever_is_in_it(message: Message, name: str) -> None:
    disposition = serving(attached(message, TEXT, name), preview=False)["Content-Disposition"]
    assert disposition.isascii()
    assert parse_options_header(disposition) == ("attachment", {"filename": name})
