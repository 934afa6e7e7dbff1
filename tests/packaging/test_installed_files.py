"""The program finds its files in a wheel that was unpacked somewhere."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.packaging.conftest import Built

READ_EVERYTHING = """
import json, pathlib, sys
sys.path.insert(0, sys.argv[1])
from large_enough.resources import locate
names = json.load(sys.stdin)
sizes = {name: len(locate.asset_path(*name.split("/")).read_bytes()) for name in names}
sizes["models/catalog.toml"] = len(locate.catalogue_path().read_bytes())
print(json.dumps([str(locate.checkout_root()), sizes]))
"""


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(built.wheel) as archive:
        archive.extractall(folder)
    return folder


def test_every_asset_opens(built: Built, installed: Path):
    data = installed / "large_enough" / "_data"
    files = sorted(file for file in (data / "assets").rglob("*") if file.is_file())
    names = [file.relative_to(data / "assets").as_posix() for file in files]
    assert names
    # -S: no site-packages, so that this checkout's own package is not found
    ended = subprocess.run(
        [sys.executable, "-I", "-S", "-c", READ_EVERYTHING, str(installed)],
        input=json.dumps(names),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    checkout_root, sizes = json.loads(ended.stdout)
    assert checkout_root == "None"
    expected = {name: file.stat().st_size for name, file in zip(names, files, strict=True)}
    expected["models/catalog.toml"] = (data / "models" / "catalog.toml").stat().st_size
    assert sizes == expected


def test_the_unpacked_program_runs(installed: Path, tmp_path: Path):
    """With its dependencies from this environment, and itself from the wheel."""
    code = (
        f"import sys; sys.path.insert(0, {str(installed)!r})\n"
        "import large_enough; from large_enough.__main__ import main\n"
        "print(large_enough.__file__); sys.exit(main(['models', 'list']))"
    )
    environment = {**os.environ, "LARGE_ENOUGH_MODELS": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-P", "-c", code],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert ended.stdout.startswith(str(installed))
    assert ended.returncode == 0, ended.stderr
