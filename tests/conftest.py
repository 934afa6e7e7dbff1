"""What holds for all tests: no display, no network, a home of their own, nothing left behind."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded
os.environ["LANGUAGE"] = "en"  # whatever the system speaks; also for child processes

from tests.helpers.leftovers import (
    child_processes,
    leftover_processes,
    leftover_threads,
    running_threads,
)
from tests.helpers.logfail import WarningWatch
from tests.helpers.no_network import forbid_network

from large_enough.resources.locate import checkout_root
from large_enough.resources.paths import (
    APPS_VARIABLE,
    HOME_VARIABLE,
    MODELS_VARIABLE,
    user_folders,
)

TESTS = Path(__file__).resolve().parent
MARKED_FOLDERS = ("ui", "e2e", "packaging")

SMOLLM2_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
SMOLLM2_BYTES = 98_362_432
"""As models/catalog.toml has it: a file that is still being fetched is not used."""

forbid_network()


@pytest.hookimpl(tryfirst=True)  # so that -m sees the markers
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of a folder with its name."""
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0]
        if folder in MARKED_FOLDERS:
            item.add_marker(folder)


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home for settings, results and logs that belongs to one test.

    Models that other programs keep on this machine are not looked for.
    """
    home = tmp_path / "home"
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    monkeypatch.setenv(APPS_VARIABLE, "none")
    return home


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fail if threads or child processes of a test go on after it."""
    threads, processes = running_threads(), child_processes()
    yield
    left = leftover_processes(processes) + leftover_threads(threads)
    if left:
        pytest.fail(f"left running: {left}")


@pytest.fixture(autouse=True)
def expected_warnings() -> Iterator[WarningWatch]:
    """Fail on warnings in the log, but for those a test has allowed with `.allow(pattern)`."""
    watch = WarningWatch()
    logging.getLogger().addHandler(watch)
    yield watch
    logging.getLogger().removeHandler(watch)
    if watch.unexpected():
        pytest.fail("unexpected in the log:\n" + "\n".join(watch.unexpected()))


def _model_folders() -> list[Path]:
    named = os.environ.get(MODELS_VARIABLE)
    checkout = checkout_root()
    folders = [Path(named)] if named else []
    if checkout:
        folders.append(checkout / "models")
    return [*folders, user_folders(os.environ).data / "models"]


_MODEL_FOLDERS = _model_folders()  # before any test moves the home


@pytest.fixture(scope="session")
def smollm2_path() -> Path:
    """The real SmolLM2 starter model, fetched once by hand or by `make test`."""
    for folder in _MODEL_FOLDERS:
        path = folder / SMOLLM2_FILE
        if path.is_file() and path.stat().st_size == SMOLLM2_BYTES:
            return path
    pytest.fail("SmolLM2 is not here; fetch it: large-enough models get smollm2-135m-instruct")
