"""Files as spreadsheets write them, and files that are none."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from portal.exchange import excel, sheets
from portal.exchange.sheets import Row, open_sheet
from portal.exchange.wrong import Unreadable

pytestmark = pytest.mark.own_database


def read(folder: Path, content: str | bytes) -> tuple[sheets.Sheet, list[Row]]:
    path = folder / "file.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    sheet = open_sheet(path)
    return sheet, list(sheet.rows())


def refused(folder: Path, content: str | bytes) -> Unreadable:
    with pytest.raises(Unreadable) as error:
        read(folder, content)
    return error.value


TABLE = "ime;grad\r\nČavao i sin;Šibenik\r\nŽabac;Đurđevac\r\n"
PORTUGUESE = "nome;cidade\nJoão;São Paulo\nConceição;Évora\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TABLE.encode(), "UTF-8"),
        (TABLE.encode("utf-8-sig"), "UTF-8"),
        (TABLE.encode("utf-16"), "UTF-16"),
        (TABLE.encode("utf-16-le"), "UTF-16"),
        (TABLE.encode("utf-16-be"), "UTF-16"),
        (TABLE.encode("cp1250"), "Windows-1250"),
        (PORTUGUESE.encode("cp1252"), "Windows-1252"),
    ],
)
def test_letters_are_read_in_whatever_encoding_they_come(
    tmp_path: Path, content: bytes, encoding: str
) -> None:
    sheet, rows = read(tmp_path, content)
    assert sheet.encoding == encoding
    wanted = "João" if encoding == "Windows-1252" else "Čavao i sin"
    assert rows[0] == Row(2, (wanted, "São Paulo" if wanted == "João" else "Šibenik"))


def test_two_encodings_in_one_file_are_refused_with_the_line(tmp_path: Path) -> None:
    mixed = b"a,b\n" + "š,1\n".encode() + b"x,1\n" + "ç,2\n".encode("cp1252")
    error = refused(tmp_path, mixed)
    assert (error.code, error.facts["line"]) == ("mixed", 4)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_every_separator_is_found_out(tmp_path: Path, sign: str) -> None:
    sheet, rows = read(tmp_path, f'name{sign}city\n"A{sign} b"{sign}x\ny{sign}z\n')
    assert sheet.separator == sign
    assert rows[0].cells == (f"A{sign} b", "x")


def test_a_first_line_that_names_the_separator_is_believed_and_counted(tmp_path: Path) -> None:
    sheet, rows = read(tmp_path, "sep=;\r\nname;price\r\nA, b;1,5\r\n")
    assert (sheet.separator, sheet.heads) == (";", ("name", "price"))
    assert rows == [Row(3, ("A, b", "1,5"))]


def test_lines_are_counted_as_in_the_file_also_after_line_breaks_in_cells(tmp_path: Path) -> None:
    content = 'name,body,,\r\nx,"one\r\ntwo\r\nthree",,\r\n\r\n,,,\r\ny,z,,\r\n'
    sheet, rows = read(tmp_path, content)
    assert sheet.heads == ("name", "body")
    assert [row.line for row in rows] == [2, 7]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n,,\n", "empty"),
        (b"name,city\n", "only_a_head"),
        (b"name,city,Name\na,b,c\n", "same_heads"),
        (b"a,b\n1,\x00\n", "nul"),
        (b'a,b\n1,"x\n2,y\n', "quotes"),
        (b'a,b\n1,"x"y\n', "quotes"),
        (b"a,b\n1," + b"x" * 200_000, "huge_cell"),
        (b"a,b\n" + b"x" * (sheets.LONGEST_LINE + 5), "long_line"),
        (",".join(f"c{n}" for n in range(10_000)).encode() + b"\n1\n", "too_many_columns"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel"),
        (b"%PDF-1.7\n...", "no_table"),
        (b"PK\x03\x04 and nothing", "broken_excel"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes, code: str) -> None:
    error = refused(tmp_path, content)
    assert error.code == code


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(sheets.LARGEST + 1)
    with pytest.raises(Unreadable) as error:
        open_sheet(path)
    assert error.value.code == "too_large"


def test_too_many_rows_are_noticed_while_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "ROWS", 3)
    assert len(read(tmp_path, "a,b\n" + "1,2\n" * 3)[1]) == 3
    assert refused(tmp_path, "a,b\n" + "1,2\n" * 4).code == "too_many_rows"


def book(*rows: tuple[object, ...]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def test_excels_own_files_are_read_whatever_they_are_called(tmp_path: Path) -> None:
    import datetime  # noqa: PLC0415 - a value of this test only

    day = datetime.datetime(2026, 3, 4)  # noqa: DTZ001 - spreadsheets know no zone
    sheet, rows = read(
        tmp_path, book(("name", "price", "day"), ("Čavao", 12.5, day), (None, None, None), ("b", 3.0, None))
    )
    assert (sheet.encoding, sheet.name, sheet.heads) == ("", "Sheet", ("name", "price", "day"))
    assert rows == [Row(2, ("Čavao", "12.5", "2026-03-04")), Row(4, ("b", "3"))]


def test_formulas_stay_text(tmp_path: Path) -> None:
    _sheet, rows = read(tmp_path, 'name,phone\n"=1+1",+351 21\n@x,-1\n')
    assert rows[0].cells == ("=1+1", "+351 21")


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "UNPACKED", 1_000_000)
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    assert refused(tmp_path, kept.getvalue()).code == "bomb"


def test_another_zip_is_no_table(tmp_path: Path) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as other:
        other.writestr("letter.txt", "Hello")
    assert refused(tmp_path, kept.getvalue()).code == "no_table"


def test_a_damaged_sheet_is_said_to_be(tmp_path: Path) -> None:
    whole = io.BytesIO(book(("a", "b"), (1, 2)))
    broken = io.BytesIO()
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            target.writestr(part, content[:60] if part.endswith("sheet1.xml") else content)
    assert refused(tmp_path, broken.getvalue()).code in ("broken_excel", "empty")
