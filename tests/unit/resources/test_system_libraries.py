import subprocess
import sys
from pathlib import Path

import pytest

from large_enough.resources.system_libraries import has_fonts, missing_qt_libraries, qt_folder

LDD_OUTPUT = """\
	linux-vdso.so.1 (0x00007fff0c5f2000)
	libQt6Gui.so.6 => /opt/Qt/lib/libQt6Gui.so.6 (0x00007f2b34a00000)
	libxcb-cursor.so.0 => not found
	libGL.so.1 => not found
	libxcb-cursor.so.0 => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f2b33a00000)
/lib/libQt6Gui.so.6: /lib/libc.so.6: version `GLIBC_2.39' not found (required by libQt6Gui.so.6)
"""


@pytest.fixture
def qt(tmp_path: Path) -> Path:
    for name in ("lib/libQt6Widgets.so.6", "lib/libQt6WaylandClient.so.6"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"")
    return tmp_path


def test_missing_libraries_are_named_once_and_sorted(qt: Path):
    assert missing_qt_libraries(qt, {}, lambda _: LDD_OUTPUT) == (
        "libGL.so.1",
        "libxcb-cursor.so.0",
    )


def test_nothing_missing(qt: Path):
    assert missing_qt_libraries(qt, {}, lambda _: "\tlibc.so.6 => /lib/libc.so.6 (0x0)\n") == ()


def test_files_that_qt_does_not_have_are_not_asked_about(qt: Path):
    asked: list[str] = []
    missing_qt_libraries(qt, {}, lambda file: asked.append(file.name) or "")
    assert asked == ["libQt6Widgets.so.6"]


@pytest.mark.parametrize(
    ("environ", "is_asked"),
    [
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, False),  # X11 serves as well
        ({"DISPLAY": ":0"}, False),
    ],
)
def test_wayland_alone_needs_its_libraries(qt: Path, environ: dict[str, str], is_asked: bool):
    asked: list[str] = []
    missing_qt_libraries(qt, environ, lambda file: asked.append(file.name) or "")
    assert ("libQt6WaylandClient.so.6" in asked) is is_asked


def test_qt_is_found_without_importing_it():
    code = (
        "import sys; from large_enough.resources.system_libraries import qt_folder\n"
        "print(qt_folder(), 'PySide6' in sys.modules)"
    )
    printed = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert printed.split() == [str(qt_folder()), "False"]


def test_this_machine_has_what_the_tests_need():
    qt = qt_folder()
    assert qt is not None
    assert missing_qt_libraries(qt, {}) == ()


def test_the_command_is_content_here():
    command = [sys.executable, "-m", "large_enough.resources.system_libraries"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_fonts_are_looked_for_in_depth(tmp_path: Path):
    assert not has_fonts([str(tmp_path), str(tmp_path / "nowhere")])
    (tmp_path / "truetype" / "x").mkdir(parents=True)
    (tmp_path / "truetype" / "x" / "Some.TTF").write_bytes(b"")
    assert has_fonts([str(tmp_path / "nowhere"), str(tmp_path)])
