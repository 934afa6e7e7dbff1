"""Rules of the house that no linter knows."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.file_rules import ROOT, faults_of, tracked_files

TRACKED = tuple(file for file in tracked_files() if file.is_file())
MODULES = tuple(file for file in TRACKED if file.suffix == ".py")
MOST_LINES = 500

# Written in pieces, so that this file does not break its own rules.
MACHINE_PATHS = (
    "/" + "work/",
    "/" + "root/",
    "/tmp/" + "models",
    "/tmp/" + "dev",
    "/home/" + "user",
)
REGISTRIES = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry." + "npmjs",
    "deb." + "debian.org",
    "anaconda" + ".org",
)
UNFINISHED = re.compile(r"\b(" + "TO" + "DO|FIX" + "ME|XX" + r"X)\b")
DODGED_TEST = re.compile(
    r"pytest\.(" + r"skip|importor" + r"skip|mark\.skip|mark\.x" + r"fail|x" + r"fail)\b"
)
WAITING = re.compile(r"\btime\.sl" + r"eep\(")


def names_of(files: list[Path]) -> list[str]:
    return [file.relative_to(ROOT).as_posix() for file in files]


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="ignore")


def test_there_is_something_to_check():
    assert len(MODULES) > 50


def test_modules_are_short():
    assert (
        names_of([file for file in MODULES if len(text_of(file).splitlines()) > MOST_LINES]) == []
    )


def test_no_weights_no_large_files_no_open_ends():
    assert list(faults_of(TRACKED)) == []


@pytest.mark.parametrize("part", MACHINE_PATHS + REGISTRIES)
def test_no_file_names_a_machine_or_a_registry(part: str):
    assert names_of([file for file in TRACKED if part in text_of(file)]) == []


def test_nothing_is_left_for_later():
    assert names_of([file for file in MODULES if UNFINISHED.search(text_of(file))]) == []


def test_tests_neither_dodge_nor_wait():
    tests = [file for file in MODULES if ROOT / "tests" in file.parents]
    assert names_of([file for file in tests if DODGED_TEST.search(text_of(file))]) == []
    assert names_of([file for file in tests if WAITING.search(text_of(file))]) == []


def test_every_package_folder_says_what_it_is():
    package = ROOT / "desktop" / "large_enough"
    folders = {file.parent for file in MODULES if package in file.parents}
    silent = [folder for folder in folders if not text_of(folder / "__init__.py").startswith('"""')]
    assert names_of(silent) == []


# What a process must not have loaded, by the module that it starts with.
FORBIDDEN = {
    "large_enough": {"msgspec", "PySide6", "llama_cpp", "argparse"},
    "large_enough.__main__": {
        *("PySide6", "llama_cpp", "msgspec", "rich", "numpy", "jinja2", "psutil", "asyncio"),
        *("argparse", "subprocess", "platformdirs", "huggingface_hub"),
    },
    "large_enough.worker.__main__": {"PySide6", "shiboken6", "rich", "huggingface_hub"},
    "large_enough.worker.quantise": {
        "PySide6",
        "shiboken6",
        "rich",
        "huggingface_hub",
        "llama_cpp",
    },
    "large_enough.cli.main": {"PySide6", "shiboken6", "llama_cpp", "numpy", "huggingface_hub"},
    "large_enough.comparison.workbench": {"PySide6", "llama_cpp", "numpy", "huggingface_hub"},
    "large_enough.ui.app": {
        *("llama_cpp", "numpy", "rich", "jinja2", "huggingface_hub", "sqlite3", "asyncio"),
    },
}


@pytest.mark.parametrize("module", FORBIDDEN)
def test_what_a_module_loads(module: str):
    code = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    assert module in loaded
    assert FORBIDDEN[module] & set(loaded) == set()
