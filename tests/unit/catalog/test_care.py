"""Models that are here: their origins, verifying, removing, adding them, and their sheets."""

import hashlib
import os
from pathlib import Path

import msgspec
import pytest
from tests.helpers.catalogue_entries import HUB, tiny_entry, tiny_file, wheels_source
from tests.helpers.gguf_files import TINY_METADATA, TINY_SHAPES, write_gguf

from large_enough.catalog.added import Manner, bring_in, checked_place
from large_enough.catalog.cards import card_of
from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.fetch import Arrival
from large_enough.catalog.identity import FileHashes
from large_enough.catalog.model_sheet import sheet_of
from large_enough.catalog.origins import BROKEN_SUFFIX, FILE_NAME, Origins, origin_text
from large_enough.catalog.remove import removal_of, remove
from large_enough.catalog.scan import scan_folder
from large_enough.catalog.verify import KnownBy, Verdict, expected_sha256, verify_file
from large_enough.domain.clock import SystemClock
from large_enough.domain.errors import FailureKind, ModelFileError, RequestError
from large_enough.domain.model_card import BackendKind, ModelCard
from large_enough.domain.quantity import Unavailable

SCRIPT = '{"name": "Echo", "answers": [{"tokens": ["Yes"]}]}'


def never() -> bool:
    return False


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


def arrival_of(path: Path, **more: str) -> Arrival:
    """Return what is told when that file has just been fetched."""
    file = tiny_file(path.read_bytes())
    return Arrival(file, path, file.sources[0], more.get("revision", "c0ffee"))


def fetched(models: Path, name: str = "tiny.gguf") -> ModelCard:
    """Return a model that was fetched, with a note about it."""
    path = write_gguf(models / name)
    Origins(models).record(arrival_of(path), SystemClock(), is_pinned=False)
    return card_of(path, ())


def entry_for(path: Path) -> CatalogueEntry:
    """Return an entry of the catalogue for that very file."""
    return tiny_entry(path.read_bytes())


class TestOrigins:
    """Notes about where files came from."""

    def test_are_kept_by_path(self, models: Path) -> None:
        path = write_gguf(models / "someone" / "tiny" / "tiny.gguf")
        Origins(models).record(arrival_of(path), SystemClock(), is_pinned=True)
        origin = Origins(models).of(path)
        assert origin is not None
        assert (origin.repository, origin.file) == (HUB.repository, HUB.file)
        assert (origin.revision, origin.is_pinned) == ("c0ffee", True)
        assert origin.date_utc.endswith("+00:00")
        assert "someone/tiny/tiny.gguf" in (models / FILE_NAME).read_text(encoding="utf-8")

    def test_of_wheels_name_no_repository(self, models: Path) -> None:
        path = write_gguf(models / "tiny.gguf")
        source = wheels_source(path.read_bytes(), 2)
        arrival = arrival_of(path)._replace(source=source, revision="")
        Origins(models).record(arrival, SystemClock(), is_pinned=True)
        origin = Origins(models).of(path)
        assert origin is not None
        assert origin.repository == ""
        assert origin_text(origin) == "the Python package index, tiny-part1"

    def test_can_be_forgotten(self, models: Path) -> None:
        card = fetched(models)
        Origins(models).forget(Path(card.path))
        assert Origins(models).of(Path(card.path)) is None

    def test_end_at_the_models_folder(self, models: Path, tmp_path: Path) -> None:
        path = write_gguf(tmp_path / "elsewhere.gguf")
        models.mkdir()
        Origins(models).record(arrival_of(path), SystemClock(), is_pinned=True)
        assert Origins(models).of(path) is None
        Origins(models).forget(path)
        assert list(models.iterdir()) == []

    @pytest.mark.parametrize("text", ["", "{", "[]", '{"files": 3}', "[" * 100_000, "\ufffd"])
    def test_damaged_notes_are_none_and_are_kept_aside(self, models: Path, text: str) -> None:
        models.mkdir()
        (models / FILE_NAME).write_text(text, encoding="utf-8")
        path = write_gguf(models / "tiny.gguf")
        assert Origins(models).of(path) is None
        Origins(models).record(arrival_of(path), SystemClock(), is_pinned=True)
        assert Origins(models).of(path) is not None
        assert (models / (FILE_NAME + BROKEN_SUFFIX)).read_text(encoding="utf-8") == text


