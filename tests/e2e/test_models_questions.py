"""Questions of `large-enough models`, answered at a terminal."""

import contextlib
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.e2e.test_models_care import fetched
from tests.helpers.hub_server import Hub, running_hub

REPOSITORY = "someone/tiny"
FILES = {"x-Q4_0.gguf": b"GGUF" * 100, "x-Q8_0.gguf": b"GGUF" * 200}


@contextlib.contextmanager
def asked(
    folder: Path, *arguments: str, **environ: str
) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """Run the program with a terminal as its input; yields the end of it that is typed into."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "large_enough", "models", *arguments],
        stdin=slave,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "LARGE_ENOUGH_MODELS": str(folder), **environ},
    )
    os.close(slave)
    try:
        yield process, master
    finally:
        process.kill()
        process.communicate()
        os.close(master)


def answered(text: str, folder: Path, *arguments: str, **environ: str) -> tuple[int, str, str]:
    with asked(folder, *arguments, **environ) as (process, terminal):
        os.write(terminal, text.encode())
        output, errors = process.communicate(timeout=60)
        return process.returncode, output, errors


@pytest.fixture
def hub() -> Iterator[Hub]:
    with running_hub(b"") as hub:
        hub.publish(REPOSITORY, FILES)
        yield hub


@pytest.mark.parametrize(("answer", "is_kept"), [("y\n", False), ("n\n", True), ("\n", True)])
def test_removing_takes_a_yes(tmp_path: Path, answer: str, is_kept: bool) -> None:
    path = fetched(tmp_path)
    code, _output, errors = answered(answer, tmp_path, "remove", "tiny")
    assert "Remove this? It frees 42 kB. [y/N]" in errors
    assert path.exists() == is_kept
    assert code == (1 if is_kept else 0)


def test_a_number_chooses_a_file(tmp_path: Path, hub: Hub) -> None:
    code, output, errors = answered("2\n", tmp_path, "get", REPOSITORY, HF_ENDPOINT=hub.address)
    assert code == 0, errors
    assert "x-Q4_0.gguf, 400 bytes" in errors
    assert "x-Q8_0.gguf is here" in output


@pytest.mark.parametrize("answer", ["\n", "3\n", "0\n", "two\n", "-1\n", "\x04"])
def test_anything_else_chooses_none(tmp_path: Path, hub: Hub, answer: str) -> None:
    code, _output, _errors = answered(answer, tmp_path, "get", REPOSITORY, HF_ENDPOINT=hub.address)
    assert code == 1
    assert list(tmp_path.rglob("*.gguf")) == []


def test_ctrl_c_is_an_answer(tmp_path: Path, hub: Hub) -> None:
    with asked(tmp_path, "get", REPOSITORY, HF_ENDPOINT=hub.address) as (process, _):
        assert process.stderr is not None
        for line in process.stderr:
            if "x-Q8_0.gguf" in line:
                break
        process.stderr.read(len("Number"))  # the question is being asked
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        assert process.returncode == 130
