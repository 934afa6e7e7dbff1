import json
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.power_sources import CONDITIONS

from large_enough.domain.calibration import Calibration
from large_enough.domain.errors import StoreError
from large_enough.store.calibration_file import FILE_NAME, load_calibration, save_calibration

FITTED = Calibration(
    idle_w=6.5,
    watts_per_core=(4.2, 1.1),
    residual_w=0.4,
    mean_power_w=14.0,
    load_count=5,
    conditions=CONDITIONS,
    date_utc="2026-05-04T10:00:00+00:00",
)


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    path = save_calibration(tmp_path / "new" / "folder", FITTED)
    assert path.name == FILE_NAME
    assert load_calibration(path.parent) == FITTED


def test_a_later_one_takes_the_place_of_the_earlier(tmp_path: Path) -> None:
    for load_count in (5, 6):
        save_calibration(tmp_path, Calibration(**{**_fields(), "load_count": load_count}))
    loaded = load_calibration(tmp_path)
    assert loaded is not None
    assert loaded.load_count == 6
    assert [file.name for file in tmp_path.iterdir()] == [FILE_NAME]


def _fields() -> dict[str, Any]:
    return {name: getattr(FITTED, name) for name in FITTED.__struct_fields__}


def test_without_a_file_there_is_none(tmp_path: Path) -> None:
    assert load_calibration(tmp_path) is None
    assert load_calibration(tmp_path / "no folder") is None


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 60_000, b'{"idle_w": 5}', b" " * 70_000],
)
def test_a_file_that_makes_no_sense_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert load_calibration(tmp_path) is None


@pytest.mark.parametrize(
    "spoil",
    [
        {"mean_power_w": 0.0},
        {"mean_power_w": -3.0},
        {"idle_w": -1.0},
        {"idle_w": 1e300},
        {"watts_per_core": []},
        {"watts_per_core": [4.2, 0.0]},
        {"residual_w": -0.1},
    ],
)
def test_watts_that_no_laptop_has_are_not_used(tmp_path: Path, spoil: dict[str, Any]) -> None:
    """They would be divided by, or make an estimate that looks like one."""
    path = save_calibration(tmp_path, FITTED)
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | spoil), encoding="utf-8")
    assert load_calibration(tmp_path) is None


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(StoreError):
        save_calibration(tmp_path / "taken", FITTED)
