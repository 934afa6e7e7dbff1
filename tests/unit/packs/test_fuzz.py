"""Files that were damaged at random never raise, and never lose a row in silence."""

import csv
import io
import json
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.pack_files import pack_file
from tests.helpers.xlsx_files import with_part, xlsx

from large_enough.domain.pack_fault import BadPackError
from large_enough.packs.exporting import ExportForm, export_pack
from large_enough.packs.importing import read_questions
from large_enough.packs.loading import load_pack, read_pack
from large_enough.wording.pack_words import fault_text

MUTATIONS = 120
SPLICES = (
    *(b"\0", b'"', b"{", b"}", b"[", b"]", b",", b";", b"\t", b"\n", b"\\", b"=", b"'", b"\xff"),
    *(b"NaN", b"1e999", b"\\ud800", b"null", b'"answer"', b"9" * 400, b"ANSWER: A", b"#REF!"),
)


def _seeds() -> dict[str, bytes]:
    pack = read_pack(pack_file()).pack
    assert pack is not None
    aiken = b"What is it?\nA. One\nB) Two\nANSWER: B\n\nNext?\nA. x\nB. y\nANSWER: A\n"
    evals = b'{"input": [{"role": "user", "content": "2+2?"}], "ideal": ["4", "four"]}\n' * 3
    rows = (
        "question;A;B;answer;type\nCapital?;Paris;Rome;A;\nSum?;;;1.234,5 EUR;\nDay?;;;1.2.2026;\n"
    )
    return {
        "a.pack.json": export_pack(pack, ExportForm.JSON).files["bank.pack.json"],
        "a.csv": export_pack(pack, ExportForm.CSV).files["bank.csv"],
        "inspect.jsonl": export_pack(pack, ExportForm.INSPECT).files["bank.jsonl"],
        "promptfoo.csv": export_pack(pack, ExportForm.PROMPTFOO).files["bank.csv"],
        "promptfoo.json": export_pack(pack, ExportForm.PROMPTFOO, "b.json").files["b.json"],
        "promptfoo.jsonl": export_pack(pack, ExportForm.PROMPTFOO, "b.jsonl").files["b.jsonl"],
        "list.json": json.dumps([{"question": "q", "answer": 3}, {"vars": {}}]).encode(),
        "evals.jsonl": evals,
        "aiken.txt": aiken,
        "sheet.csv": rows.encode(),
        "sheet16.csv": rows.encode("utf-16"),
        "sheet.xlsx": xlsx([("question", "answer"), ("Sum?", 4), ("Day?", "=1+1"), ("So?", True)]),
    }


SEEDS = _seeds()


def mutated(content: bytes, dice: random.Random) -> bytes:
    """Return a content with a few pieces changed, doubled, cut out or put in."""
    data = bytearray(content)
    for _turn in range(dice.randint(1, 4)):
        place = dice.randrange(len(data) + 1)
        length = dice.randint(1, 30)
        kind = dice.randrange(5)
        if kind == 0:
            data[place : place + 1] = bytes([dice.randrange(256)])
        elif kind == 1:
            del data[place : place + length]
        elif kind == 2:
            data[place:place] = data[place : place + length]
        elif kind == 3:
            data[place:place] = dice.choice(SPLICES)
        else:
            del data[place:]
    return bytes(data)


@pytest.mark.parametrize("name", SEEDS)
def test_damage_is_told_and_never_raised(name: str, tmp_path: Path) -> None:
    dice = random.Random(name)
    path = tmp_path / name
    for _turn in range(MUTATIONS):
        path.write_bytes(mutated(SEEDS[name], dice))
        imported = read_questions(path)
        assert imported.pack is not None or imported.faults
        for fault in (*imported.faults, *imported.notes):
            assert fault_text(fault)
        if imported.pack is not None:
            assert read_questions(_again(imported.pack, tmp_path)).faults == ()


def test_damage_inside_a_spreadsheets_parts(tmp_path: Path) -> None:
    dice = random.Random(3)
    content = SEEDS["sheet.xlsx"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    path = tmp_path / "sheet.xlsx"
    for _turn in range(MUTATIONS):
        name = dice.choice(list(parts))
        path.write_bytes(with_part(content, name, mutated(parts[name], dice)))
        imported = read_questions(path)
        assert imported.pack is not None or imported.faults


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(
    st.lists(
        st.lists(st.one_of(st.text(max_size=8), st.sampled_from(["A", "3", "", "x"])), max_size=5),
        max_size=8,
    )
)
def test_every_row_of_a_table_is_taken_or_told(rows: list[list[str]]) -> None:
    head = ["question", "answer", "A", "B", "type"]
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL).writerows([head, *rows])
    imported = read_questions(stream.getvalue())
    if any(fault.row is None for fault in imported.faults):
        return
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    taken = 0 if imported.pack is None else len(imported.pack.items)
    assert taken + len({fault.row for fault in imported.faults}) == len(filled)


def _again(pack, folder: Path) -> Path:
    """What was taken from a damaged file is sound."""
    path = folder / "again.json"
    path.write_bytes(export_pack(pack, ExportForm.JSON, path.name).files[path.name])
    return path


def test_the_loader_raises_nothing_but_its_own_error(tmp_path: Path) -> None:
    dice = random.Random(7)
    path = tmp_path / "a.pack.json"
    refused = []
    for _turn in range(3 * MUTATIONS):
        path.write_bytes(mutated(SEEDS["a.pack.json"], dice))
        try:
            load_pack(path)
        except BadPackError as error:
            refused.append(error)
    assert len(refused) > MUTATIONS
    assert all(error.faults for error in refused)
