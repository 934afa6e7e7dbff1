"""All programs together: what is offered, what is kept apart, what is set aside and why."""

import datetime
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.helpers.app_layouts import (
    ADAPTER_TYPE,
    MODEL_TYPE,
    PROJECTOR_TYPE,
    Home,
    HubRepository,
    adapter_bytes,
    model_bytes,
    part_bytes,
    projector_bytes,
    write,
)
from tests.helpers.catalogue_entries import tiny_entry
from tests.helpers.gguf_files import RawGguf, tensor, text_key

from large_enough.catalog.header_cache import HeaderCache
from large_enough.catalog.look import Look
from large_enough.catalog.places.known import added_places, known_places, own_place
from large_enough.catalog.places.place import Sighting
from large_enough.catalog.places.whereabouts import Whereabouts
from large_enough.catalog.scan import Scan, scan_places
from large_enough.domain.errors import FailureKind
from large_enough.domain.found_model import FoundModel, ModelApp, SetAside, WhyAside
from large_enough.domain.quantity import Unavailable
from large_enough.wording.failures import explain


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own"


def look(home: Home, own: Path, *added: Path, **more: Any) -> Scan:
    user = Whereabouts(home.environ, home.folder, "linux", home.folder / "root")
    places = (own_place(own), *known_places(user), *added_places(map(str, added)))
    return scan_places(places, more.pop("entries", ()), **more)


def apart(scan: Scan) -> dict[str, WhyAside]:
    return {Path(one.error.subject).name: one.why for one in scan.apart}


def fill(home: Home, own: Path) -> None:
    """Put one model into the folder of each program."""
    write(own / "own.gguf", model_bytes("Own"))
    write(home.lm_studio / "pub" / "repo" / "lm-q4_0.gguf", model_bytes("Studio"))
    HubRepository(home.hub).add("hub.gguf", model_bytes("Hub"))
    write(home.llama_cpp / "org_repo_llama.gguf", model_bytes("Llama Cache"))
    home.jan.add("org/jan-model", model_bytes("Jan's"))
    write(home.gpt4all / "gpt.gguf", model_bytes("For All"))
    home.ollama.note(home.ollama.manifest((MODEL_TYPE, model_bytes("Ollama's Own"))))
    home.msty.note(home.msty.manifest((MODEL_TYPE, model_bytes("Msty's Own"))))


def test_models_of_all_programs_are_found(home: Home, own: Path, tmp_path: Path) -> None:
    fill(home, own)
    added = write(tmp_path / "disk" / "deep" / "added.gguf", model_bytes("Added One")).parent.parent
    scan = look(home, own, added)
    assert {model.app: model.shown_name for model in scan.found} == {
        ModelApp.OWN: "Own",
        ModelApp.ADDED: "deep/added.gguf",
        ModelApp.LM_STUDIO: "pub/repo/lm-q4_0.gguf",
        ModelApp.HUGGING_FACE: "someone/tiny-GGUF/hub.gguf",
        ModelApp.LLAMA_CPP: "org/repo/llama.gguf",
        ModelApp.JAN: "org/jan-model",
        ModelApp.GPT4ALL: "gpt.gguf",
        ModelApp.OLLAMA: "tiny:latest",
        ModelApp.MSTY: "tiny:latest",
    }
    assert len(scan.cards) == 9
    assert (scan.apart, scan.set_aside, scan.adapters) == ((), (), ())
    assert scan.is_complete


def test_nothing_is_changed_on_the_disk(home: Home, own: Path, tmp_path: Path) -> None:
    fill(home, own)
    before = {
        path: (path.lstat().st_mtime_ns, path.lstat().st_size) for path in tmp_path.rglob("*")
    }
    look(home, own)
    after = {path: (path.lstat().st_mtime_ns, path.lstat().st_size) for path in tmp_path.rglob("*")}
    assert after == before


def test_everything_that_is_known_of_a_model(home: Home, own: Path) -> None:
    path = write(home.lm_studio / "pub" / "repo" / "ada-q4_0.gguf", model_bytes("Ada"))
    os.utime(path, (1_700_000_000, 1_700_000_000))
    (model,) = look(home, own).found
    assert model.card.path == str(path)
    assert model.paths == (str(path),)
    assert model.card.size_bytes == path.stat().st_size
    assert model.modified_utc == "2023-11-14T22:13:20+00:00"
    assert datetime.datetime.fromisoformat(model.modified_utc).tzinfo is not None


def test_a_split_model_is_one_with_all_its_paths(home: Home, own: Path) -> None:
    folder = home.lm_studio / "pub" / "repo"
    parts = [
        write(folder / f"ada-0000{number + 1}-of-00002.gguf", part_bytes(number, 2))
        for number in range(2)
    ]
    (model,) = look(home, own).found
    assert model.paths == tuple(map(str, parts))
    assert model.card.part_count == 2
    assert model.card.size_bytes == sum(part.stat().st_size for part in parts)


