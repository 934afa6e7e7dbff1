from pathlib import Path

import pytest
from tests.helpers.app_layouts import model_bytes, write

from large_enough.catalog.disk import Disk
from large_enough.catalog.places.place import Layout, Place, Sighting
from large_enough.catalog.places.plain import is_unfinished, plain_sights
from large_enough.domain.errors import FailureKind
from large_enough.domain.found_model import ModelApp, SetAside, WhyAside


def place(folder: Path, layout: Layout = Layout.PLAIN) -> Place:
    return Place(ModelApp.LM_STUDIO, folder, layout)


def test_names_are_made_of_folders_where_the_program_does_so(tmp_path: Path) -> None:
    write(tmp_path / "publisher" / "repository" / "file.gguf", model_bytes())
    write(tmp_path / "loose.gguf", model_bytes())
    sights = list(plain_sights(place(tmp_path, Layout.NAMED_BY_PATH), Disk()))
    assert [sight.name for sight in sights if isinstance(sight, Sighting)] == [
        "loose.gguf",
        "publisher/repository/file.gguf",
    ]
    sights = list(plain_sights(place(tmp_path), Disk()))
    assert [sight.name for sight in sights if isinstance(sight, Sighting)] == ["", ""]


@pytest.mark.parametrize(
    "name",
    [
        "model.gguf.part",
        "downloading_model.gguf.part",
        "Model.GGUF.crdownload",
        "model.gguf.incomplete",
        "model.gguf.downloadInProgress",
        "incomplete-model.gguf",
    ],
)
def test_unfinished_downloads_of_many_programs(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, b"GGUF")
    (sight,) = plain_sights(place(tmp_path), Disk())
    assert isinstance(sight, SetAside)
    assert (sight.why, sight.size_bytes) == (WhyAside.UNFINISHED, 4)
    assert sight.error.kind is FailureKind.UNFINISHED_DOWNLOAD
    assert sight.error.facts == {"app": "LM Studio"}
    assert sight.error.subject == str(tmp_path / name)


def test_a_file_of_full_size_that_is_still_being_fetched(tmp_path: Path) -> None:
    write(tmp_path / "model.gguf", model_bytes())
    write(tmp_path / "model.gguf.aria2", b"")
    (sight,) = plain_sights(place(tmp_path), Disk())
    assert isinstance(sight, SetAside)
    assert sight.why is WhyAside.UNFINISHED


@pytest.mark.parametrize("name", ["model.gguf", "notes.part", "model.gguf.part.json", "x.gguf.md"])
def test_other_names_are_no_unfinished_downloads(name: str) -> None:
    assert not is_unfinished(name)


def test_a_very_long_name_does_no_harm(tmp_path: Path) -> None:
    write(tmp_path / ("x" * 250 + ".gguf"), model_bytes())
    (sight,) = plain_sights(place(tmp_path), Disk())
    assert isinstance(sight, Sighting)
