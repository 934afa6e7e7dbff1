"""`large-enough models quantize`, started as a user starts it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.gguf_files import write_gguf
from tests.helpers.rounds import write_script
from tests.helpers.tiny_model import END, write_tiny_model

from large_enough.comparison.workbench import Workbench


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "large_enough", "models", "quantize", *arguments]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "models"
    path.mkdir()
    write_tiny_model(path / "tiny-F32.gguf", ("▁Yes", END))
    return path


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command(*arguments, "--models-dir", str(folder)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_says_what_it_makes_then_makes_it(folder: Path) -> None:
    finished = run(folder, "tiny", "Q8_0", "f16", "F16")
    assert finished.returncode == 0, finished.stderr
    lines = finished.stdout.splitlines()
    assert lines[0].startswith("Quantising Tiny (")
    assert lines[0].endswith(f"into {folder}:")
    assert lines[1].startswith("  tiny.Q8_0.gguf, about ")
    assert "bits a weight" in lines[1]
    assert lines[2].startswith("  tiny.F16.gguf, about ")
    assert lines[3].startswith(f"Q8_0 is here: {folder / 'tiny.Q8_0.gguf'} (")
    assert lines[4].startswith(f"F16 is here: {folder / 'tiny.F16.gguf'} (")
    assert "Q8_0: quantising, 0 %" in finished.stderr
    assert "quality suffers" not in finished.stderr


def test_where_a_copy_comes_from_can_be_asked(folder: Path) -> None:
    assert run(folder, str(folder / "tiny-F32.gguf"), "Q8_0").returncode == 0
    workbench = Workbench.for_user(os.environ, folder)
    found = workbench.parent_of(folder / "tiny.Q8_0.gguf")
    assert found is not None
    assert found.parent.path == str(folder / "tiny-F32.gguf")
    assert workbench.parent_of(folder / "tiny-F32.gguf") is None
    workbench.close()


def test_rounding_twice_is_said(folder: Path) -> None:
    assert run(folder, "tiny", "Q4_0").returncode == 0
    finished = run(folder, "tiny.Q4_0.gguf", "Q8_0")
    assert finished.returncode == 0
    assert "quantised already (Q4_0), so quality suffers twice" in finished.stderr
    assert "takes more room than the original" in finished.stderr
    assert (folder / "tiny.Q4_0.Q8_0.gguf").exists()


def test_what_is_there_is_only_replaced_when_asked(folder: Path) -> None:
    target = folder / "tiny.Q8_0.gguf"
    target.write_bytes(b"precious")
    refused = run(folder, "tiny-F32.gguf", "Q8_0", "Q4_0")
    assert refused.returncode == 1
    assert "is there already. It was left alone." in " ".join(refused.stderr.split())
    assert target.read_bytes() == b"precious"
    assert (folder / "tiny.Q4_0.gguf").exists()
    assert run(folder, "tiny-F32.gguf", "Q8_0", "--force").returncode == 0
    assert target.read_bytes().startswith(b"GGUF")


def test_json_tells_all(folder: Path) -> None:
    (folder / "tiny.Q4_0.gguf").write_bytes(b"")
    finished = run(folder, "tiny-F32.gguf", "Q8_0", "Q4_0", "--json")
    assert finished.returncode == 1
    document = json.loads(finished.stdout)
    assert document["schema_version"] == 1
    assert [made["parentage"]["type_name"] for made in document["made"]] == ["Q8_0"]
    assert document["made"][0]["forecast"]["size_bytes"] > 0
    assert document["failed"][0]["type_name"] == "Q4_0"
    assert document["failed"][0]["error"]["kind"] == "already_there"
    assert document["is_interrupted"] is False


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("tiny", "Q9_X"), "Q9_X: there is no such type.\nChoose BF16, F16, Q8_0"),
        (("tiny", "IQ1_S"), "there is no such type"),
        (("nobody", "Q8_0"), "No model is called “nobody”"),
        (("script.echo.json", "Q8_0"), "a scripted model has no weights to quantise"),
        (("tiny",), "usage"),
    ],
)
def test_what_makes_no_sense(folder: Path, arguments: tuple[str, ...], words: str) -> None:
    write_script(folder, "script")
    finished = run(folder, *arguments)
    assert finished.returncode == 2
    assert words in finished.stderr


def test_a_type_that_it_has_already(folder: Path) -> None:
    assert run(folder, "tiny", "F16").returncode == 0
    finished = run(folder, "tiny.F16.gguf", "F16")
    assert finished.returncode == 2
    assert "F16: the model is of that type already." in finished.stderr


def test_a_file_that_is_no_model(folder: Path) -> None:
    path = write_gguf(folder / "adapter.gguf", {"general.type": "adapter"})
    finished = run(folder, str(path), "Q8_0")
    assert finished.returncode == 1
    assert "it is an adapter for another model" in finished.stderr


@pytest.mark.model
def test_ctrl_c_in_the_middle(folder: Path, smollm2_path: Path) -> None:
    arguments = (str(smollm2_path), "Q4_K_M", "Q8_0", "--models-dir", str(folder))
    with subprocess.Popen(
        command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stderr is not None
        while "quantising, 2" not in (line := program.stderr.readline()):
            assert line, "the program ended"
        program.send_signal(signal.SIGINT)
        _, errors = program.communicate()
    assert program.returncode == 130
    assert errors.endswith("Stopped. Nothing unfinished is left behind.\n")
    assert [path.name for path in folder.iterdir()] == ["tiny-F32.gguf"]


@pytest.mark.model
def test_copies_of_smollm2_answer_in_a_round(tmp_path: Path, smollm2_path: Path) -> None:
    folder = tmp_path / "copies"
    made = run(folder, str(smollm2_path), "Q8_0", "Q4_0", "--json")
    assert made.returncode == 0, made.stderr
    paths = [one["path"] for one in json.loads(made.stdout)["made"]]
    sizes = [one["forecast"]["size_bytes"] for one in json.loads(made.stdout)["made"]]
    assert [Path(path).stat().st_size for path in paths] == sizes
    question = "What is the capital of France? Answer in one sentence."
    models = [part for path in paths for part in ("-m", path)]
    compared = subprocess.run(
        [
            *(sys.executable, "-m", "large_enough", "compare", *models),
            *("-p", question, "--max-tokens", "12", "--threads", "1", "--json"),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert compared.returncode == 0, compared.stderr
    record = json.loads(compared.stdout)["rounds"][0]["record"]
    cards = [contender["card"] for contender in record["plan"]["contenders"]]
    assert [card["quantisation"] for card in cards] == ["Q8_0", "Q4_0"]
    assert all("Paris" in result["answer"]["text"] for result in record["results"])
