import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from large_enough.resources.settings import (
    AskingChoices,
    ModelMark,
    Settings,
    load_settings,
    save_settings,
)

CHANGED = Settings(
    models_dir="/m",
    theme="dark",
    language="de",
    last_contenders=("/m/small.gguf", "/m/größer.gguf"),
    model_marks=(ModelMark(fingerprint="ab" * 32, name="Tiny", is_favourite=True, role="small"),),
    mode="together",
    asking=AskingChoices(system="Sei kurz.", temperature=0.7, seed=3, thinking=False),
    window_geometry="AAEC",
)


def test_no_file_means_defaults_without_a_problem(tmp_path: Path):
    assert load_settings(tmp_path / "nowhere") == (Settings(), None)


def test_what_was_saved_is_loaded(tmp_path: Path):
    save_settings(tmp_path / "config", CHANGED)
    assert load_settings(tmp_path / "config") == (CHANGED, None)


def test_saving_replaces_and_leaves_nothing_beside(tmp_path: Path):
    save_settings(tmp_path, Settings())
    save_settings(tmp_path, CHANGED)
    assert [file.name for file in tmp_path.iterdir()] == ["settings.json"]
    assert load_settings(tmp_path)[0] == CHANGED


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe{}",
        b'{"theme": "purple"}',
        b'{"last_contenders": 7}',
        b'{"schema_version": 2}',
        b'{"models_dir": "\\ud800"}',
        b"{" * 100_000,
        b'{"language": "' + b"a" * 2_000_000 + b'"}',
    ],
)
def test_a_damaged_file_is_kept_aside(tmp_path: Path, content: bytes):
    (tmp_path / "settings.json").write_bytes(content)
    settings, problem = load_settings(tmp_path)
    assert settings == Settings()
    assert problem is not None
    assert str(tmp_path / "settings.json") in problem
    assert [file.name for file in tmp_path.iterdir()] == ["settings.json.broken"]
    assert (tmp_path / "settings.json.broken").read_bytes() == content
    assert load_settings(tmp_path) == (Settings(), None)


def test_fields_of_other_versions_are_ignored(tmp_path: Path):
    (tmp_path / "settings.json").write_text('{"theme": "light", "invented": [1, {"a": null}]}')
    assert load_settings(tmp_path) == (Settings(theme="light"), None)


def test_a_file_that_cannot_be_read_stays(tmp_path: Path):
    (tmp_path / "settings.json").mkdir()
    settings, problem = load_settings(tmp_path)
    assert settings == Settings()
    assert problem is not None
    assert (tmp_path / "settings.json").is_dir()


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        save_settings(tmp_path / "file" / "config", Settings())


def test_a_failed_replacement_leaves_nothing_beside(tmp_path: Path):
    (tmp_path / "settings.json").mkdir()
    with pytest.raises(OSError, match=r"settings\.json"):
        save_settings(tmp_path, Settings())
    assert [file.name for file in tmp_path.iterdir()] == ["settings.json"]


def test_others_cannot_read_it(tmp_path: Path):
    save_settings(tmp_path, CHANGED)
    mode = stat.S_IMODE((tmp_path / "settings.json").stat().st_mode)
    assert mode == 0o600 or sys.platform == "win32"


@given(content=st.binary(max_size=200))
def test_no_content_makes_it_fail(tmp_path_factory: pytest.TempPathFactory, content: bytes):
    folder = tmp_path_factory.mktemp("settings")
    (folder / "settings.json").write_bytes(content)
    settings, _ = load_settings(folder)
    assert isinstance(settings, Settings)
