"""Listing and fetching repositories: huggingface_hub against a local server that may misbehave."""

import contextlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.helpers.catalogue_entries import HUB, tiny_entry
from tests.helpers.hub_server import COMMIT, Hub, running_hub, tree_entry

from large_enough.catalog.catalogue import NO_CHECKSUM, NOT_IN_CATALOGUE, CatalogueEntry
from large_enough.catalog.child import Patience
from large_enough.catalog.identity import FileHashes
from large_enough.catalog.order import hub_lister
from large_enough.catalog.origins import Origins
from large_enough.catalog.repository import Listing, list_repository
from large_enough.catalog.repository_choice import HubModel
from large_enough.catalog.sources import HuggingFaceSource
from large_enough.cli.models_get import GetRequest, get_models
from large_enough.comparison.fetching import FetchDesk
from large_enough.domain.clock import SystemClock
from large_enough.domain.errors import ErrorInfo, FailureKind, FetchError
from large_enough.domain.quantity import Unavailable

CONTENT = bytes(range(256)) * 4000
SMALL = CONTENT[:50_000]
REPOSITORY = "someone/tiny"
CLOSED = "http://127.0.0.1:9"
"""Nothing listens there."""
AT_ONCE_S = 10.0
"""More than enough to start one program that is refused at once."""


def never() -> bool:
    return False


@pytest.fixture
def hub() -> Iterator[Hub]:
    with running_hub(CONTENT) as hub:
        yield hub


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


def environ_of(hub: Hub | None) -> dict[str, str]:
    return {**os.environ, "HF_ENDPOINT": hub.address if hub else CLOSED}


def listed(hub: Hub, folder: Path, **more: Any) -> Listing:
    folder.mkdir(exist_ok=True)
    listing = list_repository(
        REPOSITORY, folder, never, environ=environ_of(hub), clock=SystemClock(), **more
    )
    assert listing is not None
    return listing


def refusal(hub: Hub, folder: Path, **more: Any) -> ErrorInfo:
    with pytest.raises(FetchError) as caught:
        listed(hub, folder, **more)
    return caught.value.info