class TestVerify:
    """Comparing a file with its checksum."""

    def verdict(self, models: Path, card: ModelCard, *entries: CatalogueEntry) -> tuple[str, str]:
        path = Path(card.path)
        expected = expected_sha256(path, card, Origins(models), entries)
        hashes = FileHashes(models.parent / "cache" / "hashes.json")
        found = verify_file(path, expected, hashes, lambda _share: None, never)
        assert found is not None
        return found.verdict, found.known_by

    def test_the_note_is_compared_with(self, models: Path) -> None:
        card = fetched(models)
        assert self.verdict(models, card) == (Verdict.INTACT, KnownBy.RECORD)

    def test_a_changed_file_is_found_out_whatever_is_remembered(self, models: Path) -> None:
        card = fetched(models)
        path = Path(card.path)
        before = path.stat()
        assert self.verdict(models, card) == (Verdict.INTACT, KnownBy.RECORD)
        content = bytearray(path.read_bytes())
        content[-1] ^= 1
        path.write_bytes(content)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert self.verdict(models, card) == (Verdict.DIFFERENT, KnownBy.RECORD)

    def test_the_catalogue_counts_more_than_the_note(self, models: Path) -> None:
        card = fetched(models)
        entry = entry_for(Path(card.path))
        known = card_of(Path(card.path), (entry,))
        assert self.verdict(models, known, entry) == (Verdict.INTACT, KnownBy.CATALOGUE)

    def test_where_nothing_is_known_nothing_is_said(self, models: Path) -> None:
        card = card_of(write_gguf(models / "mine.gguf"), ())
        assert self.verdict(models, card) == (Verdict.NO_CHECKSUM, KnownBy.NOBODY)

    def test_stopped(self, models: Path) -> None:
        card = fetched(models)
        path = Path(card.path)
        expected = expected_sha256(path, card, Origins(models), ())
        hashes = FileHashes(models / "hashes.json")
        assert verify_file(path, expected, hashes, lambda _share: None, lambda: True) is None

    def test_a_file_that_is_gone_is_told(self, models: Path) -> None:
        card = fetched(models)
        path = Path(card.path)
        expected = expected_sha256(path, card, Origins(models), ())
        path.unlink()
        with pytest.raises(ModelFileError) as caught:
            verify_file(path, expected, FileHashes(models / "h"), lambda _share: None, never)
        assert caught.value.info.kind is FailureKind.FILE_MISSING


class TestRemove:
    """Giving disk space back."""

    def refusal(self, card: ModelCard, models: Path, *entries: CatalogueEntry) -> str:
        with pytest.raises(ModelFileError) as caught:
            removal_of(card, models, entries)
        assert caught.value.info.kind is FailureKind.NOT_OURS
        return str(caught.value.info.facts["reason"])

    def test_what_was_fetched(self, models: Path) -> None:
        card = fetched(models, "someone/tiny/tiny.gguf")
        removal = removal_of(card, models, ())
        assert removal.freed_bytes == card.size_bytes
        assert Path(card.path).exists()
        remove(removal, models)
        assert [path.name for path in models.iterdir()] == [FILE_NAME]
        assert Origins(models).of(Path(card.path)) is None

    def test_folders_that_hold_more_stay(self, models: Path) -> None:
        card = fetched(models, "someone/tiny/tiny.gguf")
        (models / "someone" / "notes.txt").touch()
        remove(removal_of(card, models, ()), models)
        assert (models / "someone" / "notes.txt").exists()
        assert not (models / "someone" / "tiny").exists()

    def test_a_model_of_the_catalogue_in_its_place(self, models: Path) -> None:
        path = write_gguf(models / "tiny.gguf")
        entry = entry_for(path)
        remove(removal_of(card_of(path, (entry,)), models, (entry,)), models)
        assert not path.exists()

    def test_not_what_somebody_put_there(self, models: Path) -> None:
        card = card_of(write_gguf(models / "mine.gguf"), ())
        assert "neither fetched nor made" in self.refusal(card, models)

    def test_what_was_made_here(self, models: Path, tmp_path: Path) -> None:
        card = card_of(write_gguf(models / "tiny.Q8_0.gguf"), ())
        remove(removal_of(card, models, (), is_made_here=True), models)
        assert not Path(card.path).exists()
        far = card_of(write_gguf(tmp_path / "tiny.Q8_0.gguf"), ())
        with pytest.raises(ModelFileError):
            removal_of(far, models, (), is_made_here=True)

    def test_not_what_lies_elsewhere(self, models: Path, tmp_path: Path) -> None:
        path = write_gguf(tmp_path / "tiny.gguf")
        assert "models folder" in self.refusal(card_of(path, ()), models, entry_for(path))

    def test_not_through_links(self, models: Path, tmp_path: Path) -> None:
        target = write_gguf(tmp_path / "elsewhere" / "tiny.gguf")
        models.mkdir()
        (models / "tiny.gguf").symlink_to(target)
        (models / "someone").symlink_to(target.parent)
        for path in (models / "tiny.gguf", models / "someone" / "tiny.gguf"):
            Origins(models).record(arrival_of(path), SystemClock(), is_pinned=True)
            assert "link" in self.refusal(card_of(path, ()), models)
        assert target.exists()

    def test_not_scripts(self, models: Path) -> None:
        card = fetched(models)
        script = msgspec.structs.replace(card, backend=BackendKind.ECHO)
        assert "script" in self.refusal(script, models)

    def test_what_another_name_holds_is_not_freed(self, models: Path, tmp_path: Path) -> None:
        card = fetched(models)
        os.link(card.path, tmp_path / "second.gguf")
        assert removal_of(card, models, ()).freed_bytes == 0

    def test_the_models_folder_itself_may_be_a_link(self, models: Path, tmp_path: Path) -> None:
        models.mkdir()
        link = tmp_path / "link"
        link.symlink_to(models)
        card = fetched(link)
        remove(removal_of(card, link, ()), link)
        assert not Path(card.path).exists()


