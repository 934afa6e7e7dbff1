import json
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.app_layouts import (
    ADAPTER_TYPE,
    LIST_TYPE,
    MODEL_TYPE,
    PROJECTOR_TYPE,
    OllamaStore,
    adapter_bytes,
    model_bytes,
    projector_bytes,
    write,
)

from large_enough.catalog.disk import Disk
from large_enough.catalog.places.ollama import is_ollama_folder, ollama_sights
from large_enough.catalog.places.place import Layout, Place, Sight, Sighting
from large_enough.domain.errors import FailureKind
from large_enough.domain.found_model import ModelApp, SetAside, WhyAside


@pytest.fixture
def store(tmp_path: Path) -> OllamaStore:
    return OllamaStore(tmp_path / "models")


def sights_of(store: OllamaStore) -> list[Sight]:
    return list(ollama_sights(Place(ModelApp.OLLAMA, store.folder, Layout.OLLAMA), Disk()))


def sightings_of(store: OllamaStore) -> list[Sighting]:
    sights = sights_of(store)
    assert all(isinstance(sight, Sighting) for sight in sights), sights
    return [sight for sight in sights if isinstance(sight, Sighting)]


def refusal_of(store: OllamaStore) -> SetAside:
    (sight,) = sights_of(store)
    assert isinstance(sight, SetAside)
    return sight


def test_no_folder_no_models(store: OllamaStore) -> None:
    assert sights_of(store) == []
    assert not is_ollama_folder(store.folder)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("registry.ollama.ai/library/qwen3/4b", "qwen3:4b"),
        ("registry.ollama.ai/ada/tiny/latest", "ada/tiny:latest"),
        ("hf.co/bartowski/Tiny-GGUF/Q4_K_M", "hf.co/bartowski/Tiny-GGUF:Q4_K_M"),
    ],
)
@pytest.mark.parametrize("folder", ["manifests", "manifests-v2"])
def test_names_are_shortened_as_ollama_does(
    store: OllamaStore, path: str, name: str, folder: str
) -> None:
    content = model_bytes()
    store.note(store.manifest((MODEL_TYPE, content)), path, folder)
    (sighting,) = sightings_of(store)
    assert sighting.name == name
    assert sighting.path.read_bytes() == content
    assert sighting.status is not None
    assert is_ollama_folder(store.folder)


def test_a_manifest_that_is_a_link_to_a_blob(store: OllamaStore) -> None:
    store.link(store.manifest((MODEL_TYPE, model_bytes())))
    (sighting,) = sightings_of(store)
    assert sighting.name == "tiny:latest"


def test_the_newer_manifest_wins(store: OllamaStore) -> None:
    store.note(store.manifest((MODEL_TYPE, model_bytes("old"))))
    store.link(store.manifest((MODEL_TYPE, model_bytes("new"))))
    (sighting,) = sightings_of(store)
    assert sighting.path.read_bytes() == model_bytes("new")


def test_a_list_of_manifests_holds_one_for_llama_cpp(store: OllamaStore) -> None:
    mlx = store.manifest(("x", b"mlx"), runner="mlx", format="safetensors")
    other = store.manifest((MODEL_TYPE, model_bytes("other")), runner="llamacpp", format="gguf")
    wanted = store.manifest((MODEL_TYPE, model_bytes("wanted")), runner="ollama", format="gguf")
    store.note({"mediaType": LIST_TYPE, "manifests": [mlx, other, wanted]})
    (sighting,) = sightings_of(store)
    assert sighting.path.read_bytes() == model_bytes("wanted")


def test_a_list_may_name_manifests_by_their_digests(store: OllamaStore) -> None:
    child = store.manifest((MODEL_TYPE, model_bytes()))
    digest = store.blob(json.dumps(child).encode())
    reference = {"mediaType": child["mediaType"], "digest": digest, "runner": "llamacpp"}
    store.note({"mediaType": LIST_TYPE, "manifests": [reference]})
    (sighting,) = sightings_of(store)
    assert sighting.path.read_bytes() == model_bytes()


@pytest.mark.parametrize(
    "manifest",
    [
        {"layers": []},
        {"layers": None},
        {"layers": [{"mediaType": "application/vnd.ollama.image.license", "digest": "none"}]},
        {"layers": [{"mediaType": MODEL_TYPE, "digest": "none"}], "format": "safetensors"},
        {"layers": [{"mediaType": MODEL_TYPE, "digest": "none"}], "runner": "mlx"},
        {"mediaType": LIST_TYPE, "manifests": []},
        {"mediaType": LIST_TYPE, "manifests": [{"mediaType": LIST_TYPE, "manifests": []}]},
        {"mediaType": LIST_TYPE, "manifests": [{"runner": "mlx", "digest": "none"}]},
    ],
)
def test_what_is_not_for_llama_cpp_is_left_out(store: OllamaStore, manifest: object) -> None:
    store.note(manifest)
    assert sights_of(store) == []


