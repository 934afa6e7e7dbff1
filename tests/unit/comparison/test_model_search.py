import os
from pathlib import Path

import pytest
from tests.helpers.app_layouts import (
    ADAPTER_TYPE,
    MODEL_TYPE,
    Home,
    adapter_bytes,
    model_bytes,
    write,
)

from large_enough.comparison.model_search import ModelSearch, other_names, places_elsewhere
from large_enough.comparison.workbench import Workbench
from large_enough.domain.errors import FailureKind, LargeEnoughError
from large_enough.domain.found_model import OTHER_APPS, FoundModel, ModelApp
from large_enough.resources.paths import UserFolders, user_folders
from large_enough.resources.settings import Settings, save_settings


@pytest.fixture
def home(tmp_path: Path) -> Home:
    folder = tmp_path / "user"
    environ = {
        "HOME": str(folder),
        "USERPROFILE": str(folder),
        "LARGE_ENOUGH_HOME": str(tmp_path / "ours"),
        "LARGE_ENOUGH_MODELS": str(tmp_path / "models"),
    }
    return Home(folder, environ)


@pytest.fixture
def folders(home: Home) -> UserFolders:
    return user_folders(home.environ)


def search_of(home: Home, folders: UserFolders, models_dir: Path | None = None) -> ModelSearch:
    return ModelSearch.for_user(home.environ, folders, (), models_dir)


def add_ollama(home: Home, name: str = "Ada") -> None:
    home.ollama.note(home.ollama.manifest((MODEL_TYPE, model_bytes(name))))


def test_our_own_folder_comes_first(home: Home, folders: UserFolders, tmp_path: Path) -> None:
    search = search_of(home, folders)
    assert search.models_folder == tmp_path / "models"
    assert search.places()[0].app is ModelApp.OWN
    assert {place.app for place in search.places()[1:]} == set(OTHER_APPS)


def test_a_folder_on_the_command_line_is_the_only_one(
    home: Home, folders: UserFolders, tmp_path: Path
) -> None:
    add_ollama(home)
    save_settings(folders.config, Settings(added_models=(str(tmp_path / "more"),)))
    search = search_of(home, folders, tmp_path / "only")
    assert [place.folder for place in search.places()] == [tmp_path / "only"]
    assert search.scan().found == ()


def test_folders_that_the_user_added(home: Home, folders: UserFolders, tmp_path: Path) -> None:
    write(tmp_path / "more" / "ada.gguf", model_bytes("Ada"))
    save_settings(folders.config, Settings(added_models=(str(tmp_path / "more"), "relative")))
    (model,) = search_of(home, folders).scan().found
    assert (model.app, model.shown_name) == (ModelApp.ADDED, "ada.gguf")


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("", set(OTHER_APPS)),
        (" , ", set(OTHER_APPS)),
        ("none", set()),
        ("Ollama, jan", {ModelApp.OLLAMA, ModelApp.JAN}),
        ("nobody", set()),
    ],
)
def test_programs_are_chosen_in_the_environment(chosen: str, expected: set[ModelApp]) -> None:
    environ = {"HOME": "/home/ada", "LARGE_ENOUGH_APPS": chosen}
    places = places_elsewhere(environ, Settings(), "linux")
    assert {place.app for place in places} == expected


def test_programs_are_left_out_in_the_settings() -> None:
    settings = Settings(left_out_apps=("ollama", "unknown"))
    places = places_elsewhere({"HOME": "/home/ada"}, settings, "linux")
    assert {place.app for place in places} == set(OTHER_APPS) - {ModelApp.OLLAMA}


def test_models_are_found_by_the_names_of_the_last_look(home: Home, folders: UserFolders) -> None:
    add_ollama(home)
    search = search_of(home, folders)
    with pytest.raises(LargeEnoughError):
        search.resolve("tiny:latest", ())
    scan = search.scan()
    assert search.resolve("tiny:latest", scan.cards) == scan.cards[0]
    assert search.resolve("tiny", scan.cards) == scan.cards[0]


def test_a_copy_answers_to_the_names_of_all_its_places(home: Home, folders: UserFolders) -> None:
    add_ollama(home)
    write(home.lm_studio / "pub" / "repo" / "ada-q4_0.gguf", model_bytes("Ada"))
    search = search_of(home, folders)
    scan = search.scan()
    (card,) = scan.cards
    for name in ("tiny:latest", "pub/repo/ada-q4_0.gguf", "pub/repo", "ada-q4_0.gguf"):
        assert search.resolve(name, scan.cards) == card


def test_a_name_that_stands_for_more_than_the_model_is_not_taken(
    home: Home, folders: UserFolders
) -> None:
    layers = (MODEL_TYPE, model_bytes("Ada")), (ADAPTER_TYPE, adapter_bytes())
    home.ollama.note(home.ollama.manifest(*layers))
    search = search_of(home, folders)
    scan = search.scan()
    assert other_names(scan.found) == {scan.cards[0].path: []}
    with pytest.raises(LargeEnoughError) as caught:
        search.resolve("tiny:latest", scan.cards)
    assert caught.value.info.kind is FailureKind.UNKNOWN_MODEL


