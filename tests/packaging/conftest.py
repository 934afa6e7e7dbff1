"""Builds the sdist, and the wheel from the sdist, once for all tests of this folder."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.helpers.file_rules import ROOT, tracked_files

DECOYS = (
    "models/decoy.gguf",
    "models/decoy.gguf.part",
    "assets/decoy.gguf",
    "desktop/large_enough/decoy.gguf",
    "assets/screenshots/decoy.png",
    "assets/examples/decoy.html",
)
"""Files that must not get into a wheel; weights not into the sdist either."""


@dataclass(frozen=True)
class Built:
    """What was built, and from what."""

    sources: tuple[str, ...]
    """Tracked files, relative to the root."""
    sdist: Path
    wheel: Path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The two distributions of a copy of the checkout, in which decoys lie about."""
    checkout = tmp_path_factory.mktemp("checkout")
    sources = tuple(file.relative_to(ROOT).as_posix() for file in tracked_files())
    for name in sources:
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, checkout / name)
    for name in DECOYS:
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_bytes(b"GGUF")
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out)]
    ended = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    (sdist,) = out.glob("*.tar.gz")
    (wheel,) = out.glob("*.whl")
    return Built(sources=sources, sdist=sdist, wheel=wheel)
