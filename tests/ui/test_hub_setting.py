"""The address that models are fetched from: checked, explained, kept, and used at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.fake_fetcher import FakeFetcher
from tests.ui.program import Program

from large_enough.resources.settings import load_settings
from large_enough.ui.hub_flow import HubFlow
from large_enough.ui.settings_keeper import SettingsKeeper
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.hub_setting import HubSetting


def write(qtbot: QtBot, setting: HubSetting, text: str) -> None:
    setting.field.selectAll()
    qtbot.keyClick(setting.field, Qt.Key.Key_Backspace)
    qtbot.keyClicks(setting.field, text)
    qtbot.keyClick(setting.field, Qt.Key.Key_Return)


def test_an_address_is_kept_and_used_at_once(
    qtbot: QtBot, program: Program, fetcher: FakeFetcher, folder: Path
) -> None:
    setting = program.settings.hub
    assert "huggingface.co itself" in setting.remark.text()
    write(qtbot, setting, "https://mirror.example/")
    assert "fetched through https://mirror.example." in setting.remark.text()
    assert fetcher.acts[-1] == "use hub https://mirror.example/"
    assert load_settings(folder)[0].hub_address == "https://mirror.example/"
    write(qtbot, setting, "")
    assert fetcher.acts[-1] == "use hub None"
    assert load_settings(folder)[0].hub_address is None


def test_it_is_there_the_next_time(
    qtbot: QtBot, make_program: Callable[[Path], Program], folder: Path
) -> None:
    write(qtbot, make_program(folder).settings.hub, "https://mirror.example")
    assert make_program(folder).settings.hub.field.text() == "https://mirror.example"


@pytest.mark.parametrize(
    "text", ["http://mirror.example", "ftp://x", "mirror", "https://", "https://u:p@x"]
)
def test_an_address_that_cannot_be_trusted_is_refused_in_words(
    qtbot: QtBot, program: Program, fetcher: FakeFetcher, folder: Path, text: str
) -> None:
    setting = program.settings.hub
    setting.show_address("https://good.example")
    write(qtbot, setting, text)
    assert f"{text} is not an https address" in setting.remark.text()
    assert setting.field.property("isWrong")
    assert load_settings(folder)[0].hub_address != text
    assert f"use hub {text}" not in fetcher.acts


def test_the_environment_holds_where_nothing_is_written(
    qtbot: QtBot, theme: Theme, fetcher: FakeFetcher, folder: Path
) -> None:
    setting = HubSetting(theme)
    qtbot.addWidget(setting)
    environ = {"HF_ENDPOINT": "https://school.example"}
    HubFlow(SettingsKeeper(folder), setting, fetcher, environ, setting)
    assert "https://school.example, as HF_ENDPOINT says" in setting.remark.text()
    write(qtbot, setting, "https://mirror.example")
    assert "through https://mirror.example." in setting.remark.text()


def test_an_environment_that_cannot_be_used_is_told(
    qtbot: QtBot, theme: Theme, fetcher: FakeFetcher, folder: Path
) -> None:
    setting = HubSetting(theme)
    qtbot.addWidget(setting)
    HubFlow(SettingsKeeper(folder), setting, fetcher, {"HF_ENDPOINT": "http://x"}, setting)
    assert "HF_ENDPOINT of the environment" in setting.remark.text()