def test_a_split_model_in_the_hub_is_loaded_by_its_snapshot(home: Home, own: Path) -> None:
    repository = HubRepository(home.hub)
    for number in range(2):
        repository.add(f"ada-0000{number + 1}-of-00002.gguf", part_bytes(number, 2))
    (model,) = look(home, own).found
    assert "snapshots" in model.card.path
    assert all(Path(path).name.endswith(".gguf") for path in model.paths)


def test_names_where_the_file_tells_none(home: Home, own: Path) -> None:
    home.ollama.note(home.ollama.manifest((MODEL_TYPE, model_bytes())))
    home.jan.add("ada", model_bytes("Ada Lovelace"))
    names = {model.app: model.card.name for model in look(home, own).found}
    assert names == {ModelApp.OLLAMA: "Tiny", ModelApp.JAN: "Ada Lovelace"}


def test_the_catalogue_knows_its_models_wherever_they_lie(home: Home, own: Path) -> None:
    path = write(home.gpt4all / "tiny.gguf", model_bytes("Tiny"))
    entry = tiny_entry(size_bytes=path.stat().st_size)
    (card,) = look(home, own, entries=(entry,)).cards
    assert card.catalog_id == "tiny"


def test_adapters_are_kept_apart_with_what_they_fit(home: Home, own: Path) -> None:
    path = write(home.lm_studio / "pub" / "repo" / "pirate.gguf", adapter_bytes("Ada 1B"))
    scan = look(home, own)
    (adapter,) = scan.adapters
    assert adapter.card.path == str(path)
    assert (adapter.app, adapter.shown_name) == (ModelApp.LM_STUDIO, "pub/repo/pirate.gguf")
    assert (adapter.card.architecture, adapter.card.method) == ("llama", "lora")
    assert adapter.card.base_model == "Ada 1B"
    assert apart(scan) == {"pirate.gguf": WhyAside.ADAPTER}


def test_a_model_with_an_adapter_says_so(home: Home, own: Path) -> None:
    layers = (MODEL_TYPE, model_bytes("Ada")), (ADAPTER_TYPE, adapter_bytes())
    home.ollama.note(home.ollama.manifest(*layers))
    scan = look(home, own)
    (model,) = scan.found
    assert model.adapter_paths == (scan.adapters[0].card.path,)


def test_each_reason_in_one_word_and_in_a_sentence(home: Home, own: Path) -> None:
    folder = home.lm_studio / "pub" / "repo"
    tensors: dict[str, Any] = {"tensors": [tensor("w", [8])], "data": bytes(32)}
    kind = text_key("general.type", "imatrix")
    write(folder / "statistics.gguf", RawGguf(keys=[kind], **tensors).build())
    write(folder / "words.gguf", RawGguf(keys=[text_key("general.architecture", "x")]).build())
    for name, architecture in (("embed", "bert"), ("draft", "eagle3"), ("picture", "flux")):
        write(folder / f"{name}.gguf", model_bytes(name, architecture=architecture))
    write(folder / "mmproj-ada.gguf", projector_bytes())
    write(folder / "page.gguf", b"<html>")
    write(folder / "cut.gguf", model_bytes()[:-8])
    write(folder / "lone-00001-of-00002.gguf", part_bytes(0, 2))
    write(folder / "odd-name.gguf", part_bytes(1, 2))
    write(folder / "coming.gguf.part", b"")
    (folder / "broken.gguf").symlink_to("gone")
    scan = look(home, own)
    assert scan.found == ()
    assert apart(scan) == {
        "statistics.gguf": WhyAside.STATISTICS,
        "words.gguf": WhyAside.VOCABULARY,
        "embed.gguf": WhyAside.EMBEDDING,
        "draft.gguf": WhyAside.DRAFT,
        "picture.gguf": WhyAside.OTHER_KIND,
        "mmproj-ada.gguf": WhyAside.PROJECTOR,
        "page.gguf": WhyAside.DAMAGED,
        "cut.gguf": WhyAside.DAMAGED,
        "lone-00001-of-00002.gguf": WhyAside.PART_MISSING,
        "odd-name.gguf": WhyAside.LATER_PART,
        "coming.gguf.part": WhyAside.UNFINISHED,
        "broken.gguf": WhyAside.MISSING,
    }
    for one in scan.apart:
        assert Path(one.error.subject).name in explain(one.error).happened


