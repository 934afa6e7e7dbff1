"""`.make/set_up.sh` chooses a Python among those on the path, or says what is wrong."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.helpers.file_rules import ROOT

GOOD, TOO_OLD, WITHOUT_VENV, BROKEN = 0, 10, 11, 127

FAKE = """#!/bin/sh
# answers as the Python {name} would: to the question whether it suits, its version, or the script
case "$2" in
    *find_spec*) exit {result} ;;
    *platform*) echo 3.9.6 ;;
    *version_info*) echo 3.12 ;;
    *) echo "{name} runs $*" ;;
esac
"""


def find(folder: Path, pythons: dict[str, int], **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the script where only these Pythons are on the path."""
    for name in ("dirname", "sh"):
        (folder / name).symlink_to(str(shutil.which(name)))
    for name, result in pythons.items():
        (folder / name).write_text(FAKE.format(name=name, result=result))
        (folder / name).chmod(0o755)
    return subprocess.run(
        [str(folder / "sh"), str(ROOT / ".make" / "set_up.sh"), "--group", "test"],
        env={"PATH": str(folder), **environ},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("pythons", "chosen"),
    [
        ({"python3": GOOD}, "python3"),
        ({"python": GOOD}, "python"),
        ({"python3.11": GOOD, "python3.13": GOOD, "python3": GOOD}, "python3.13"),
        ({"python3.13": BROKEN, "python3.12": GOOD}, "python3.12"),
        ({"python3.13": WITHOUT_VENV, "python3": GOOD}, "python3"),
        ({"python3.12": TOO_OLD, "python3": GOOD}, "python3"),
    ],
)
def test_a_python_is_chosen(tmp_path: Path, pythons: dict[str, int], chosen: str):
    found = find(tmp_path, pythons)
    script = os.path.join(ROOT, ".make", "set_up.py")  # noqa: PTH118 - as the shell joins it
    assert found.stdout == f"{chosen} runs -u {script} --group test\n"
    assert found.returncode == 0


def test_the_users_python_is_taken(tmp_path: Path):
    found = find(tmp_path, {"python3.13": GOOD, "python3.11": GOOD}, PYTHON="python3.11")
    assert found.stdout.startswith("python3.11 runs")


@pytest.mark.parametrize(
    ("pythons", "environ", "words"),
    [
        ({}, {}, "none was found"),
        ({"python3": TOO_OLD}, {}, "only Python 3.9.6 was found"),
        ({"python3": WITHOUT_VENV}, {}, "sudo apt-get install -y python3.12-venv"),
        ({"python3": GOOD}, {"PYTHON": "python3.14"}, "PYTHON=python3.14 is not"),
        ({"python3": TOO_OLD}, {"PYTHON": "python3"}, "PYTHON=python3 is not"),
    ],
)
def test_why_none_is_chosen(
    tmp_path: Path, pythons: dict[str, int], environ: dict[str, str], words: str
):
    found = find(tmp_path, pythons, **environ)
    assert words in found.stderr
    assert found.stdout == ""
    assert found.returncode == 1
