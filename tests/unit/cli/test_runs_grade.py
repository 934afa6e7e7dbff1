"""`runs grade`, as the shell sees it."""

import os
from pathlib import Path

import pytest
from tests.helpers.pack_run_records import make_run_plan, write_run

from large_enough.cli.main import main
from large_enough.comparison.pack_runs import read_pack_run
from large_enough.domain.grade import GradeStatus
from large_enough.domain.pack_run import Cell, CellKey
from large_enough.store.pack_run_log import RUNS_FOLDER, PackRunLog

WHO_AND_WHY = ("--who", "Eva", "--why", "the unit is right")


@pytest.fixture
def path(home_folder: Path) -> Path:
    plan = make_run_plan(names=("Ant 1B", "Bee 2B"))
    return write_run(home_folder / "data" / RUNS_FOLDER, plan, {"B": ["n1"]})


def grade(*words: str) -> int:
    return main(["runs", "grade", *words], os.environ)


def judged(path: Path) -> Cell:
    cell = read_pack_run(path).cell(CellKey(letter="B", item_id="n1"))
    assert cell is not None
    return cell


@pytest.mark.parametrize(
    ("score", "status"),
    [
        ("1", GradeStatus.CORRECT),
        ("0.25", GradeStatus.PARTIAL),
        ("0", GradeStatus.WRONG),
    ],
)
def test_a_person_judges_and_is_named(
    path: Path, score: str, status: GradeStatus, capsys: pytest.CaptureFixture[str]
) -> None:
    assert grade("last", "n1", "-m", "b", "--score", score, *WHO_AND_WHY) == 0
    hand = judged(path).hand_grade
    assert hand is not None
    assert (hand.status, hand.score) == (status, float(score))
    assert (hand.who, hand.why) == ("Eva", "the unit is right")
    assert "by hand (Eva)" in capsys.readouterr().err


def test_a_judgement_can_be_taken_back(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = judged(path)
    assert grade("last", "n1", "-m", "B", "--score", "1", *WHO_AND_WHY) == 0
    assert grade("last", "n1", "-m", "B", "--take-back") == 0
    assert judged(path) == rule
    assert "the rule's judgement counts" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["last", "n1", "-m", "B", "--score", "1.5", *WHO_AND_WHY], "--score"),
        (["last", "n1", "-m", "B", "--score", "nan", *WHO_AND_WHY], "--score"),
        (["last", "n1", "-m", "B", "--score", "1", "--why", "x"], "--who"),
        (["last", "n1", "-m", "B", "--score", "1", "--who", "Eva", "--why", " "], "--why"),
        (["last", "n1", "-m", "B", *WHO_AND_WHY], "--score"),
        (["last", "n1", "-m", "Q", "--score", "1", *WHO_AND_WHY], "n1"),
        (["last", "zz", "-m", "B", "--score", "1", *WHO_AND_WHY], "zz"),
        (["last", "n1", "-m", "B", "--repeat", "0", "--take-back"], "--repeat"),
        (["nothing", "n1", "-m", "B", "--take-back"], "nothing"),
    ],
)
def test_what_cannot_be_judged_is_refused_and_nothing_is_kept(
    path: Path, words: list[str], part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = path.read_bytes()
    assert grade(*words) == 2
    assert part in capsys.readouterr().err
    assert path.read_bytes() == before


def test_a_run_that_somebody_else_writes_is_left_alone(path: Path) -> None:
    with PackRunLog.reopen(path):
        assert grade("last", "n1", "-m", "B", "--score", "1", *WHO_AND_WHY) == 1
    assert judged(path).hand_grade is None
