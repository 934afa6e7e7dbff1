"""Favourites and roles that follow a file wherever it is moved."""

from pathlib import Path

import msgspec
from tests.helpers.fit_world import write_card
from tests.helpers.records import make_card

from large_enough.catalog.fingerprint import file_fingerprint
from large_enough.comparison.model_marks import (
    MOST_MARKS,
    ModelRole,
    mark_key,
    mark_of,
    marks_of,
    role_of,
    with_favourite,
    with_role,
)
from large_enough.domain.model_card import Adapter
from large_enough.resources.settings import ModelMark, Settings


def test_a_file_that_is_moved_keeps_its_marks(tmp_path: Path) -> None:
    card = write_card(tmp_path / "one.gguf")
    key = file_fingerprint(Path(card.path))
    settings = with_favourite(Settings(), key, card.name, is_favourite=True)
    settings = with_role(settings, key, card.name, ModelRole.SMALL)
    new_place = tmp_path / "folder" / "renamed.gguf"
    new_place.parent.mkdir()
    Path(card.path).rename(new_place)
    moved = msgspec.structs.replace(card, path=str(new_place))
    another = write_card(tmp_path / "one.gguf", context_tokens=256)  # in its old place
    found = marks_of(settings, [moved, another])
    assert list(found) == [str(new_place)]
    assert found[str(new_place)].is_favourite
    assert role_of(found[str(new_place)]) is ModelRole.SMALL


def test_a_file_that_went_away_is_left_out(tmp_path: Path) -> None:
    card = write_card(tmp_path / "one.gguf")
    key = file_fingerprint(Path(card.path))
    settings = with_favourite(Settings(), key, card.name, is_favourite=True)
    Path(card.path).unlink()
    assert marks_of(settings, [card]) == {}


def test_marks_are_taken_away_again() -> None:
    settings = with_role(Settings(), "k", "Tiny", ModelRole.DOMAIN)
    settings = with_favourite(settings, "k", "Tiny", is_favourite=True)
    assert role_of(mark_of(settings, "k")) is ModelRole.DOMAIN
    settings = with_role(settings, "k", "Tiny", None)
    assert mark_of(settings, "k") == ModelMark(fingerprint="k", name="Tiny", is_favourite=True)
    assert with_favourite(settings, "k", "Tiny", is_favourite=False).model_marks == ()


def test_what_is_not_known_has_a_blank_mark() -> None:
    assert mark_of(Settings(), "k") == ModelMark(fingerprint="k")
    assert role_of(ModelMark(fingerprint="k", role="judge")) is None


def test_the_oldest_marks_are_forgotten() -> None:
    settings = Settings()
    for number in range(MOST_MARKS + 5):
        settings = with_favourite(settings, str(number), "", is_favourite=True)
    assert len(settings.model_marks) == MOST_MARKS
    assert mark_of(settings, "4") == ModelMark(fingerprint="4")
    assert mark_of(settings, "5").is_favourite


def test_nothing_is_read_where_nothing_is_marked(tmp_path: Path) -> None:
    def never(path: Path) -> str:
        raise AssertionError(path)

    card = write_card(tmp_path / "one.gguf")
    assert marks_of(Settings(), [card], fingerprint_of=never) == {}


def test_a_model_with_an_adapter_is_marked_apart(tmp_path: Path) -> None:
    for name in ("tiny.gguf", "pirate.gguf"):
        (tmp_path / name).write_bytes(name.encode())
    alone = msgspec.structs.replace(make_card(), path=str(tmp_path / "tiny.gguf"))
    path = str(tmp_path / "pirate.gguf")
    adapted = alone.with_adapter(Adapter(path=path, name="Pirate", size_bytes=1))
    settings = with_role(Settings(), mark_key(adapted), adapted.name, ModelRole.DOMAIN)
    assert list(marks_of(settings, (alone, adapted))) == [adapted.reference]
