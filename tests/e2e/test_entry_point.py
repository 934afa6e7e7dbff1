"""The program as it is started: which face it shows, and what it says when it cannot."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from large_enough import __version__
from large_enough.resources.locate import checkout_root

FACES = """
import sys, types
def face(name, function):
    module = types.ModuleType(name)
    def run(*arguments):
        print(name, *(argument for argument in arguments if isinstance(argument, list)))
        return 7
    setattr(module, function, run)
    sys.modules[name] = module
face("large_enough.ui.app", "run")
face("large_enough.cli.main", "main")
face("large_enough.worker.__main__", "main")
face("large_enough.worker.quantise", "main")
from large_enough.__main__ import main
sys.exit(main())
"""
"""Runs the entry point with faces that only tell that they were chosen."""

DISPLAY_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def run(*arguments: str, environ: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run Python on a machine without a display, but for what `environ` says."""
    inherited = {name: value for name, value in os.environ.items() if name not in DISPLAY_VARIABLES}
    return subprocess.run(
        [sys.executable, *arguments],
        env={**inherited, **(environ or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("arguments", "environ", "chosen"),
    [
        (["--worker", "--backend", "echo"], {}, "large_enough.worker.__main__"),
        (["--quantise"], {}, "large_enough.worker.quantise"),
        (["compare", "-p", "x"], {}, "large_enough.cli.main ['compare', '-p', 'x']"),
        (["--version"], {}, "large_enough.cli.main ['--version']"),
        ([], {"QT_QPA_PLATFORM": "offscreen"}, "large_enough.ui.app []"),
        (["window"], {"QT_QPA_PLATFORM": "offscreen"}, "large_enough.ui.app []"),
        (
            ["window", "-m", "a"],
            {"QT_QPA_PLATFORM": "offscreen"},
            "large_enough.ui.app ['-m', 'a']",
        ),
    ],
)
def test_the_face_is_chosen(arguments: list[str], environ: dict[str, str], chosen: str):
    ended = run("-c", FACES, *arguments, environ=environ)
    assert ended.stdout.startswith(chosen), ended.stderr
    assert ended.returncode == 7


@pytest.mark.parametrize(
    ("environ", "reason"),
    [
        ({}, "There is no display here"),
        ({"DISPLAY": ":4242"}, "The display :4242 does not answer."),
        ({"QT_QPA_PLATFORM": "unheard-of"}, "cannot be loaded"),
    ],
)
@pytest.mark.parametrize("program", ["module", "command", "folder"])
def test_without_a_display(environ: dict[str, str], reason: str, program: str, tmp_path: Path):
    """It says why there is no window, then goes on in the terminal: here without any models."""
    root = checkout_root()
    assert root is not None
    how = {
        "module": ["-m", "large_enough"],
        "command": ["-c", "from large_enough.__main__ import main; import sys; sys.exit(main())"],
        "folder": [str(root / "desktop")],
    }
    ended = run(*how[program], environ={**environ, "LARGE_ENOUGH_MODELS": str(tmp_path)})
    assert reason in ended.stdout
    assert "terminal" in ended.stdout
    assert "Traceback" not in ended.stderr
    assert ended.returncode == 1, ended.stdout + ended.stderr


def test_the_version():
    assert run("-m", "large_enough", "--version").stdout.strip().endswith(__version__)


def test_a_program_without_streams_writes_a_log(home_folder: Path):
    """As under pythonw on Windows, where a window's program has neither."""
    code = (
        "import sys; sys.stdout = sys.stderr = None\n"
        "from large_enough.__main__ import main; sys.exit(main(['--version']))"
    )
    ended = run("-c", code)
    assert ended.returncode == 0
    assert ended.stdout + ended.stderr == ""
    assert __version__ in (home_folder / "logs" / "output.log").read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_stops_nothing(home_folder: Path):
    home_folder.write_text("a file where the folder should be")
    code = (
        "import sys; sys.stdout = sys.stderr = None\n"
        "from large_enough.__main__ import main; sys.exit(main(['--version']))"
    )
    assert run("-c", code).returncode == 0


def test_a_terminal_that_lacks_a_character_gets_a_replacement():
    code = "from large_enough.__main__ import main; main(['--version']); print('größer — ok')"
    ended = run("-c", code, environ={"PYTHONIOENCODING": "ascii"})
    assert ended.stdout.splitlines()[-1] == "gr??er ? ok"
    assert ended.returncode == 0