class TestListing:
    """What the hub says about a repository."""

    def test_has_sizes_checksums_commit_and_licence(self, hub: Hub, tmp_path: Path) -> None:
        hub.publish(
            REPOSITORY,
            {"b-Q8_0.gguf": CONTENT, "a/a-Q4_0.gguf": SMALL, "README.md": b"x", "x.bin": b"y"},
            cardData={"license": "apache-2.0"},
        )
        listing = listed(hub, tmp_path / "work")
        assert [(file.path, file.size_bytes) for file in listing.files] == [
            ("a/a-Q4_0.gguf", len(SMALL)),
            ("b-Q8_0.gguf", len(CONTENT)),
        ]
        lfs = tree_entry("b-Q8_0.gguf", CONTENT)["lfs"]
        assert listing.files[1].sha256 == lfs["oid"]
        assert (listing.commit, listing.licence) == (COMMIT, "apache-2.0")
        assert not listing.is_cut
        assert all(line.startswith("GET /api/models/") for line in hub.asked)

    def test_the_hub_is_told_nothing_about_the_user(self, hub: Hub, tmp_path: Path) -> None:
        hub.publish(REPOSITORY, {"a.gguf": SMALL})
        environ = {**environ_of(hub), "HF_TOKEN": "hf_secret"}
        assert list_repository(REPOSITORY, tmp_path, never, environ=environ, clock=SystemClock())
        assert hub.headers
        assert all("hf_secret" not in str(headers) for headers in hub.headers)

    def test_names_that_lead_elsewhere_are_left_out(self, hub: Hub, tmp_path: Path) -> None:
        tricks = ("../../x.gguf", "/etc/x.gguf", "a/../x.gguf", "C:\\x.gguf", "con.gguf", ".gguf")
        hub.publish(REPOSITORY, dict.fromkeys((*tricks, "a\x1b[31m.gguf", "good.gguf"), SMALL))
        listing = listed(hub, tmp_path / "work")
        assert [file.path for file in listing.files] == ["good.gguf"]

    @pytest.mark.parametrize("status", [401, 403, 404, 500])
    def test_a_refusal_is_told(self, hub: Hub, tmp_path: Path, status: int) -> None:
        hub.status = status
        info = refusal(hub, tmp_path / "work")
        assert info.kind is FailureKind.REPOSITORY_REFUSED
        assert info.facts["status"] == str(status)

    @pytest.mark.parametrize(
        "answer",
        [b"<html>not JSON", b"", [], [{"type": "file"}], b"\xff\xfe", {"error": "no"}, 7],
    )
    def test_garbage_is_no_listing(self, hub: Hub, tmp_path: Path, answer: object) -> None:
        hub.publish(REPOSITORY, {"a.gguf": SMALL})
        for path in hub.api:
            hub.api[path] = answer
        assert refusal(hub, tmp_path / "work").kind is FailureKind.SOURCE_FAILED

    def test_sizes_that_make_no_sense_are_no_listing(self, hub: Hub, tmp_path: Path) -> None:
        hub.publish(REPOSITORY, {"a.gguf": SMALL})
        tree = hub.api[f"/api/models/{REPOSITORY}/tree/{COMMIT}"]
        tree[0]["lfs"]["size"] = "many"
        assert refusal(hub, tmp_path / "work").kind is FailureKind.SOURCE_FAILED

    def test_a_huge_listing_is_cut(self, hub: Hub, tmp_path: Path) -> None:
        entry = tree_entry("a.gguf", SMALL)
        tree = [{**entry, "path": f"part{number}.gguf"} for number in range(20_050)]
        hub.publish(REPOSITORY, {})
        hub.api[f"/api/models/{REPOSITORY}/tree/{COMMIT}"] = tree
        listing = listed(hub, tmp_path / "work")
        assert listing.is_cut
        assert len(listing.files) == 20_000

    def test_a_server_that_never_answers(self, hub: Hub, tmp_path: Path) -> None:
        hub.is_deaf = True
        impatient = Patience(first_byte_s=2, next_byte_s=2)
        info = refusal(hub, tmp_path / "work", patience=impatient)
        assert info.kind is FailureKind.NO_NETWORK

    def test_stopped(self, hub: Hub, tmp_path: Path) -> None:
        hub.is_deaf = True
        environ, clock = environ_of(hub), SystemClock()
        assert (
            list_repository(REPOSITORY, tmp_path, lambda: True, environ=environ, clock=clock)
            is None
        )

    def test_being_offline_is_told_at_once_and_tried_once(self, tmp_path: Path) -> None:
        clock = SystemClock()
        began_s = clock.monotonic_s()
        lister = hub_lister(environ_of(None), clock, never)
        for _ in range(5):
            with pytest.raises(FetchError) as caught:
                lister(REPOSITORY)
            assert caught.value.info.kind is FailureKind.NO_NETWORK
        assert clock.monotonic_s() - began_s < AT_ONCE_S


