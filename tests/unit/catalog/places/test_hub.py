import os
import sys
from pathlib import Path

import pytest
from tests.helpers.app_layouts import REVISION, HubRepository, model_bytes, part_bytes, write

from large_enough.catalog.disk import Disk
from large_enough.catalog.places.hub import hub_sights
from large_enough.catalog.places.place import Layout, Place, Sight, Sighting
from large_enough.domain.found_model import ModelApp, SetAside, WhyAside

OLDER = "f" * 40


@pytest.fixture
def repository(tmp_path: Path) -> HubRepository:
    return HubRepository(tmp_path / "hub")


def sights_of(folder: Path, app: ModelApp = ModelApp.HUGGING_FACE) -> list[Sight]:
    return list(hub_sights(Place(app, folder, Layout.HUB), Disk()))


def names_of(folder: Path, app: ModelApp = ModelApp.HUGGING_FACE) -> list[str]:
    return [sight.name for sight in sights_of(folder, app) if isinstance(sight, Sighting)]


def test_no_cache_no_models(tmp_path: Path) -> None:
    assert sights_of(tmp_path / "no") == []


@pytest.mark.parametrize("links", [True, False])
def test_the_path_in_the_snapshot_is_used(tmp_path: Path, links: bool) -> None:
    repository = HubRepository(tmp_path, links=links)
    path = repository.add("tiny-q4_0.gguf", model_bytes())
    repository.add("config.json", b"{}")
    (sighting,) = sights_of(tmp_path)
    assert isinstance(sighting, Sighting)
    assert (sighting.path, sighting.name) == (path, "someone/tiny-GGUF/tiny-q4_0.gguf")
    assert sighting.status is not None


def test_files_in_folders_of_a_repository(repository: HubRepository) -> None:
    repository.add("Q4_0/tiny-00001-of-00002.gguf", part_bytes(0, 2))
    repository.add("Q4_0/tiny-00002-of-00002.gguf", part_bytes(1, 2))
    assert names_of(repository.cache) == [
        "someone/tiny-GGUF/Q4_0/tiny-00001-of-00002.gguf",
        "someone/tiny-GGUF/Q4_0/tiny-00002-of-00002.gguf",
    ]


def test_the_revision_that_main_names_comes_first(repository: HubRepository) -> None:
    repository.add("tiny.gguf", model_bytes("new"))
    repository.point()
    HubRepository(repository.cache, revision="0" * 40).add("tiny.gguf", model_bytes("old"))
    assert names_of(repository.cache) == [
        "someone/tiny-GGUF/tiny.gguf",
        "someone/tiny-GGUF/tiny.gguf@0000000",
    ]


@pytest.mark.parametrize("main", ["", "../../..", REVISION[:7], "\xff" * 40, "x" * 2_000_000])
def test_a_main_that_makes_no_sense(repository: HubRepository, main: str) -> None:
    repository.add("tiny.gguf", model_bytes())
    repository.point(main)
    assert names_of(repository.cache) == ["someone/tiny-GGUF/tiny.gguf"]
    HubRepository(repository.cache, revision=OLDER).add("tiny.gguf", model_bytes())
    assert names_of(repository.cache) == [
        "someone/tiny-GGUF/tiny.gguf@0123456",
        "someone/tiny-GGUF/tiny.gguf@fffffff",
    ]


def test_unfinished_downloads_of_models_only(repository: HubRepository) -> None:
    write(repository.folder / "blobs" / "a.incomplete", b"GGUF and so on")
    write(repository.folder / "blobs" / "b.incomplete", b"PK and so on")
    if sys.platform != "win32":
        os.mkfifo(repository.folder / "blobs" / "pipe.incomplete")
    (repository.folder / "blobs" / "broken.incomplete").symlink_to("gone")
    (sight,) = sights_of(repository.cache)
    assert isinstance(sight, SetAside)
    assert sight.why is WhyAside.UNFINISHED
    assert Path(sight.error.subject).name == "a.incomplete"


def test_other_things_in_the_cache_are_left_alone(repository: HubRepository) -> None:
    write(repository.cache / "datasets--a--b" / "snapshots" / REVISION / "x.gguf", model_bytes())
    write(repository.cache / ".locks" / "models--a--b" / "x.gguf", model_bytes())
    write(repository.folder / "blobs" / "deadbeef", model_bytes())
    assert sights_of(repository.cache) == []


def test_a_link_whose_blob_is_gone(repository: HubRepository) -> None:
    repository.add("tiny.gguf", model_bytes()).resolve().unlink()
    (sighting,) = sights_of(repository.cache)
    assert isinstance(sighting, Sighting)
    assert sighting.status is None


def test_the_older_cache_of_llama_cpp_beside_the_newer(tmp_path: Path) -> None:
    HubRepository(tmp_path).add("tiny.gguf", model_bytes())
    write(tmp_path / "ggml-org_tiny-GGUF_tiny_q4_0.gguf", model_bytes())
    write(tmp_path / "ggml-org_tiny-GGUF_tiny_q4_0.gguf.json", b"{}")
    write(tmp_path / "plain.gguf", model_bytes())
    write(tmp_path / "x_y_z.gguf.downloadInProgress", b"GGUF")
    sights = sights_of(tmp_path, ModelApp.LLAMA_CPP)
    assert [sight.name for sight in sights if isinstance(sight, Sighting)] == [
        "someone/tiny-GGUF/tiny.gguf",
        "ggml-org/tiny-GGUF/tiny_q4_0.gguf",
        "plain.gguf",
    ]
    assert [sight.why for sight in sights if isinstance(sight, SetAside)] == [WhyAside.UNFINISHED]
    assert names_of(tmp_path)[-1] == ""


def test_a_cache_that_is_a_file(tmp_path: Path) -> None:
    (sight,) = sights_of(write(tmp_path / "hub", b""))
    assert isinstance(sight, SetAside)
    assert sight.why is WhyAside.UNREADABLE
