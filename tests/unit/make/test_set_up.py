import importlib.util
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.file_rules import ROOT

_SPEC = importlib.util.spec_from_file_location("set_up", ROOT / ".make" / "set_up.py")
set_up = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(set_up)

PROJECT = tomllib.loads((set_up.ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def changed(*path: str) -> Mapping[str, Any]:
    """Return the project with something added at the path of tables."""
    project = tomllib.loads((set_up.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    table = project
    for name in path:
        table = table[name]
    if isinstance(table, list):
        table.append("another")
    else:
        table["another"] = 1
    return project


@pytest.mark.parametrize("path", [("project",), ("project", "dependencies"), ("build-system",)])
def test_what_is_installed_changes_the_mark(path: tuple[str, ...]):
    assert set_up.fingerprint(changed(*path), "") != set_up.fingerprint(PROJECT, "")


@pytest.mark.parametrize("path", [("tool", "ruff"), ("tool", "mypy"), ("dependency-groups",)])
def test_settings_of_tools_do_not(path: tuple[str, ...]):
    assert set_up.fingerprint(changed(*path), "") == set_up.fingerprint(PROJECT, "")


def test_groups_have_marks_of_their_own():
    project = changed("dependency-groups", "test")
    assert set_up.fingerprint(project, "test") != set_up.fingerprint(PROJECT, "test")
    assert set_up.fingerprint(project, "lint") == set_up.fingerprint(PROJECT, "lint")


def test_the_bindings_are_named_with_their_version():
    (requirement,) = (
        name for name in PROJECT["project"]["dependencies"] if name.startswith(set_up.BINDINGS)
    )
    assert requirement.count("==") == 1


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ("fine\nERROR: No matching distribution found for x\nmore\n", "No matching distribution"),
        ("  /a.cpp:3:1: error: expected ';'\nmake: *** [x] Error 1\n", "expected ';'"),
        ("OSError: Readme file does not exist\nerror: subprocess-exited-with-error", "Readme"),
        ("OSError: [Errno 28] No space left on device\n", "The disk is full"),
        ("c++: fatal error: Killed signal terminated program cc1plus", "PARALLEL_LEVEL=1"),
        ("NewConnectionError: Temporary failure in name resolution", "HTTPS_PROXY"),
        ("an end without any known cause", "an end without any known cause"),
        ("", "Log: "),
    ],
)
def test_causes_in_the_log(log: str, expected: str):
    text = set_up.explain(log)
    assert expected in text
    assert text.endswith(str(set_up.LOG))


def test_a_long_log_gives_few_lines():
    log = "".join(f"a.cpp:{number}: error: bad\n" for number in range(1000))
    assert len(set_up.explain(log).splitlines()) < 12


def test_pips_own_summary_is_no_cause():
    log = "ValueError: x\nerror: metadata-generation-failed\n"
    assert "metadata-generation-failed" not in set_up.explain(log)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.4, "0 s"), (59, "59 s"), (60, "1 min 0 s"), (270.2, "4 min 30 s")]
)
def test_durations(seconds: float, text: str):
    assert set_up.duration(seconds) == text


def test_a_compiler_that_is_not_there(tmp_path: Path):
    assert not set_up.compiles(str(tmp_path / "no-compiler"))


def test_what_leads_pip_astray_is_left_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("PIP_USER", "1")
    environment = set_up.environment(CMAKE_ARGS="-DX=1")
    assert "SOURCE_DATE_EPOCH" not in environment
    assert "PYTHONPATH" not in environment
    assert environment["PIP_USER"] == "0"
    assert environment["CMAKE_ARGS"] == "-DX=1"


@pytest.mark.parametrize(
    ("facts", "has_it"),
    [
        ("flags\t\t: fpu avx512f amx_bf16 amx_tile amx_int8 arch_capabilities\n", True),
        ("flags\t\t: fpu avx512f amx_bf16x\n", False),
        ("", False),
    ],
)
def test_processors_with_matrix_tiles_are_known(tmp_path: Path, facts: str, has_it: bool):
    file = tmp_path / "cpuinfo"
    file.write_text(facts)
    assert set_up.has_amx(file) is has_it


def test_a_system_without_such_a_file_has_no_matrix_tiles(tmp_path: Path):
    assert not set_up.has_amx(tmp_path / "cpuinfo")