def test_projectors_and_adapters_are_met_as_well(store: OllamaStore) -> None:
    layers = (MODEL_TYPE, model_bytes()), (PROJECTOR_TYPE, projector_bytes())
    store.note(store.manifest(*layers, (ADAPTER_TYPE, adapter_bytes())))
    model, projector, adapter = sightings_of(store)
    assert model.adapter_paths == (adapter.path,)
    assert projector.path.read_bytes() == projector_bytes()
    assert adapter.path.read_bytes() == adapter_bytes()
    assert {sight.name for sight in (model, projector, adapter)} == {"tiny:latest"}


def nested(depth: int) -> Any:
    return '{"manifests": [' * depth + "]}" * depth


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "it is no manifest of a model"),
        ("[1]", "it is no manifest of a model"),
        ('{"layers": "none"}', "it is no manifest of a model"),
        ('{"layers": [5]}', "it is no manifest of a model"),
        ("\xff", "it is no manifest of a model"),
        (nested(20_000), "it is no manifest of a model"),
        (" " * 1_100_000, "it is too large for a note"),
    ],
)
def test_manifests_that_make_no_sense(store: OllamaStore, content: str, problem: str) -> None:
    path = store.folder / "manifests/registry.ollama.ai/library/tiny/latest"
    write(path, content.encode("latin-1"))
    refusal = refusal_of(store)
    assert (refusal.why, refusal.shown_name) == (WhyAside.DAMAGED, "tiny:latest")
    assert refusal.error.kind is FailureKind.NOTE_UNUSABLE
    assert refusal.error.facts == {"app": "Ollama", "problem": problem}
    assert refusal.error.subject == str(path)


@pytest.mark.parametrize(
    "digest",
    [
        "",
        "sha256:../../../../etc/passwd",
        "sha256:" + "0" * 63,
        "sha256:" + "0" * 64 + "/../x",
        "sha256:" + "g" * 64,
        "md5:" + "0" * 64,
        "/etc/passwd",
        "sha256-" + "0" * 64 + "\n",
    ],
)
def test_digests_cannot_lead_out_of_the_folder(store: OllamaStore, digest: str) -> None:
    store.note({"layers": [{"mediaType": MODEL_TYPE, "digest": digest}]})
    problem = refusal_of(store).error.facts["problem"]
    assert problem == "it names a file by something else than a checksum"
    store.note({"mediaType": LIST_TYPE, "manifests": [{"digest": digest}]})
    assert refusal_of(store).error.facts["problem"] == problem


def test_a_list_that_leads_to_no_manifest(store: OllamaStore) -> None:
    digest = "sha256:" + "0" * 64
    store.note({"mediaType": LIST_TYPE, "manifests": [{"digest": digest}]})
    assert refusal_of(store).error.facts["problem"] == "it is not there"
    store.note({"mediaType": LIST_TYPE, "manifests": [{"digest": store.blob(model_bytes())}]})
    assert refusal_of(store).error.facts["problem"] == "it is no manifest of a model"


def test_a_blob_that_is_gone(store: OllamaStore) -> None:
    manifest = store.manifest((MODEL_TYPE, model_bytes()))
    store.blob_path(manifest["layers"][0]["digest"]).unlink()
    store.note(manifest)
    (sighting,) = sightings_of(store)
    assert sighting.status is None


def test_a_manifest_link_that_leads_nowhere(store: OllamaStore) -> None:
    store.link(store.manifest((MODEL_TYPE, model_bytes()))).resolve().unlink()
    assert refusal_of(store).error.facts["problem"] == "it is not there"


def test_a_blob_may_lie_on_another_disk(store: OllamaStore, tmp_path: Path) -> None:
    manifest = store.manifest((MODEL_TYPE, model_bytes()))
    blob = store.blob_path(manifest["layers"][0]["digest"])
    blob.rename(tmp_path / "elsewhere")
    blob.symlink_to(tmp_path / "elsewhere")
    store.note(manifest)
    (sighting,) = sightings_of(store)
    assert sighting.status is not None


def test_unfinished_downloads_are_told_once(store: OllamaStore) -> None:
    name = "sha256-" + "0" * 64
    for suffix in ("-partial", "-partial-0", "-partial-1"):
        write(store.folder / "blobs" / (name + suffix), b"GGUF")
    write(store.folder / "blobs" / "sha256-123", b"GGUF")
    refusal = refusal_of(store)
    assert refusal.why is WhyAside.UNFINISHED
    assert refusal.error.subject.endswith("-partial")


def test_files_that_are_no_manifests(store: OllamaStore) -> None:
    write(store.folder / "manifests" / ".DS_Store", b"")
    write(store.folder / "manifests/registry.ollama.ai/library/tiny/.manifest-1", b"")
    write(store.folder / "manifests/registry.ollama.ai/too-short", b"{")
    write(store.folder / "manifests/registry.ollama.ai/library/tiny/1b/too-long", b"{")
    assert sights_of(store) == []


def test_a_name_cannot_reach_the_terminal(store: OllamaStore) -> None:
    manifest = store.manifest((MODEL_TYPE, model_bytes()))
    store.note(manifest, "registry.ollama.ai/library/\x1b[31mred/latest")
    (sighting,) = sightings_of(store)
    assert "\x1b" not in sighting.name
