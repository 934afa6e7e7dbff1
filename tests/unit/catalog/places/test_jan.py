import os
from pathlib import Path

import pytest
from tests.helpers.app_layouts import JanFolder, model_bytes, projector_bytes, write

from large_enough.catalog.disk import Disk
from large_enough.catalog.places.jan import jan_sights
from large_enough.catalog.places.place import Layout, Place, Sight, Sighting
from large_enough.domain.errors import FailureKind
from large_enough.domain.found_model import ModelApp, SetAside


@pytest.fixture
def jan(tmp_path: Path) -> JanFolder:
    return JanFolder(tmp_path / "Jan" / "data")


def sights_of(jan: JanFolder) -> list[Sight]:
    place = Place(ModelApp.JAN, jan.data / jan.models, Layout.JAN, jan.data)
    return list(jan_sights(place, Disk()))


def sightings_of(jan: JanFolder) -> list[tuple[Path, str]]:
    return [(one.path, one.name) for one in sights_of(jan) if isinstance(one, Sighting)]


def test_no_folder_no_models(jan: JanFolder) -> None:
    assert sights_of(jan) == []


def test_a_relative_path_starts_from_the_data_folder(jan: JanFolder) -> None:
    path = jan.add("janhq/Ada-4B-GGUF", model_bytes())
    assert sightings_of(jan) == [(path, "janhq/Ada-4B-GGUF")]


def test_the_name_of_the_note_is_shown(jan: JanFolder) -> None:
    note = {"model_path": "llamacpp/models/ada/model.gguf", "name": "'Ada, 4 B'"}
    path = jan.add("ada", model_bytes(), note)
    assert sightings_of(jan) == [(path, "Ada, 4 B")]


def test_an_absolute_path_is_the_users_own_word(jan: JanFolder, tmp_path: Path) -> None:
    path = write(tmp_path / "elsewhere" / "ada.gguf", model_bytes())
    jan.note("ada", {"model_path": str(path)})
    assert sightings_of(jan) == [(path, "ada")]


def test_an_older_folder_without_notes(jan: JanFolder) -> None:
    older = JanFolder(jan.data, "models")
    path = write(jan.data / "models" / "ada" / "ada-q4_0.gguf", model_bytes())
    assert sightings_of(older) == [(path, "ada")]


def test_files_beside_a_noted_model_are_met_as_well(jan: JanFolder) -> None:
    path = jan.add("ada", model_bytes())
    eye = write(path.with_name("mmproj.gguf"), projector_bytes())
    assert sightings_of(jan) == [(path, "ada"), (eye, "ada")]


@pytest.mark.parametrize(
    ("note", "problem"),
    [
        ({}, "it names no file"),
        ({"model_path": ""}, "it names no file"),
        ({"model_path": "../outside.gguf"}, "it leads out of the program's own folder"),
        ({"model_path": "a/../../b.gguf"}, "it leads out of the program's own folder"),
        ({"model_path": "*alias"}, "it uses a form of YAML that is not read here"),
        ({"model_path": '"a\0b"'}, "it names no file"),
    ],
)
def test_notes_that_make_no_sense(jan: JanFolder, note: dict[str, str], problem: str) -> None:
    path = jan.note("ada", note)
    (sight,) = sights_of(jan)
    assert isinstance(sight, SetAside)
    assert sight.error.kind is FailureKind.NOTE_UNUSABLE
    assert sight.error.facts == {"app": "Jan", "problem": problem}
    assert (sight.error.subject, sight.shown_name) == (str(path), "ada")


def test_a_note_that_leads_nowhere(jan: JanFolder) -> None:
    jan.note("ada", {"model_path": "llamacpp/models/ada/gone.gguf"})
    (sight,) = sights_of(jan)
    assert isinstance(sight, Sighting)
    assert sight.status is None


def test_a_link_inside_the_folder_may_lead_to_another_disk(jan: JanFolder, tmp_path: Path) -> None:
    outside = write(tmp_path / "disk" / "ada.gguf", model_bytes())
    link = jan.data / jan.models / "ada" / "model.gguf"
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    jan.note("ada", {"model_path": os.path.relpath(link, jan.data)})
    assert sightings_of(jan) == [(link, "ada")]
