"""`large-enough run`, `runs`, `regrade` and `judge`, started as a user starts them."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.pack_runs import answers_of, small_pack
from tests.helpers.rounds import write_script

from large_enough.packs.writing import pack_json

PACK = small_pack()


def large_enough(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "large_enough", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def run_words(tmp_path: Path) -> list[str]:
    pack = tmp_path / "small.pack.json"
    pack.write_bytes(pack_json(PACK))
    good = write_script(tmp_path, "good", answers=answers_of(PACK))
    bad = write_script(tmp_path, "bad", answers=answers_of(PACK, wrong=["n1", "c3"]))
    return ["run", str(pack), "-m", str(good), "-m", str(bad)]


def document(finished: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(finished.stdout)
    return found


def test_from_a_pack_to_a_table_and_from_a_wrong_key_to_right_grades(
    run_words: list[str], tmp_path: Path
) -> None:
    finished = large_enough(*run_words, "--fast", "-o", str(tmp_path / "x.csv"))
    assert finished.returncode == 0, finished.stderr
    for part in ("✓", "good", "100 %", "67 %", "only A", "n1", "Accuracy"):
        assert part in finished.stdout
    rows = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text("utf-8-sig"))))
    assert len(rows) == 12

    listed = large_enough("runs", "list")
    assert "12 of 12" in listed.stdout
    assert "complete" in listed.stdout

    again = large_enough("regrade", "last", "--set", "n1=999", "--why", "typing error", "--json")
    assert again.returncode == 0, again.stderr
    record = document(again)["record"]
    assert record["regradings"][0]["changed_item_ids"] == ["n1"]
    assert "2 grades changed" in again.stderr

    shown = large_enough("runs", "show", "last", "--item", "n1")
    assert "Question number 1" in shown.stdout
    assert "number/" in shown.stdout
    assert large_enough("runs", "show", "last", "--csv").stdout.count("\n") == 13
    assert large_enough("runs", "show", "last", "--item", "nothing").returncode == 2
    assert large_enough("regrade", "last", "--set", "nothing=1").returncode == 2
    assert large_enough("regrade", "last", "--set", "c3=Oslo").returncode == 2


def test_ctrl_c_pauses_and_says_how_to_go_on(tmp_path: Path) -> None:
    pack = tmp_path / "small.pack.json"
    pack.write_bytes(pack_json(PACK))
    slow = write_script(tmp_path, "slow", answers=answers_of(PACK, token_delay_s=0.3))
    process = subprocess.Popen(
        [sys.executable, "-m", "large_enough", "run", str(pack), "-m", str(slow), "--yes"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    assert "answers" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "large-enough run --resume" in errors
    assert "Accuracy" in output

    resumed = large_enough("run", "--resume", "last", "--json")
    assert resumed.returncode == 0, resumed.stderr
    record = document(resumed)["record"]
    assert record["end"] == "complete"
    assert len(record["cells"]) == 6


def test_a_run_goes_on_only_with_the_settings_it_began_with(run_words: list[str]) -> None:
    assert large_enough(*run_words, "--fast", "--seed", "3", "--yes").returncode == 0
    again = large_enough("run", "--resume", "last", "--seed", "4", "--sample", "2")
    assert again.returncode == 2
    assert "--sample, --seed" in again.stderr
    assert "--fast" not in again.stderr
    assert large_enough("run", "--resume", "last", "--seed", "3", "--fast").returncode == 0


def test_cut_answers_are_told_of_and_asked_again_with_a_higher_limit(
    run_words: list[str], tmp_path: Path
) -> None:
    chatty = answers_of(PACK)
    chatty[0]["text"] = f"well well well {chatty[0]['text']}"
    script = write_script(tmp_path, "chatty", answers=chatty)
    words = [*run_words, "-m", str(script), "--fast", "--yes", "--max-tokens", "3"]
    finished = large_enough(*words)
    assert finished.returncode == 0, finished.stderr
    assert "C 1 of 6." in finished.stdout
    assert "--raise-limits" in finished.stdout
    refused = large_enough("run", "--resume", "last", "--raise-limits", "--max-tokens", "3")
    assert refused.returncode == 2
    assert "--max-tokens" in refused.stderr
    again = large_enough("run", "--resume", "last", "--raise-limits")
    assert again.returncode == 0, again.stderr
    assert "asked again with at most 12 tokens" in again.stdout
    assert "--raise-limits" not in again.stdout
    shown = large_enough("runs", "show", "last", "--item", "n1")
    assert "Before it was asked again" in shown.stdout
    assert "12 of" not in large_enough("runs", "list").stdout
    assert "18 of 18" in large_enough("runs", "list").stdout
    assert large_enough("run", "--resume", "last", "--raise-limits").returncode == 2


def test_an_obstacle_stops_the_run_before_it_begins(run_words: list[str], tmp_path: Path) -> None:
    base = write_script(tmp_path, "base", answers=answers_of(PACK), has_chat_template=False)
    finished = large_enough(*run_words, "-m", str(base))
    assert finished.returncode == 1
    assert "✗" in finished.stdout
    assert "--yes" in finished.stderr
    assert "no run" in large_enough("runs", "list").stdout


def test_a_judge_from_the_command_line(run_words: list[str], tmp_path: Path) -> None:
    assert large_enough(*run_words, "--fast", "--yes").returncode == 0
    cat = write_script(tmp_path, "cat", answers=[{"text": '{"winner":"A"}'}])
    finished = large_enough("judge", "last", "-m", str(cat))
    assert finished.returncode == 0, finished.stderr
    kin = write_script(tmp_path, "good-too", answers=[{"text": '{"winner":"A"}'}])
    assert large_enough("judge", "last", "-m", str(kin)).returncode == 2


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["run"], "PACK"),
        (["run", "pack", "--resume", "last"], "leave the pack out"),
        (["run", "pack", "-m", "x", "--batch", "4"], "--fast"),
        (["run", "pack", "-m", "x", "--threads", "0"], "--threads"),
        (["run", "pack", "-m", "x", "-o", "results.pdf"], "results.pdf"),
        (["report", "last", "--price", "abc"], "“abc” is no number"),
        (["packs", "export", "machinery", "--as", "pdf"], "promptfoo"),
        (["packs", "build", "retail-banking", "--seed", "-3"], "--seed"),
        (["run", "nothing-of-this-name"], "--model"),
        (["run", "--resume", "nothing"], "runs list"),
        (["run", "pack", "-m", "x", "--raise-limits"], "--raise-limits"),
        (["run", "--resume", "last", "-m", "x", "--raise-limits"], "--model"),
        (["runs", "show", "nothing"], "run"),
        (["judge", "nothing", "-m", "x"], "run"),
    ],
)
def test_usage_errors_give_2_and_say_what_is_wrong(words: list[str], part: str) -> None:
    finished = large_enough(*words)
    assert finished.returncode == 2, finished.stderr
    assert part in finished.stderr


@pytest.mark.parametrize(
    "options", [["--sample", "0"], ["--repeats", "0"], ["--margin", "0"], ["--n-ctx", "1"]]
)
def test_settings_that_make_no_sense_are_refused(run_words: list[str], options: list[str]) -> None:
    assert large_enough(*run_words, *options).returncode == 2
