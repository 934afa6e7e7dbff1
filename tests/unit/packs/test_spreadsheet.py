"""XLSX files: what stands in their cells, and what must not get in with them."""

import datetime
from pathlib import Path

import openpyxl
import pytest
from tests.helpers.xlsx_files import saved, with_part, xlsx

from large_enough.domain.pack import ChoiceKey, DateKey, NumberKey, TextKey
from large_enough.packs.importing import Imported, read_questions
from large_enough.packs.spreadsheet import read_spreadsheet
from large_enough.wording.pack_words import fault_text

HEAD = ("question", "answer")
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def read(tmp_path: Path):
    def read_file(content: bytes) -> Imported:
        path = tmp_path / "Bank fees.xlsx"
        path.write_bytes(content)
        return read_questions(path)

    return read_file


def told(imported: Imported) -> str:
    return "\n".join(map(fault_text, (*imported.faults, *imported.notes)))


def test_texts_numbers_and_options(read) -> None:
    rows = [
        ("question", "A", "B", "answer"),
        ("Capital?", "Paris", "Rome", "A"),
        ("Sum?", None, None, 4),
        ("Price?", None, None, 27.5),
        (),
        ("Line\nbreak?", None, None, "x"),
    ]
    imported = read(xlsx(rows))
    assert imported.faults == ()
    assert imported.pack is not None
    assert imported.pack.title == "Bank fees"
    assert imported.pack.id == "bank-fees"
    assert [item.key for item in imported.pack.items] == [
        ChoiceKey(choices=("Paris", "Rome"), answer="Paris"),
        NumberKey(answer=4),
        NumberKey(answer=27.5),
        TextKey(answers=("x",)),
    ]


def test_a_number_with_three_decimals_is_no_thousands(read) -> None:
    (item,) = read(xlsx([HEAD, ("Sum?", 1.234)])).pack.items
    assert item.key == NumberKey(answer=1.234)


def test_dates_are_told(read) -> None:
    imported = read(xlsx([HEAD, ("When?", datetime.datetime(2026, 2, 1))]))  # noqa: DTZ001
    assert imported.pack.items[0].key == DateKey(answer="2026-02-01")
    assert "row 2: B2 is a date for the spreadsheet" in told(imported)


def test_zeros_that_a_format_shows_are_kept(read) -> None:
    imported = read(xlsx([HEAD, ("Branch?", 42)], {"B2": "00000"}))
    assert imported.pack.items[0].key == TextKey(answers=("00042",))


def test_percent(read) -> None:
    imported = read(xlsx([HEAD, ("Share?", 0.275)], {"B2": "0.0%"}))
    assert imported.pack.items[0].key == NumberKey(answer=27.5, unit="%")
    assert "B2 was read as 27.5 %" in told(imported)


def test_truth_and_too_many_digits_are_told(read) -> None:
    imported = read(xlsx([HEAD, ("So?", True), ("Account?", 1234567890123456768)]))
    assert "row 2, answer: “TRUE” looks as if" in told(imported)
    assert "row 3: B3 has more digits than a spreadsheet keeps" in told(imported)


def test_a_formula_without_a_result_is_a_fault_of_its_row(read) -> None:
    imported = read(xlsx([HEAD, ("Sum?", "=1+1"), ("Else?", 3)]))
    assert [fault.row for fault in imported.faults] == [2]
    assert "B2 holds a formula whose result was never kept" in told(imported)
    assert len(imported.pack.items) == 1


def test_the_kept_result_of_a_formula_is_read(read) -> None:
    content = xlsx([HEAD, ("Sum?", "=1+1")])
    sheet = (
        '<?xml version="1.0"?><worksheet '
        'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>question</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>answer</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Sum?</t></is></c>'
        '<c r="B2"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>'
    )
    imported = read(with_part(content, SHEET, sheet.encode()))
    assert imported.pack.items[0].key == NumberKey(answer=2)


def test_other_sheets_are_told(read) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(HEAD)
    book.worksheets[0].append(("Sum?", 2))
    book.create_sheet("More").append(("x", "y"))
    imported = read(saved(book))
    assert "not “More”" in told(imported)
    assert (imported.sheet, imported.other_sheets) == ("Sheet", ("More",))


def three_sheets() -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].append(HEAD)
    book.worksheets[0].append(("Sum?", 2))
    book.create_sheet("More").append(HEAD)
    book["More"].append(("Capital?", "Paris"))
    book.create_sheet("Empty")
    return saved(book)


def test_a_sheet_can_be_chosen() -> None:
    imported = read_questions(three_sheets(), sheet="more ")
    assert imported.pack is not None
    assert [item.question for item in imported.pack.items] == ["Capital?"]
    assert (imported.sheet, imported.other_sheets) == ("More", ())
    assert "sheet" not in told(imported)


@pytest.mark.parametrize(
    ("sheet", "reason"), [("Third", "“Sheet”, “More”, “Empty”"), ("Empty", "there is no question")]
)
def test_a_sheet_that_is_not_there_or_empty_is_refused(sheet: str, reason: str) -> None:
    imported = read_questions(three_sheets(), sheet=sheet)
    assert imported.pack is None
    assert reason in told(imported)


def test_other_files_have_no_sheets() -> None:
    imported = read_questions(b"question;answer\nSum?;2\n", sheet="More")
    assert imported.pack is None
    assert "no sheets" in told(imported)


def test_a_far_away_cell_takes_no_memory(read) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(HEAD)
    book.worksheets[0].append(("Sum?", 2))
    book.worksheets[0]["XFD1048576"] = "x"
    imported = read(saved(book))
    assert imported.pack is None or len(imported.pack.items) == 1


def test_bombs_are_refused_unopened() -> None:
    bomb = with_part(xlsx([HEAD]), SHEET, b" " * 2_000_000)
    assert len(bomb) < 50_000
    (fault,) = read_spreadsheet(bomb, most_unpacked_bytes=1_000_000).faults
    assert "unpacked, it is larger" in fault.problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declarations_of_entities_are_refused(encoding: str) -> None:
    text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    (fault,) = read_spreadsheet(with_part(xlsx([HEAD]), SHEET, text.encode(encoding))).faults
    assert "declarations" in fault.problem


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04",
        b"PK\x03\x04" + b"\0" * 100,
        xlsx([HEAD])[:-40],
        with_part(xlsx([HEAD]), SHEET, b"<worksheet>"),
        with_part(xlsx([HEAD]), SHEET, b""),
        with_part(xlsx([HEAD]), "xl/workbook.xml", b"<x/>"),
        with_part(xlsx([HEAD]), "xl/styles.xml", b"<x"),
        with_part(xlsx([HEAD]), "[Content_Types].xml", b"<x/>"),
    ],
)
def test_broken_files_are_refused_in_words(read, content: bytes) -> None:
    imported = read(content)
    assert imported.pack is None
    assert imported.faults


def test_old_files_are_refused_in_words(read) -> None:
    assert "save it as XLSX or CSV" in told(read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99))
