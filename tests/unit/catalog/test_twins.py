import os
from pathlib import Path

import pytest
from tests.helpers.app_layouts import (
    MODEL_TYPE,
    Home,
    HubRepository,
    model_bytes,
    part_bytes,
    write,
)
from tests.helpers.rounds import write_script

from large_enough.catalog.places.known import known_places, own_place
from large_enough.catalog.places.whereabouts import Whereabouts
from large_enough.catalog.scan import Scan, scan_folder, scan_places
from large_enough.domain.found_model import FoundModel, ModelApp


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def look(home: Home, own: Path) -> Scan:
    user = Whereabouts(home.environ, home.folder, "linux", home.folder / "root")
    return scan_places([own_place(own), *known_places(user)], ())


def by_app(scan: Scan) -> dict[ModelApp, FoundModel]:
    return {model.app: model for model in scan.found}


def test_a_copy_in_another_program_is_known(home: Home, tmp_path: Path) -> None:
    own = write(tmp_path / "own" / "ada.gguf", model_bytes("Ada"))
    home.ollama.note(home.ollama.manifest((MODEL_TYPE, model_bytes("Ada"))))
    scan = look(home, tmp_path / "own")
    ours, theirs = by_app(scan)[ModelApp.OWN], by_app(scan)[ModelApp.OLLAMA]
    assert (ours.is_repeat, theirs.is_repeat) == (False, True)
    (twin,) = ours.twins
    assert (twin.app, twin.shown_name) == (ModelApp.OLLAMA, "tiny:latest")
    assert twin.path == theirs.card.path
    assert not twin.is_same_file
    assert theirs.twins[0].path == str(own)
    assert [card.path for card in scan.cards] == [str(own)]


@pytest.mark.parametrize("link", ["hard", "symbolic"])
def test_a_link_is_the_same_file(home: Home, tmp_path: Path, link: str) -> None:
    path = HubRepository(home.hub).add("ada.gguf", model_bytes("Ada"))
    other = home.lm_studio / "someone" / "ada" / "ada.gguf"
    other.parent.mkdir(parents=True)
    if link == "hard":
        os.link(path.resolve(), other)
    else:
        other.symlink_to(path)
    scan = look(home, tmp_path / "own")
    model = by_app(scan)[ModelApp.LM_STUDIO]
    assert [(twin.app, twin.is_same_file) for twin in model.twins] == [
        (ModelApp.HUGGING_FACE, True)
    ]
    assert len(scan.cards) == 1


def test_two_names_of_one_blob(home: Home, tmp_path: Path) -> None:
    manifest = home.ollama.manifest((MODEL_TYPE, model_bytes("Ada")))
    for tag in ("1b", "latest"):
        home.ollama.note(manifest, f"registry.ollama.ai/library/ada/{tag}")
    first, second = sorted(look(home, tmp_path / "own").found, key=lambda one: one.is_repeat)
    assert (first.shown_name, second.shown_name) == ("ada:1b", "ada:latest")
    assert first.twins[0].shown_name == "ada:latest"
    assert second.is_repeat


def test_the_same_size_is_not_enough(tmp_path: Path) -> None:
    write(tmp_path / "a.gguf", model_bytes("Ada"))
    write(tmp_path / "b.gguf", model_bytes("Eve"))
    scan = scan_folder(tmp_path, ())
    assert [model.twins for model in scan.found] == [(), ()]
    assert len(scan.cards) == 2


def test_the_same_header_is_not_enough(tmp_path: Path) -> None:
    content = model_bytes("Ada")
    write(tmp_path / "a.gguf", content)
    write(tmp_path / "b.gguf", content[:-1] + b"\x01")
    assert len(scan_folder(tmp_path, ()).cards) == 2


def test_copies_of_a_split_model(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        for number in range(2):
            path = tmp_path / folder / f"m-0000{number + 1}-of-00002.gguf"
            write(path, part_bytes(number, 2))
    first, second = scan_folder(tmp_path, ()).found
    assert len(first.paths) == len(second.paths) == 2
    assert first.twins[0].path == second.card.path


def test_scripts_are_never_copies(tmp_path: Path) -> None:
    write_script(tmp_path, "ant")
    write_script(tmp_path, "bee")
    assert len(scan_folder(tmp_path, ()).cards) == 2
