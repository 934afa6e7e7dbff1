"""Each question about a model is asked once."""

import os
from pathlib import Path

import pytest
from tests.helpers.fit_world import CPU, NO_ENGINE, FakeEngine, graphics_room, write_card

from large_enough.comparison.dry_run_cache import DryRunCache
from large_enough.domain.dry_run import DryRun
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.generation import CacheType, LoadSettings
from large_enough.domain.model_card import ModelCard

SETTINGS = LoadSettings(context_tokens=512)


class FakeDryRuns:
    """Asks the made-up engine."""

    def __init__(self, engine: FakeEngine, card: ModelCard) -> None:
        self._engine = engine
        self._card = card
        self.is_closed = False

    def run(self, path: str, settings: LoadSettings) -> DryRun | ErrorInfo:
        assert path == self._card.path
        return self._engine.ask(self._card, settings)

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def card(tmp_path: Path) -> ModelCard:
    return write_card(tmp_path / "model.gguf")


def asked(
    folder: Path, card: ModelCard, engine: FakeEngine, version: str = "1", times: int = 1
) -> DryRun | ErrorInfo:
    runs = FakeDryRuns(engine, card)
    cache = DryRunCache(folder, runs, version)
    answers = [cache.ask(card, SETTINGS) for _time in range(times)]
    cache.close()
    assert runs.is_closed
    return answers[-1]


def test_the_second_time_the_file_answers(tmp_path: Path, card: ModelCard) -> None:
    engine = FakeEngine()
    first = asked(tmp_path / "cache", card, engine, times=3)
    assert asked(tmp_path / "cache", card, engine) == first
    assert engine.asked == [SETTINGS]


def test_another_file_or_engine_is_asked_about_anew(tmp_path: Path, card: ModelCard) -> None:
    engine = FakeEngine()
    asked(tmp_path / "cache", card, engine)
    asked(tmp_path / "cache", card, engine, version="2")
    os.utime(card.path, ns=(1, 1))
    asked(tmp_path / "cache", card, engine)
    assert len(engine.asked) == 3


def test_where_there_is_a_card_nothing_is_kept_for_long(tmp_path: Path, card: ModelCard) -> None:
    engine = FakeEngine(rooms=(graphics_room(5_000_000_000), CPU))
    asked(tmp_path / "cache", card, engine, times=5)
    assert len(engine.asked) == 1
    asked(tmp_path / "cache", card, engine)
    assert len(engine.asked) == 2


def test_an_engine_that_failed_is_not_asked_again(tmp_path: Path, card: ModelCard) -> None:
    engine = FakeEngine(failure=NO_ENGINE)
    assert asked(tmp_path / "cache", card, engine, times=20) == NO_ENGINE
    assert len(engine.asked) == 1
    asked(tmp_path / "cache", card, engine)
    assert len(engine.asked) == 2


def test_a_file_that_is_gone_is_told_without_the_engine(tmp_path: Path, card: ModelCard) -> None:
    Path(card.path).unlink()
    engine = FakeEngine()
    found = asked(tmp_path / "cache", card, engine)
    assert isinstance(found, ErrorInfo)
    assert found.kind is FailureKind.FILE_MISSING
    assert engine.asked == []


def test_refused_settings_leave_the_others_alone(tmp_path: Path, card: ModelCard) -> None:
    refused = ErrorInfo(kind=FailureKind.LOAD_REFUSED, subject=card.path)
    engine = FakeEngine(refused_caches={CacheType.Q8_0: refused})
    cache = DryRunCache(tmp_path / "cache", FakeDryRuns(engine, card), "1")
    small = LoadSettings(cache_type=CacheType.Q8_0)
    assert [cache.ask(card, small) for _time in range(3)] == [refused] * 3
    assert isinstance(cache.ask(card, SETTINGS), DryRun)
    assert engine.asked == [small, SETTINGS]