class TestAdd:
    """Files from elsewhere."""

    def test_a_file_or_a_folder_can_be_added(self, tmp_path: Path) -> None:
        path = write_gguf(tmp_path / "far" / "mine.gguf")
        assert checked_place(path) == path
        assert checked_place(path.parent) == path.parent

    def test_added_places_are_scanned_each_model_once(self, models: Path, tmp_path: Path) -> None:
        path = write_gguf(tmp_path / "far" / "mine.gguf")
        inner = write_gguf(models / "own.gguf", shapes={**TINY_SHAPES, "more.weight": (64,)})
        added = (str(path), str(path.parent), str(inner), str(tmp_path / "gone.gguf"))
        scan = scan_folder(models, (), added=added)
        assert sorted(card.path for card in scan.cards) == sorted([str(path), str(inner)])
        assert [error.kind for error in scan.set_aside] == [FailureKind.FILE_MISSING]
        assert [model.twins for model in scan.found] == [(), ()]

    def test_what_is_no_model_cannot(self, tmp_path: Path) -> None:
        (tmp_path / "page.gguf").write_text("<html>", encoding="utf-8")
        with pytest.raises(ModelFileError):
            checked_place(tmp_path / "page.gguf")
        with pytest.raises(ModelFileError):
            checked_place(tmp_path / "gone.gguf")
        (tmp_path / "empty").mkdir()
        with pytest.raises(RequestError):
            checked_place(tmp_path / "empty")

    @pytest.mark.parametrize("manner", [Manner.LINK, Manner.COPY])
    def test_links_and_copies(self, models: Path, tmp_path: Path, manner: Manner) -> None:
        path = write_gguf(tmp_path / "far" / "mine.gguf")
        assert bring_in(path, models, manner) == (models / "mine.gguf",)
        assert (models / "mine.gguf").is_symlink() == (manner is Manner.LINK)
        assert (models / "mine.gguf").read_bytes() == path.read_bytes()
        assert [path.name for path in models.iterdir()] == ["mine.gguf"]

    def test_a_name_that_is_taken_is_refused(self, models: Path, tmp_path: Path) -> None:
        path = write_gguf(tmp_path / "far" / "mine.gguf")
        models.mkdir()
        (models / "mine.gguf").symlink_to(tmp_path / "nowhere")
        with pytest.raises(RequestError):
            bring_in(path, models, Manner.COPY)

    def test_a_folder_that_refuses_is_told(self, models: Path, tmp_path: Path) -> None:
        models.touch()
        with pytest.raises(RequestError):
            bring_in(write_gguf(tmp_path / "mine.gguf"), models, Manner.COPY)


class TestSheet:
    """All that is known about one model."""

    def test_of_a_fetched_model(self, models: Path) -> None:
        card = fetched(models)
        sheet = sheet_of(card, models, ())
        assert not isinstance(sheet.origin, Unavailable)
        assert sheet.origin.sha256 == hashlib.sha256(Path(card.path).read_bytes()).hexdigest()
        assert sheet.active_parameter_count == card.parameter_count
        assert sheet.thinks is False
        assert isinstance(sheet.family, Unavailable)
        assert isinstance(sheet.domain, Unavailable)

    def test_the_catalogue_knows_more(self, models: Path) -> None:
        path = write_gguf(models / "tiny.gguf")
        entry = entry_for(path)
        sheet = sheet_of(card_of(path, (entry,)), models, (entry,))
        assert (sheet.family, sheet.domain) == ("Tiny", "general")
        assert isinstance(sheet.origin, Unavailable)

    def test_of_a_thinking_mixture_of_experts(self, models: Path) -> None:
        metadata = {
            **TINY_METADATA,
            "general.basename": "Tiny",
            "llama.expert_count": 4,
            "llama.expert_used_count": 1,
            "tokenizer.chat_template": "{{ messages }}<think>",
        }
        shapes = {**TINY_SHAPES, "blk.0.ffn_up_exps.weight": (64, 32, 4)}
        card = card_of(write_gguf(models / "moe.gguf", metadata, shapes), ())
        sheet = sheet_of(card, models, ())
        assert sheet.thinks is True
        assert sheet.family == "Tiny"
        assert isinstance(card.parameter_count, int)
        assert sheet.active_parameter_count == card.parameter_count - 64 * 32 * 3

    def test_of_a_script(self, models: Path) -> None:
        models.mkdir()
        path = models / "one.echo.json"
        path.write_text(SCRIPT, encoding="utf-8")
        sheet = sheet_of(card_of(path, ()), models, ())
        assert isinstance(sheet.thinks, Unavailable)
