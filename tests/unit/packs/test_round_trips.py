"""What is written is read again as it was, in every form that keeps everything."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from tests.helpers.pack_strategies import packs

from large_enough.domain.pack import Pack
from large_enough.packs.drafts import Imported, with_chance
from large_enough.packs.exporting import ExportForm, export_pack
from large_enough.packs.importing import read_questions
from large_enough.packs.loading import read_pack_text
from large_enough.packs.writing import pack_json, pack_sha256

LOSSLESS = [
    (ExportForm.JSON, "a.pack.json"),
    (ExportForm.CSV, "a.csv"),
    (ExportForm.INSPECT, "a.jsonl"),
    (ExportForm.PROMPTFOO, "a.csv"),
    (ExportForm.PROMPTFOO, "a.json"),
    (ExportForm.PROMPTFOO, "a.jsonl"),
]

bounded = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # to shrink a whole pack takes minutes
)


@pytest.mark.parametrize(("form", "name"), LOSSLESS)
@bounded
@given(pack=packs())
def test_a_pack_survives_the_way_there_and_back(form: ExportForm, name: str, pack: Pack) -> None:
    (content,) = export_pack(pack, form, name).files.values()
    imported = _imported(content, name)
    assert imported.faults == ()
    expected = pack if form is not ExportForm.JSON else _with_own_chance(pack)
    assert imported.pack == expected


def _with_own_chance(pack: Pack) -> Pack:
    return with_chance(pack)


def _imported(content: bytes, name: str) -> Imported:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        return read_questions(path)


@bounded
@given(pack=packs())
def test_the_file_form_is_canonical(pack: Pack) -> None:
    written = pack_json(pack)
    again = read_pack_text(written.decode()).pack
    assert again == pack
    assert again is not None
    assert pack_json(again) == written
    assert pack_sha256(again) == pack_sha256(pack)
