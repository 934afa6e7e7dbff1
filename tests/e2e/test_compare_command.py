"""The real program, started as a user starts it, with scripted contenders."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest
from tests.helpers.rounds import write_script

ENDLESS = [{"text": "on and on ", "token_delay_s": 0.02, "end": "length"}]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "large_enough", "compare", *arguments]


def run(*arguments: str, **options: Any) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command(*arguments), capture_output=True, text=True, timeout=60, check=False, **options
    )


def has_worker(family: psutil.Process) -> bool:
    """Return whether a worker runs; other children (git, say) come and go meanwhile."""
    for child in family.children():
        with contextlib.suppress(psutil.NoSuchProcess):
            if any("large_enough.worker" in part for part in child.cmdline()):
                return True
    return False


@pytest.fixture
def pair(tmp_path: Path) -> list[str]:
    scripts = [write_script(tmp_path, name) for name in ("ant", "dinosaur")]
    return ["-m", str(scripts[0]), "-m", str(scripts[1])]


def test_two_answers_one_table_one_sentence(pair: list[str]) -> None:
    finished = run(*pair, "-p", "Who are you?")
    assert finished.returncode == 0, finished.stderr
    for part in ("Who are you?", "I am ant.", "I am dinosaur.", "tok/s", "scripted"):
        assert part in finished.stdout
    assert finished.stderr == ""


def test_json_carries_every_round_with_all_figures(pair: list[str]) -> None:
    finished = run(*pair, "-p", "One?", "-p", "Two?", "--json")
    assert finished.returncode == 0, finished.stderr
    document = json.loads(finished.stdout)
    assert [one["record"]["plan"]["prompt"] for one in document["rounds"]] == ["One?", "Two?"]
    assert len({one["record"]["plan"]["session_id"] for one in document["rounds"]}) == 1
    for one in document["rounds"]:
        assert [result["letter"] for result in one["record"]["results"]] == ["A", "B"]
        assert one["record"]["machine"]["memory_bytes"] > 0
        assert len(one["record"]["plan"]["contenders"][0]["card"]["sha256"]) == 64


def test_a_round_leaves_a_log(pair: list[str]) -> None:
    assert run(*pair, "-p", "Who?").returncode == 0
    logs = list(Path(os.environ["LARGE_ENOUGH_HOME"]).rglob("rounds/*.jsonl"))
    assert len(logs) == 1
    lines = [json.loads(line)["line"] for line in logs[0].read_text(encoding="utf-8").splitlines()]
    assert lines[0] == "round"
    assert sorted(lines[1:-1]) == ["answer", "answer", "energy", "energy"]
    assert lines[-1] == "end"


def test_a_round_that_cannot_be_recorded_is_said(pair: list[str]) -> None:
    home = Path(os.environ["LARGE_ENOUGH_HOME"])
    (home / "data").mkdir(parents=True, exist_ok=True)
    (home / "data" / "rounds").write_text("a file where the folder should be", encoding="utf-8")
    finished = run(*pair, "-p", "Who?")
    assert finished.returncode == 0
    assert "I am ant." in finished.stdout
    assert "rounds" in finished.stderr


def test_a_thorough_measurement_that_cannot_be_recorded_is_said(pair: list[str]) -> None:
    home = Path(os.environ["LARGE_ENOUGH_HOME"])
    home.mkdir()
    (home / "data").write_text("a file where the folder should be", encoding="utf-8")
    finished = run(
        *pair, "-p", "Who are you?", "-p", "And you?", "--protocol", "--protocol-minutes", "0"
    )
    assert finished.returncode == 0
    assert "could not be recorded" in finished.stderr
    for question in ("Who are you?", "And you?"):
        assert question in finished.stdout


def test_a_failing_contender_gives_1_and_the_other_still_answers(tmp_path: Path) -> None:
    bad = write_script(tmp_path, "bad", answers=[{"text": "Well", "end": "killed"}])
    good = write_script(tmp_path, "good")
    finished = run("-m", str(bad), "-m", str(good), "-p", "Who?")
    assert finished.returncode == 1
    assert "I am good." in finished.stdout
    assert "memory" in finished.stdout  # the likely cause of a kill, in words


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["-p", "Why?", "-m", "nonsense", "-m", "rubbish"], "nonsense"),
        (["-p", "Why?", "-m", "only-one"], "--model"),
        (["--max-tokens", "many"], "--max-tokens"),
        (["--no-such-option"], "--no-such-option"),
        (["--prompts", "no-such-file.txt"], "no-such-file.txt"),
    ],
)
def test_usage_errors_give_2_and_say_what_is_wrong(
    arguments: list[str], word: str, tmp_path: Path
) -> None:
    finished = run(*arguments, "--models-dir", str(tmp_path))
    assert finished.returncode == 2, finished.stderr
    assert word in finished.stderr
    assert "Traceback" not in finished.stderr


def test_without_models_it_says_how_to_get_some(tmp_path: Path) -> None:
    finished = run("-p", "Why?", "--models-dir", str(tmp_path))
    assert finished.returncode == 1
    assert "models get" in finished.stderr


def test_ctrl_c_ends_cleanly_and_keeps_what_was_said(tmp_path: Path) -> None:
    script = str(write_script(tmp_path, "endless", answers=ENDLESS))
    rounds = Path(os.environ["LARGE_ENOUGH_HOME"])
    with subprocess.Popen(
        command("-m", script, "-m", script, "-p", "Go on!", "--max-tokens", "1000000"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        family = psutil.Process(program.pid)
        while not has_worker(family):
            assert program.poll() is None
        workers = family.children(recursive=True)
        while not list(rounds.rglob("rounds/*.jsonl")):
            assert program.poll() is None
        program.send_signal(signal.SIGINT)
        _, errors = program.communicate(timeout=30)
    assert program.returncode == 130, errors
    assert "Traceback" not in errors
    _, alive = psutil.wait_procs(workers, timeout=10)
    assert not alive


def test_ctrl_c_ends_a_thorough_measurement_and_keeps_its_record(pair: list[str]) -> None:
    home = Path(os.environ["LARGE_ENOUGH_HOME"])
    with subprocess.Popen(
        command(*pair, "-p", "Go on!", "--protocol", "--json"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        while not list(home.rglob("rounds/*.jsonl")):  # the warm-up
            assert program.poll() is None
        program.send_signal(signal.SIGINT)
        output, errors = program.communicate(timeout=30)
    assert program.returncode == 130, errors
    document = json.loads(output)
    assert document["rounds"] == []
    assert document["thorough"]["end"] == "stopped"
    (file,) = home.rglob("measurements/*.json")
    assert json.loads(file.read_text(encoding="utf-8"))["end"] == "stopped"


def test_a_killed_program_leaves_no_worker(tmp_path: Path) -> None:
    script = str(write_script(tmp_path, "endless", answers=ENDLESS))
    with subprocess.Popen(
        command("-m", script, "-m", script, "-p", "Go on!", "--max-tokens", "1000000"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as program:
        family = psutil.Process(program.pid)
        while not (workers := family.children(recursive=True)):
            assert program.poll() is None
        program.kill()
        program.wait(10)
    _, alive = psutil.wait_procs(workers, timeout=10)
    assert not alive
