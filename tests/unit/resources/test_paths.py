from pathlib import Path

import pytest

from large_enough.resources.locate import checkout_root
from large_enough.resources.paths import UserFolders, models_folder, user_folders

FOLDERS = UserFolders(data=Path("/d"), config=Path("/c"), cache=Path("/k"), logs=Path("/l"))


def test_one_home_holds_everything(tmp_path: Path):
    folders = user_folders({"LARGE_ENOUGH_HOME": str(tmp_path)})
    assert {folders.data, folders.config, folders.cache, folders.logs} == {
        tmp_path / "data",
        tmp_path / "config",
        tmp_path / "cache",
        tmp_path / "logs",
    }


def test_a_home_below_the_users(monkeypatch: pytest.MonkeyPatch):
    assert user_folders({"LARGE_ENOUGH_HOME": "~/le"}).data == Path.home() / "le" / "data"


def test_a_relative_home_is_made_absolute():
    assert user_folders({"LARGE_ENOUGH_HOME": "stick"}).data == Path.cwd() / "stick" / "data"


@pytest.mark.parametrize("environ", [{}, {"LARGE_ENOUGH_HOME": ""}])
def test_the_customs_of_the_system(environ: dict[str, str]):
    folders = user_folders(environ)
    for folder in (folders.data, folders.config, folders.cache, folders.logs):
        assert folder.is_absolute()
        assert "large-enough" in folder.parts


def test_asking_makes_no_folders(tmp_path: Path):
    user_folders({"LARGE_ENOUGH_HOME": str(tmp_path / "home")})
    assert list(tmp_path.iterdir()) == []


def test_the_command_line_comes_before_the_setting():
    folder = models_folder(
        FOLDERS, {"LARGE_ENOUGH_MODELS": "/e"}, override=Path("/o"), setting="/s"
    )
    assert folder == Path("/o")


def test_the_setting_comes_before_the_environment():
    assert models_folder(FOLDERS, {"LARGE_ENOUGH_MODELS": "/e"}, setting="/s") == Path("/s")


def test_the_environment_comes_before_the_checkout():
    assert models_folder(FOLDERS, {"LARGE_ENOUGH_MODELS": "/e"}) == Path("/e")


@pytest.mark.parametrize("setting", [None, ""])
def test_a_checkout_has_a_folder_of_its_own(setting: str | None):
    root = checkout_root()
    assert root is not None
    assert models_folder(FOLDERS, {"LARGE_ENOUGH_MODELS": ""}, setting=setting) == root / "models"


def test_relative_folders_are_made_absolute():
    assert models_folder(FOLDERS, {}, override=Path("m")) == Path.cwd() / "m"
    assert models_folder(FOLDERS, {}, setting="~/m") == Path.home() / "m"