def test_of_other_programs_only_what_is_broken_is_complained_about(home: Home, own: Path) -> None:
    for folder in (own, home.gpt4all):
        write(folder / "embed.gguf", model_bytes(architecture="bert"))
        write(folder / "page.gguf", b"<html>" + str(folder).encode())
        write(folder / "coming.gguf.part", b"")
    subjects = [Path(error.subject) for error in look(home, own).set_aside]
    assert subjects == [own / "embed.gguf", own / "page.gguf", home.gpt4all / "page.gguf"]


def test_a_projector_of_ollama_is_named(home: Home, own: Path) -> None:
    layers = (MODEL_TYPE, model_bytes("Ada")), (PROJECTOR_TYPE, projector_bytes())
    home.ollama.note(home.ollama.manifest(*layers))
    (one,) = look(home, own).apart
    assert (one.why, one.shown_name) == (WhyAside.PROJECTOR, "tiny:latest")


def test_a_blob_of_ollama_that_is_gone(home: Home, own: Path) -> None:
    manifest = home.ollama.manifest((MODEL_TYPE, model_bytes("Ada")))
    home.ollama.blob_path(manifest["layers"][0]["digest"]).unlink()
    home.ollama.note(manifest)
    (one,) = look(home, own).apart
    assert (one.why, one.error.kind) == (WhyAside.MISSING, FailureKind.FILE_MISSING)


def test_a_service_whose_folder_is_shut_is_told_once(home: Home, own: Path) -> None:
    service = home.folder / "root" / "usr/share/ollama/.ollama/models"
    write(service / "manifests" / "x", b"")
    write(service / "blobs" / "x", b"")

    def list_folder(path: str) -> AbstractContextManager[Iterator["os.DirEntry[str]"]]:
        if Path(path).is_relative_to(service):
            raise PermissionError(13, "Permission denied")
        return os.scandir(path)

    scan = look(home, own, list_folder=list_folder)
    (one,) = scan.apart
    assert (one.app, one.why) == (ModelApp.OLLAMA, WhyAside.UNREADABLE)
    assert explain(one.error).happened == (
        f"The models of Ollama in {service} cannot be read: Permission denied."
    )
    assert scan.set_aside == (one.error,)


def test_a_file_met_twice_is_set_aside_once(home: Home, own: Path) -> None:
    path = HubRepository(home.hub).add("page.gguf", b"<html>")
    home.gpt4all.mkdir(parents=True)
    os.link(path.resolve(), home.gpt4all / "page.gguf")
    scan = look(home, own)
    assert len(scan.apart) == 1


def test_a_folder_in_two_places_is_looked_at_once(home: Home, own: Path) -> None:
    write(home.gpt4all / "ada.gguf", model_bytes("Ada"))
    (own.parent / "link").symlink_to(home.gpt4all)
    scan = look(home, own, own.parent / "link")
    assert [model.app for model in scan.found] == [ModelApp.GPT4ALL]


def test_models_are_told_as_they_are_read(home: Home, own: Path) -> None:
    fill(home, own)
    told: list[FoundModel] = []
    scan = look(home, own, on_found=told.append)
    assert sorted(model.card.path for model in told) == sorted(
        model.card.path for model in scan.found
    )
    assert told[0].app is ModelApp.OWN


def test_a_look_can_be_cancelled(home: Home, own: Path) -> None:
    fill(home, own)
    told: list[FoundModel] = []
    scan = look(home, own, on_found=told.append, is_cancelled=lambda: len(told) == 3)
    assert len(scan.found) == 3
    assert not scan.is_complete


def test_what_was_read_is_remembered_for_the_next_time(
    home: Home, own: Path, tmp_path: Path
) -> None:
    fill(home, own)
    for path in tmp_path.rglob("*.gguf"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    cache_file = tmp_path / "cache" / "headers.json"
    first = look(home, own, cache=HeaderCache(cache_file))
    assert cache_file.is_file()
    assert look(home, own, cache=HeaderCache(cache_file)) == first


def test_an_impossible_date_is_no_date(own: Path) -> None:
    path = write(own / "ada.gguf", model_bytes("Ada"))
    times = {"st_mtime": 1e18, "st_mtime_ns": 10**27}
    status = os.stat_result((*path.stat()[:8], 10**18, 0), times)
    found: list[FoundModel] = []
    look = Look((), HeaderCache(None), found.append)
    look.take(own_place(own), Sighting(path, status))
    assert isinstance(found[0].modified_utc, Unavailable)


def test_records_survive_json(home: Home, own: Path) -> None:
    fill(home, own)
    write(own / "page.gguf", b"<html>")
    scan = look(home, own)
    for kind, records in ((FoundModel, scan.found), (SetAside, scan.apart)):
        for record in records:
            assert msgspec.json.decode(msgspec.json.encode(record), type=kind) == record