def test_whether_anything_is_new(home: Home, folders: UserFolders, tmp_path: Path) -> None:
    models = tmp_path / "models"
    write(models / "ada.gguf", model_bytes("Ada"))
    os.utime(models, (1_000_000, 1_000_000))
    search = search_of(home, folders)
    assert search.has_changed()
    search.scan()
    assert not search.has_changed()
    write(models / "eve.gguf", model_bytes("Eve"))
    assert search.has_changed()


def test_a_look_that_was_cancelled_is_to_be_repeated(home: Home, folders: UserFolders) -> None:
    search = search_of(home, folders)
    search.scan(is_cancelled=lambda: True)
    assert search.has_changed()


def test_a_folder_that_is_added_while_the_program_runs(
    home: Home, folders: UserFolders, tmp_path: Path
) -> None:
    write(tmp_path / "more" / "ada.gguf", model_bytes("Ada"))
    search = search_of(home, folders)
    assert search.scan().found == ()
    save_settings(folders.config, Settings(added_models=(str(tmp_path / "more"),)))
    assert search.has_changed()
    assert len(search.scan().found) == 1
    assert not search.has_changed()


def test_what_was_read_is_kept_in_the_users_cache(
    home: Home, folders: UserFolders, tmp_path: Path
) -> None:
    path = write(tmp_path / "models" / "ada.gguf", model_bytes("Ada"))
    os.utime(path, (1_000_000, 1_000_000))
    search_of(home, folders).scan()
    assert (folders.cache / "model-headers.json").is_file()


def test_the_workbench_finds_models_of_other_programs(home: Home) -> None:
    add_ollama(home)
    workbench = Workbench.for_user(home.environ)
    try:
        told: list[FoundModel] = []
        scan = workbench.scan(told.append)
        assert [model.app for model in told] == [ModelApp.OLLAMA]
        assert workbench.resolve("tiny", scan.cards) == scan.cards[0]
        assert not workbench.has_new_models()
        assert workbench.scan(is_cancelled=lambda: True).found == ()
    finally:
        workbench.close()


def test_a_file_that_the_user_added_is_met_once(
    home: Home, folders: UserFolders, tmp_path: Path
) -> None:
    path = write(tmp_path / "more" / "ada.gguf", model_bytes("Ada"))
    write(tmp_path / "more" / "eve.gguf", model_bytes("Eve"))
    save_settings(folders.config, Settings(added_models=(str(path),)))
    search = search_of(home, folders)
    (model,) = search.scan().found
    assert (model.app, model.card.path) == (ModelApp.ADDED, str(path))
    assert not search.has_changed()
    save_settings(folders.config, Settings(added_models=(str(path), str(path.parent))))
    assert [found.twins for found in search.scan().found] == [(), ()]


def test_a_file_on_a_stick_comes_and_goes(home: Home, folders: UserFolders, tmp_path: Path) -> None:
    path = tmp_path / "stick" / "ada.gguf"
    save_settings(folders.config, Settings(added_models=(str(path),)))
    search = search_of(home, folders)
    scan = search.scan()
    assert scan.found == ()
    assert [error.kind for error in scan.set_aside] == [FailureKind.FILE_MISSING]
    write(path, model_bytes("Ada"))
    assert search.has_changed()
    assert len(search.scan().found) == 1


def test_the_very_file_is_meant_where_there_are_copies(
    home: Home, folders: UserFolders, tmp_path: Path
) -> None:
    own = write(tmp_path / "models" / "tiny-one.gguf", model_bytes("Ada"))
    copy = write(tmp_path / "models" / "tiny-two.gguf", model_bytes("Ada"))
    add_ollama(home)
    search = search_of(home, folders)
    search.scan()
    assert [len(search.found()), search.found()[0].card.path] == [3, str(own)]
    assert search.resolve_file("two").path == str(copy)
    assert search.resolve_file(str(copy)).path == str(copy)
    (blob,) = [one for one in search.found() if one.app is ModelApp.OLLAMA]
    assert search.resolve_file(blob.shown_name).path == blob.card.path
    with pytest.raises(LargeEnoughError) as caught:
        search.resolve_file("tin")
    assert caught.value.info.kind is FailureKind.AMBIGUOUS_MODEL
    copy.unlink()
    search.scan()
    assert search.resolve_file("tin").path == str(own)
    own.unlink()
    search.scan()
    assert search.resolve_file("tin").path == blob.card.path
    with pytest.raises(LargeEnoughError) as caught:
        search.resolve_file("nobody")
    assert caught.value.info.kind is FailureKind.UNKNOWN_MODEL