class TestGet:
    """`models get OWNER/REPO`."""

    def get(
        self,
        folder: Path,
        hub: Hub | None,
        *names: str,
        entries: tuple[CatalogueEntry, ...] = (),
        chooser: Callable[..., HubModel | None] | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> int:
        request = GetRequest(
            ids=names,
            wants_all=False,
            folder=folder,
            cache=folder.parent / "cache",
            chooser=chooser,
        )
        return get_models(request, entries, environ or environ_of(hub))

    def test_the_only_file_is_fetched_and_its_origin_noted(
        self, folder: Path, hub: Hub, capsys: pytest.CaptureFixture[str]
    ) -> None:
        hub.publish(REPOSITORY, {"x-Q4_0.gguf": SMALL}, cardData={"license": "mit"})
        assert self.get(folder, hub, REPOSITORY) == 0
        path = folder / "someone" / "tiny" / "x-Q4_0.gguf"
        assert path.read_bytes() == SMALL
        output = capsys.readouterr().out
        assert "mit, from Hugging Face, someone/tiny" in output
        assert "the publisher's own is taken" in output
        assert f"Hugging Face is reached through {hub.address}." in output
        origin = Origins(folder).of(path)
        assert origin is not None
        assert (origin.repository, origin.file) == (REPOSITORY, "x-Q4_0.gguf")
        assert (origin.revision, origin.is_pinned) == (COMMIT, False)
        assert origin.sha256 == tree_entry("x", SMALL)["lfs"]["oid"]
        assert f"/resolve/{COMMIT}/x-Q4_0.gguf" in hub.asked[-1]

    def test_what_is_here_is_not_fetched_again(self, folder: Path, hub: Hub) -> None:
        hub.publish(REPOSITORY, {"x-Q4_0.gguf": SMALL})
        assert self.get(folder, hub, REPOSITORY) == 0
        hub.asked.clear()
        assert self.get(folder, hub, f"{REPOSITORY}:Q4_0") == 0
        assert not any("/resolve/" in line for line in hub.asked)

    @pytest.mark.parametrize("wanted", ["Q8_0", "q8_0", "x-Q8_0.gguf", "x-q8_0"])
    def test_a_quantisation_or_a_name_chooses(self, folder: Path, hub: Hub, wanted: str) -> None:
        hub.publish(REPOSITORY, {"x-Q4_0.gguf": SMALL, "x-Q8_0.gguf": CONTENT})
        assert self.get(folder, hub, f"{REPOSITORY}:{wanted}") == 0
        assert [path.name for path in folder.rglob("*.gguf")] == ["x-Q8_0.gguf"]

    @pytest.mark.parametrize("wanted", ["", ":Q3_K_M"])
    def test_nothing_is_fetched_where_it_is_not_clear_what(
        self, folder: Path, hub: Hub, capsys: pytest.CaptureFixture[str], wanted: str
    ) -> None:
        hub.publish(REPOSITORY, {"x-Q4_0.gguf": SMALL, "x-Q8_0.gguf": CONTENT})
        assert self.get(folder, hub, REPOSITORY + wanted) == 2
        errors = capsys.readouterr().err
        assert "x-Q4_0.gguf, x-Q8_0.gguf" in errors
        assert not any("/resolve/" in line for line in hub.asked)

    def test_who_can_be_asked_is_asked(self, folder: Path, hub: Hub) -> None:
        hub.publish(REPOSITORY, {"x-Q4_0.gguf": SMALL, "x-Q8_0.gguf": CONTENT})

        def second(listing: Listing, models: tuple[HubModel, ...]) -> HubModel:
            assert listing.repository == REPOSITORY
            return models[1]

        assert self.get(folder, hub, REPOSITORY, chooser=second) == 0
        assert [path.name for path in folder.rglob("*.gguf")] == ["x-Q8_0.gguf"]

    def test_who_chooses_none_gets_none(self, folder: Path, hub: Hub) -> None:
        hub.publish(REPOSITORY, {"x-Q4_0.gguf": SMALL, "x-Q8_0.gguf": CONTENT})
        assert self.get(folder, hub, REPOSITORY, chooser=lambda _listing, _models: None) == 1
        assert not folder.exists()

    def test_a_split_model_is_fetched_whole(self, folder: Path, hub: Hub) -> None:
        parts = {f"Q4/x-Q4_0-0000{number}-of-00003.gguf": SMALL * number for number in (1, 2, 3)}
        hub.publish(REPOSITORY, parts)
        assert self.get(folder, hub, f"{REPOSITORY}:Q4_0") == 0
        found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.gguf"))
        assert found == [f"someone/tiny/{name}" for name in sorted(parts)]
        for name, content in parts.items():
            assert (folder / "someone" / "tiny" / name).read_bytes() == content

    def test_a_split_model_that_lacks_a_part_is_none(self, folder: Path, hub: Hub) -> None:
        hub.publish(REPOSITORY, {"x-00001-of-00002.gguf": SMALL})
        assert self.get(folder, hub, REPOSITORY) == 2

    def test_a_wrong_file_is_removed_and_told(
        self, folder: Path, hub: Hub, capsys: pytest.CaptureFixture[str]
    ) -> None:
        hub.publish(REPOSITORY, {"x.gguf": SMALL})
        hub.files["x.gguf"] = SMALL[::-1]
        assert self.get(folder, hub, REPOSITORY) == 1
        assert "is not the published file" in capsys.readouterr().err
        assert [path for path in folder.rglob("*") if path.is_file()] == []

    def test_a_file_without_a_checksum_is_not_fetched(
        self, folder: Path, hub: Hub, capsys: pytest.CaptureFixture[str]
    ) -> None:
        hub.publish(REPOSITORY, {"x.gguf": SMALL})
        del hub.api[f"/api/models/{REPOSITORY}/tree/{COMMIT}"][0]["lfs"]
        assert self.get(folder, hub, REPOSITORY) == 1
        assert "could not be verified" in capsys.readouterr().err
        assert not any("/resolve/" in line for line in hub.asked)

    def test_a_gated_repository_says_what_to_do(
        self, folder: Path, hub: Hub, capsys: pytest.CaptureFixture[str]
    ) -> None:
        hub.status = 401
        assert self.get(folder, hub, REPOSITORY) == 1
        assert "wants an account or a signature" in " ".join(capsys.readouterr().err.split())

    def test_files_for_those_who_sign_in_are_not_asked_for(
        self, folder: Path, hub: Hub, capsys: pytest.CaptureFixture[str]
    ) -> None:
        hub.publish(REPOSITORY, {"x.gguf": SMALL}, gated="manual")
        assert self.get(folder, hub, REPOSITORY) == 1
        assert "only for those who sign in" in " ".join(capsys.readouterr().err.split())
        assert not any("/resolve/" in line for line in hub.asked)

    def test_the_catalogues_own_file_is_the_catalogues(self, folder: Path, hub: Hub) -> None:
        entry = tiny_entry(SMALL)
        hub.publish(REPOSITORY, {"tiny.gguf": SMALL, "other.gguf": CONTENT})
        assert self.get(folder, hub, f"{REPOSITORY}:tiny.gguf", entries=(entry,)) == 0
        assert (folder / "tiny.gguf").read_bytes() == SMALL
        origin = Origins(folder).of(folder / "tiny.gguf")
        assert origin is not None
        assert origin.is_pinned

    def test_a_link_out_of_the_models_folder_is_no_place(self, folder: Path, hub: Hub) -> None:
        assert self.get(folder, hub, "../../etc:x") == 2
        assert hub.asked == []

    @pytest.mark.parametrize("address", ["http://mirror.example", "ftp://x", "https://", "x"])
    def test_a_mirror_must_be_trustworthy(
        self, folder: Path, address: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        environ = {**os.environ, "HF_ENDPOINT": address}
        assert self.get(folder, None, REPOSITORY, environ=environ) == 2
        assert "HF_ENDPOINT" in capsys.readouterr().err


class TestEntryWithoutChecksum:
    """Models of the catalogue whose checksum nobody confirmed."""

    @staticmethod
    def entry(**more: Any) -> CatalogueEntry:
        fields = {
            name: getattr(tiny_entry(SMALL), name) for name in CatalogueEntry.__struct_fields__
        }
        unknown = {"sha256": NO_CHECKSUM, "size_bytes": NOT_IN_CATALOGUE}
        return CatalogueEntry(**{**fields, **unknown, **more})

    def get(self, folder: Path, hub: Hub | None, entry: CatalogueEntry) -> int:
        return TestGet().get(folder, hub, "tiny", entries=(entry,))

    def test_the_publishers_own_is_taken(self, folder: Path, hub: Hub) -> None:
        hub.publish(HUB.repository, {"tiny.gguf": SMALL})
        assert self.get(folder, hub, self.entry()) == 0
        origin = Origins(folder).of(folder / "tiny.gguf")
        assert origin is not None
        assert not origin.is_pinned
        document = json.loads((folder / "fetched.json").read_text(encoding="utf-8"))
        assert list(document["files"]) == ["tiny.gguf"]

    def test_a_known_checksum_counts_although_the_size_is_not_known(
        self, folder: Path, hub: Hub, capsys: pytest.CaptureFixture[str]
    ) -> None:
        hub.publish(HUB.repository, {"tiny.gguf": SMALL})
        assert self.get(folder, hub, self.entry(sha256="ab" * 32)) == 1
        assert "has another file by now" in capsys.readouterr().err
        assert not any("/resolve/" in line for line in hub.asked)

    def test_a_file_that_is_gone_is_told(
        self, folder: Path, hub: Hub, capsys: pytest.CaptureFixture[str]
    ) -> None:
        hub.publish(HUB.repository, {"renamed.gguf": SMALL})
        assert self.get(folder, hub, self.entry()) == 1
        assert "holds no tiny.gguf any more" in capsys.readouterr().err

    def test_without_a_network(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.get(folder, None, self.entry()) == 1
        assert "no network connection" in capsys.readouterr().err


def test_a_listing_names_no_licence_where_none_is_declared(hub: Hub, tmp_path: Path) -> None:
    hub.publish(REPOSITORY, {"a.gguf": SMALL})
    assert isinstance(listed(hub, tmp_path / "work").licence, Unavailable)


class TestWindow:
    """Fetching for the window."""

    def fetch(self, hub: Hub, folder: Path, *entries: CatalogueEntry, **more: Any) -> bool:
        hashes = FileHashes(folder.parent / "hashes.json")
        desk = FetchDesk(folder, entries, hashes, lambda: environ_of(hub))
        is_cancelled = more.get("is_cancelled", never)
        with contextlib.closing(desk):
            return desk.fetch(entries, more.get("on_progress", print), is_cancelled)

    def test_all_come_and_are_remembered(self, hub: Hub, folder: Path) -> None:
        seen: list[str] = []
        entry = TestEntryWithoutChecksum.entry()
        hub.publish(HUB.repository, {"tiny.gguf": SMALL})
        assert self.fetch(
            hub, folder, entry, on_progress=lambda progress: seen.append(progress.entry_id)
        )
        assert set(seen) == {"tiny"}
        assert (folder.parent / "hashes.json").exists()

    def test_stopped(self, hub: Hub, folder: Path) -> None:
        assert not self.fetch(hub, folder, tiny_entry(SMALL), is_cancelled=lambda: True)
        assert not self.fetch(
            hub, folder, TestEntryWithoutChecksum.entry(), is_cancelled=lambda: True
        )

    def test_a_failure_is_raised_after_the_others_have_come(self, hub: Hub, folder: Path) -> None:
        wrong = tiny_entry(SMALL[::-1])
        right = tiny_entry(CONTENT, identifier="right")
        hub.files["tiny.gguf"] = SMALL
        hub.content = CONTENT
        sources = (HuggingFaceSource(repository=REPOSITORY, file="right.gguf"),)
        with pytest.raises(FetchError) as caught:
            self.fetch(hub, folder, wrong, msgspec.structs.replace(right, sources=sources))
        assert caught.value.info.kind is FailureKind.CHECKSUM_MISMATCH
        assert [path.name for path in folder.glob("*.gguf")] == ["right.gguf"]
