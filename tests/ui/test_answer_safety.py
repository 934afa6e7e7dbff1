"""No answer opens a file, a device, a link or the network. Each runs in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

PROBE = Path(__file__).with_name("hostile_probe.py")
WATCHDOG_S = 60

UNIX_ONLY = ["fifo"]


def probe(text: str, pane: str = "answer") -> dict[str, object]:
    ended = subprocess.run(
        [sys.executable, str(PROBE), pane],
        input=text.encode(),
        capture_output=True,
        timeout=WATCHDOG_S,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert ended.returncode == 0, ended.stderr.decode()
    return json.loads(ended.stdout)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "secret.png"
    image = QImage(80, 80, QImage.Format.Format_RGB32)
    image.fill(QColor("#ff00ff"))
    assert image.save(str(path))
    return path


def test_the_probe_sees_the_harm_that_qt_does(picture: Path):
    assert probe(f"before ![x]({picture.as_uri()}) after", pane="browser")["is_drawn"] is True


@pytest.mark.parametrize("form", ["uri", "absolute", "relative", "angle"])
def test_no_local_picture_is_drawn(picture: Path, form: str):
    named = {
        "uri": picture.as_uri(),
        "absolute": picture.as_posix(),
        "relative": os.path.relpath(picture).replace("\\", "/"),
        "angle": f"<{picture.as_posix()}>",
    }[form]
    seen = probe(f"before ![x]({named}) after")
    assert seen["is_drawn"] is False
    assert "before" in str(seen["before"])
    assert "after" in str(seen["before"])


def test_no_picture_comes_in_by_html(picture: Path):
    seen = probe(f'before <img src="{picture.as_uri()}"> after')
    assert seen["is_drawn"] is False
    assert "<img" in str(seen["before"])


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom", "/dev/stdin"])
def test_no_device_is_read(device: str):
    seen = probe(f"before ![x]({device}) ![y](file://{device}) after")
    assert "after" in str(seen["before"])


@pytest.mark.parametrize("form", UNIX_ONLY)
def test_no_pipe_is_opened(tmp_path: Path, form: str):
    if not hasattr(os, "mkfifo"):
        return  # there are no such files on Windows
    path = tmp_path / form
    os.mkfifo(path)
    seen = probe(f"before ![x]({path.as_posix()}) ![y]({path.as_uri()}) after")
    assert "after" in str(seen["before"])


@pytest.mark.parametrize(
    "address", ["http://localhost:9/x.png", "https://localhost:9/x.png", "//host/share/x.png"]
)
def test_no_network_picture_is_asked_for(address: str):
    seen = probe(f"before ![x]({address}) ![y](\\\\\\\\host\\\\share\\\\x.png) after")
    assert "after" in str(seen["before"])


@pytest.mark.parametrize(
    "link", ["file:///etc/hostname", "etc/hostname", "/etc/hostname", "javascript:alert(1)", "#top"]
)
def test_a_click_on_a_local_link_replaces_nothing_and_opens_nothing(link: str):
    seen = probe(f"before [click]({link}) after")
    assert seen["after"] == seen["before"]
    assert seen["source"] == ""
    for question in seen["questions"]:
        assert "Open in the browser" not in question["buttons"]


def test_a_click_on_a_web_link_asks_with_the_whole_address():
    seen = probe("before [innocent](https://example.org/path?q=1&r=<b>2</b>) after")
    assert seen["after"] == seen["before"]
    (question,) = seen["questions"]
    assert str(question["text"]).startswith("https://example.org/path?q=1&r=")
    assert "Open in the browser" in question["buttons"]


def test_setting_a_source_does_nothing():
    seen = probe("just text")
    assert seen["after"] == "just text"
    assert seen["source"] == ""


@pytest.mark.parametrize(
    "text",
    ["x" * 100_000, "|a|b|\n|-|-|\n" + "|1|2|\n" * 5_000, "> " * 500 + "deep", "[" * 20_000],
    ids=["one word", "table", "quotes", "brackets"],
)
def test_enormous_answers_are_shown(text: str):
    assert str(probe(text)["before"])
