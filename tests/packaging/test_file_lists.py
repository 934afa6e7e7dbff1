"""What the distributions hold: neither a file too few nor one too many."""

import re
import tarfile
import zipfile

import pytest
from tests.packaging.conftest import Built

from large_enough import __version__

ALLOWED_IN_THE_WHEEL = tuple(
    re.compile(pattern)
    for pattern in (
        r"large_enough/(\w+/)*\w+\.py",
        r"large_enough/py\.typed",
        r"large_enough/_data/models/catalog\.toml",
        r"large_enough/_data/assets/fonts/[\w.-]+\.(otf|ttf|txt|md)",
        r"large_enough/_data/assets/icons/[\w.-]+\.(svg|md)",
        r"large_enough/_data/assets/prompts/[\w.-]+\.toml",
        r"large_enough/_data/assets/packs/[\w.-]+\.(pack\.json|schema\.json|md)",
        r"large_enough/_data/assets/replay/[\w.-]+\.(jsonl|md)",
        r"large_enough/_data/assets/report/[\w.-]+\.html\.j2",
        r"large_enough/_data/assets/locale/[\w/.-]+\.(mo|po)",
        r"large_enough-[\w.]+\.dist-info/(METADATA|WHEEL|RECORD|entry_points\.txt)",
        r"large_enough-[\w.]+\.dist-info/licenses/LICENSE",
    )
)
"""A new kind of file in the wheel is a decision: it is made by adding its pattern here."""

NOT_IN_THE_WHEEL = ("assets/screenshots/", "assets/examples/")


@pytest.fixture
def wheel_names(built: Built) -> set[str]:
    with zipfile.ZipFile(built.wheel) as archive:
        return set(archive.namelist())


@pytest.fixture
def sdist_names(built: Built) -> set[str]:
    with tarfile.open(built.sdist) as archive:
        return {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}


def place_in_wheel(source: str) -> str | None:
    """Where a tracked file belongs in the wheel; None if it does not."""
    if source.startswith("desktop/large_enough/"):
        return source.removeprefix("desktop/")
    if source == "models/catalog.toml":
        return f"large_enough/_data/{source}"
    if source.startswith("assets/") and not source.startswith(NOT_IN_THE_WHEEL):
        return f"large_enough/_data/{source}"
    return None


def test_the_wheel_holds_only_known_kinds_of_files(wheel_names: set[str]):
    unknown = {
        name
        for name in wheel_names
        if not any(pattern.fullmatch(name) for pattern in ALLOWED_IN_THE_WHEEL)
    }
    assert unknown == set()


def test_the_wheel_holds_every_file_of_the_program(built: Built, wheel_names: set[str]):
    expected = {place for source in built.sources if (place := place_in_wheel(source))}
    present = {name for name in wheel_names if ".dist-info/" not in name}
    assert present == expected


def test_the_sdist_holds_every_tracked_file(built: Built, sdist_names: set[str]):
    assert sdist_names >= set(built.sources)


def test_no_weights_in_either(wheel_names: set[str], sdist_names: set[str]):
    assert not {name for name in wheel_names | sdist_names if ".gguf" in name}


def test_the_metadata(built: Built):
    with zipfile.ZipFile(built.wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("/METADATA")]
        metadata = archive.read(name).decode()
        (name,) = [name for name in archive.namelist() if name.endswith("/entry_points.txt")]
        entry_points = archive.read(name).decode()
    assert f"\nVersion: {__version__}\n" in metadata
    assert "\nLicense-Expression: Apache-2.0\n" in metadata
    assert "\nRequires-Dist: llama-cpp-python==" in metadata
    assert "pytest" not in metadata.partition("\n\n")[0]
    assert "[console_scripts]\nlarge-enough = large_enough.__main__:main\n" in entry_points
    assert "[gui_scripts]\nlarge-enough-window = large_enough.__main__:main\n" in entry_points
