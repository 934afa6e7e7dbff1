"""A forecast while models are loaded, and what a round teaches about speed."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.tiny_model import write_tiny_model

from large_enough.comparison.events import RoundEvent
from large_enough.comparison.fit_desk import NOT_MEASURED
from large_enough.comparison.plans import new_round
from large_enough.comparison.workbench import Workbench
from large_enough.domain.expected_speed import ExpectedSpeed
from large_enough.domain.fit import FitVerdict, ModelFit
from large_enough.domain.generation import LoadSettings
from large_enough.domain.model_card import ModelCard
from large_enough.domain.round import AnswerSettings, Done
from large_enough.gguf.card import read_card
from large_enough.store.speed_runs import load_speed_runs

SETTINGS = LoadSettings(context_tokens=512)


class Nobody:
    """Listens to nothing."""

    def on_event(self, event: RoundEvent) -> None:
        del event


@pytest.fixture
def card(tmp_path: Path) -> ModelCard:
    return read_card(write_tiny_model(tmp_path / "tiny.gguf", says=("▁Yes", "▁no")))


@pytest.fixture
def workbench(home_folder: Path) -> Iterator[Workbench]:
    bench = Workbench.for_user({**os.environ, "LARGE_ENOUGH_HOME": str(home_folder)})
    yield bench
    bench.close()


def forecast(workbench: Workbench, card: ModelCard) -> ModelFit:
    group = workbench.forecast([(card, SETTINGS)], together=False)
    (fit,) = group.fits
    assert isinstance(fit, ModelFit), fit
    return fit


def test_a_loaded_model_gives_room_back_and_teaches_its_speed(
    workbench: Workbench, card: ModelCard
) -> None:
    before = forecast(workbench, card)
    assert before.room.released_bytes == 0
    assert before.verdict is FitVerdict.FITS
    assert before.speed == NOT_MEASURED  # nothing was allowed to measure it

    settings = AnswerSettings(max_tokens=200)
    record = workbench.run_round(
        new_round([card], "Yes?", settings=settings, load=SETTINGS), Nobody()
    )
    (done,) = record.results
    assert isinstance(done, Done)

    after = forecast(workbench, card)
    assert after.room.released_bytes > 10_000_000
    learnt = load_speed_runs(workbench.folders.data)
    if done.is_disturbed:  # other programs were busy: that is no measure of a speed
        assert learnt == ()
    else:
        assert isinstance(after.speed, ExpectedSpeed)
        assert after.speed.last_tokens_per_s == done.answer.timing.generation_tokens_per_s
        assert learnt[0].name == card.name
