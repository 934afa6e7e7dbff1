"""`large-enough models fit` and `models pairs`: the real program with tiny models."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.helpers.gguf_files import TINY_METADATA, write_gguf
from tests.helpers.tiny_model import write_tiny_model
from tests.unit.comparison.test_speed_bounds import BANDWIDTH

from large_enough.measure.bandwidth_file import save_bandwidth
from large_enough.measure.machine import machine_name

GIGABYTE = 1_000_000_000


@pytest.fixture
def folder(tmp_path: Path, home_folder: Path) -> Path:
    """A folder of models, on a machine whose memory was measured before."""
    here = msgspec.structs.replace(BANDWIDTH, machine=machine_name())
    save_bandwidth(home_folder / "cache", here)
    models = tmp_path / "models"
    models.mkdir()
    write_tiny_model(models / "tiny.gguf", context_tokens=1024)
    return models


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "large_enough", "models", *arguments, "--models-dir", str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=dict(os.environ),
    )


def document(folder: Path, *arguments: str) -> dict[str, Any]:
    finished = run(folder, *arguments, "--json")
    assert finished.stderr == ""
    found: dict[str, Any] = json.loads(finished.stdout)
    return found


def test_a_table_then_sentences(folder: Path) -> None:
    finished = run(folder, "fit")
    assert finished.returncode == 0, finished.stderr
    heading, row, *_sentences = finished.stdout.splitlines()
    assert heading.split() == [
        *("model", "needs", "verdict"),
        *("largest", "context", "tokens", "per", "second"),
    ]
    assert "fits" in row
    assert "1,024" in row
    assert "With a context of 1,024 tokens it needs" in finished.stdout
    assert "without loading the weights" in finished.stdout
    assert "Expected: " in finished.stdout


def test_json_has_the_records_and_what_follows_of_them(folder: Path) -> None:
    (found,) = document(folder, "fit", "tiny", "--n-ctx", "512")["models"]
    assert found["verdict"] == "fits"
    assert found["need"]["method"] == "dry_run"
    assert found["need"]["context_tokens"] == 512
    assert found["needed_bytes"] < found["usable_bytes"]
    assert found["speed"]["basis"] == "bandwidth"


def test_settings_that_the_engine_refuses_are_told(folder: Path) -> None:
    finished = run(folder, "fit", "--cache-type", "q8_0")  # its heads are too narrow for that
    assert finished.returncode == 1
    assert "cannot be loaded" in finished.stdout


def test_what_cannot_be_loaded_is_told_beside_the_others(folder: Path) -> None:
    write_gguf(folder / "odd.gguf", {**TINY_METADATA, "general.name": "Odd"}, architecture="odd")
    finished = run(folder, "fit", "--together")
    assert finished.returncode == 1
    assert "cannot be loaded" in finished.stdout
    assert "fits" in finished.stdout


@pytest.mark.parametrize(
    "arguments", [("none-such",), ("--n-ctx", "5"), ("--n-ctx", "x"), ("--cache-type", "f8")]
)
def test_arguments_that_make_no_sense(folder: Path, arguments: tuple[str, ...]) -> None:
    finished = run(folder, "fit", *arguments)
    assert finished.returncode in {1, 2}
    assert finished.stderr
    assert "Traceback" not in finished.stderr


def test_an_empty_folder_says_how_to_get_models(tmp_path: Path) -> None:
    finished = run(tmp_path / "empty", "fit")
    assert finished.returncode == 2
    assert finished.stderr


def test_pairs_name_what_must_be_fetched(folder: Path) -> None:
    finished = run(folder, "pairs")
    assert finished.returncode == 0, finished.stderr
    assert "Same family, 2.8 times the size." in finished.stdout
    assert "not here: large-enough models get qwen2.5-coder-1.5b-instruct" in finished.stdout


def test_pairs_as_json(folder: Path) -> None:
    found = document(folder, "pairs")
    assert {pair["kind"] for pair in found["pairs"]} == {"same_family"}
    assert all(pair["times"] >= 1.5 for pair in found["pairs"])
    assert {ladder["kind"] for ladder in found["ladders"]} == {"sizes"}


@pytest.mark.model
def test_the_real_model(smollm2_path: Path, folder: Path) -> None:
    (found,) = document(folder, "fit", str(smollm2_path), "--n-ctx", "32768")["models"]
    assert found["need"]["context_tokens"] == 8192
    assert found["largest_context_tokens"] == 8192
    assert 0.3 * GIGABYTE < found["needed_bytes"] < 0.4 * GIGABYTE
