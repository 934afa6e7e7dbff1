from pathlib import Path

import msgspec
import pytest
from tests.helpers.energy_uses import make_part
from tests.helpers.power_sources import make_idle
from tests.helpers.records import make_card, make_plan
from tests.helpers.thorough_bench import passes, thorough_plan, thorough_record

from large_enough.domain.errors import ErrorInfo, FailureKind, StoreError
from large_enough.domain.thorough import ThoroughEnd
from large_enough.store.thorough_file import read_thorough, write_thorough
from large_enough.wording.failures import explain

RECORD = thorough_record(
    passes([(1.0, 2.0)] * 3, lambda _letter, _number: (make_part(),)),
    idle_before=(make_idle(),),
    end=ThoroughEnd.FAILED,
    error=ErrorInfo(kind=FailureKind.CRASHED, subject="B"),
)


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    path = write_thorough(tmp_path / "measurements", RECORD)
    assert path.name == "20260504T100000.000000Z-session.json"
    assert read_thorough(path) == RECORD
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_name_that_is_no_proper_text_is_no_obstacle(tmp_path: Path) -> None:
    """File names of another encoding come with characters that UTF-8 cannot hold."""
    template = make_plan(make_card("caf\udce9"), make_card("B"))
    record = msgspec.structs.replace(
        RECORD, plan=msgspec.structs.replace(thorough_plan(), template=template)
    )
    read = read_thorough(write_thorough(tmp_path, record))
    assert read.plan.template.contenders[0].card.name == "caf\\udce9"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        write_thorough(tmp_path / "taken", RECORD)
    assert caught.value.info.kind is FailureKind.LOG_NOT_WRITTEN
    assert explain(caught.value.info).happened


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'{"rounds": 1}'])
def test_a_file_that_makes_no_sense_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        read_thorough(path)
    assert caught.value.info.kind is FailureKind.LOG_UNREADABLE


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        read_thorough(tmp_path / "gone.json")
