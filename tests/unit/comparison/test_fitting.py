"""Whether models fit, with an engine and a memory made of numbers."""

import dataclasses
from pathlib import Path

import msgspec
import pytest
from tests.helpers.fit_world import (
    BYTES_PER_TOKEN,
    NO_ENGINE,
    SCRATCH_BYTES,
    WEIGHTS_BYTES,
    FakeEngine,
    graphics_room,
    sources,
    write_card,
)
from tests.helpers.records import make_card

from large_enough.comparison.fitting import CACHE_IS_REFUSED, fit_models
from large_enough.comparison.graphics_fit import NO_CARD, NOT_ASKED
from large_enough.comparison.largest_context import NONE_FITS
from large_enough.domain.dry_run import DryRun
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.fit import FitVerdict, ModelFit, NeedMethod, Unjudged
from large_enough.domain.generation import CacheType, LoadSettings
from large_enough.domain.model_card import BackendKind, ModelCard
from large_enough.engine.admission import RESERVE_BYTES
from large_enough.gguf.memory import PROCESS_BYTES, estimate_memory
from large_enough.gguf.split import read_model

PLENTY = 100_000_000_000
USUAL = LoadSettings(context_tokens=4096)


@pytest.fixture
def card(tmp_path: Path) -> ModelCard:
    return write_card(tmp_path / "model.gguf")


def fit(
    card: ModelCard,
    available_bytes: int = PLENTY,
    settings: LoadSettings = USUAL,
    engine: FakeEngine | None = None,
    released_bytes: int = 0,
) -> ModelFit:
    machine = sources(engine or FakeEngine(), available_bytes, released_bytes)
    found = fit_models([(card, settings)], machine, together=False).fits[0]
    assert isinstance(found, ModelFit), found
    return found


def need_bytes(context_tokens: int) -> int:
    return WEIGHTS_BYTES + SCRATCH_BYTES + context_tokens * BYTES_PER_TOKEN


def test_the_need_is_the_engine_s_own_where_it_can_be_asked(card: ModelCard) -> None:
    found = fit(card)
    assert found.need.method is NeedMethod.DRY_RUN
    assert found.need.estimate.weights_bytes == WEIGHTS_BYTES
    assert found.need.estimate.repacked_bytes == 0
    assert found.need.needed_bytes >= need_bytes(4096) + PROCESS_BYTES
    assert found.verdict is FitVerdict.FITS
    assert found.largest_context_tokens == 32_768


def test_without_an_engine_the_header_has_to_do(card: ModelCard) -> None:
    found = fit(card, engine=FakeEngine(failure=NO_ENGINE))
    assert found.need.method is NeedMethod.FORMULA
    assert found.need.why_formula == NO_ENGINE
    assert found.need.estimate == estimate_memory(read_model(Path(card.path)).header, USUAL)
    assert found.graphics == NOT_ASKED


def test_admission_and_forecast_agree_on_what_does_not_fit(card: ModelCard) -> None:
    needed = fit(card).need.needed_bytes
    assert fit(card, needed + RESERVE_BYTES - 1).verdict is FitVerdict.DOES_NOT_FIT
    assert fit(card, needed + RESERVE_BYTES).verdict is FitVerdict.TIGHT
    assert fit(card, round(needed * 1.11) + RESERVE_BYTES).verdict is FitVerdict.FITS


def test_what_is_missing_is_told_with_the_context_that_would_fit(card: ModelCard) -> None:
    large = msgspec.structs.replace(USUAL, context_tokens=32_768)
    found = fit(card, 2_500_000_000, large)
    assert found.verdict is FitVerdict.DOES_NOT_FIT
    assert found.left_bytes < 0
    largest = found.largest_context_tokens
    assert isinstance(largest, int)
    assert largest % 256 == 0
    fits = msgspec.structs.replace(USUAL, context_tokens=largest)
    too_large = msgspec.structs.replace(USUAL, context_tokens=largest + 256)
    assert fit(card, 2_500_000_000, fits).verdict is FitVerdict.FITS
    assert fit(card, 2_500_000_000, too_large).verdict is FitVerdict.TIGHT


def test_a_smaller_cache_lets_a_larger_context_in(card: ModelCard) -> None:
    found = fit(card, 2_500_000_000)
    largest, cached = found.largest_context_tokens, found.smaller_cache_tokens
    assert isinstance(largest, int)
    assert isinstance(cached, int)
    assert cached > 1.8 * largest
    small = msgspec.structs.replace(USUAL, cache_type=CacheType.Q8_0)
    assert not isinstance(fit(card, settings=small).smaller_cache_tokens, int)


def test_a_tight_context_is_better_than_none(card: ModelCard) -> None:
    smallest = msgspec.structs.replace(USUAL, context_tokens=256)
    needed = fit(card, settings=smallest).need.needed_bytes
    found = fit(card, needed + RESERVE_BYTES + 1)
    assert found.largest_context_tokens == 256
    assert fit(card, needed + RESERVE_BYTES - 1).largest_context_tokens == NONE_FITS


def test_what_will_be_unloaded_makes_room(card: ModelCard) -> None:
    needed = fit(card).need.needed_bytes
    assert fit(card, needed).verdict is FitVerdict.DOES_NOT_FIT
    assert fit(card, needed, released_bytes=needed).verdict is FitVerdict.FITS


def test_together_each_one_has_what_the_others_leave(tmp_path: Path) -> None:
    cards = [write_card(tmp_path / f"{name}.gguf") for name in "abc"]
    machine = sources(FakeEngine(), 4_000_000_000)
    wishes = [(card, USUAL) for card in cards]
    alone = fit_models(wishes, machine, together=False)
    together = fit_models(wishes, machine, together=True)
    assert {fit.verdict for fit in alone.fits if isinstance(fit, ModelFit)} == {FitVerdict.FITS}
    for found in together.fits:
        assert isinstance(found, ModelFit)
        assert found.verdict is FitVerdict.DOES_NOT_FIT
        assert found.room.others_bytes == 2 * found.need.needed_bytes


def test_a_context_beyond_the_training_is_not_counted(tmp_path: Path) -> None:
    card = write_card(tmp_path / "short.gguf", context_tokens=512)
    found = fit(card, settings=LoadSettings(context_tokens=100_000))
    assert found.need.context_tokens == 512
    assert found.largest_context_tokens == 512


def test_what_cannot_be_judged_is_told_beside_the_others(card: ModelCard, tmp_path: Path) -> None:
    scripted = make_card(backend=BackendKind.ECHO)
    gone = msgspec.structs.replace(card, path=str(tmp_path / "gone.gguf"))
    machine = sources(FakeEngine(), PLENTY)
    wishes = [(each, USUAL) for each in (scripted, gone, card)]
    first, second, third = fit_models(wishes, machine, together=True).fits
    assert first == Unjudged(card=scripted)
    assert isinstance(second, Unjudged)
    assert second.error is not None
    assert second.error.kind is FailureKind.FILE_MISSING
    assert isinstance(third, ModelFit)
    assert third.room.others_bytes == 0


def test_a_model_that_the_engine_does_not_know_cannot_be_loaded_at_all(card: ModelCard) -> None:
    unknown = ErrorInfo(kind=FailureKind.UNSUPPORTED_ARCHITECTURE, subject=card.path)
    machine = sources(FakeEngine(failure=unknown), PLENTY)
    found = fit_models([(card, USUAL)], machine, together=False).fits[0]
    assert found == Unjudged(card=card, error=unknown)


def test_a_model_that_is_removed_meanwhile_keeps_the_others_from_nothing(
    card: ModelCard, tmp_path: Path
) -> None:
    leaving = write_card(tmp_path / "leaving.gguf")
    gone = ErrorInfo(kind=FailureKind.FILE_MISSING, subject=leaving.path)
    engine = FakeEngine()

    def ask(asked: ModelCard, settings: LoadSettings) -> DryRun | ErrorInfo:
        was_asked_before = asked == leaving and settings in engine.asked
        return gone if was_asked_before else engine.ask(asked, settings)

    machine = dataclasses.replace(sources(engine, PLENTY), ask_engine=ask)
    long = msgspec.structs.replace(USUAL, context_tokens=32_768)
    fits = fit_models([(leaving, long), (card, USUAL)], machine, together=False).fits
    assert fits[0] == Unjudged(card=leaving, error=gone)
    assert isinstance(fits[1], ModelFit)


def test_a_smaller_cache_that_the_engine_refuses_is_not_proposed(card: ModelCard) -> None:
    refused = ErrorInfo(kind=FailureKind.LOAD_REFUSED, subject=card.path)
    engine = FakeEngine(refused_caches={CacheType.Q8_0: refused})
    found = fit(card, engine=engine)
    assert found.verdict is FitVerdict.FITS
    assert found.smaller_cache_tokens == CACHE_IS_REFUSED


class TestGraphicsCards:
    """Layers on a card, with devices that are made up."""

    def test_without_a_card_there_is_a_reason(self, card: ModelCard) -> None:
        assert fit(card).graphics == NO_CARD

    def test_layers_for_a_card_that_is_not_there_stay_in_memory(self, card: ModelCard) -> None:
        wanted = msgspec.structs.replace(USUAL, gpu_layers=-1)
        found = fit(card, settings=wanted)
        assert found.need == fit(card).need
        assert found.settings == USUAL
        unknown = fit(card, settings=wanted, engine=FakeEngine(failure=NO_ENGINE))
        assert unknown.need == fit(card, engine=FakeEngine(failure=NO_ENGINE)).need

    def test_all_layers_go_on_a_card_with_room(self, card: ModelCard) -> None:
        engine = FakeEngine(rooms=(graphics_room(20_000_000_000),))
        found = fit(card, engine=engine).graphics
        assert not hasattr(found, "reason")
        assert (found.proposed_layers, found.layer_count) == (3, 3)
        assert found.wanted_layers == 0
        assert found.has_room

    def test_a_card_without_room_gets_none_and_refuses_those_asked_for(
        self, card: ModelCard
    ) -> None:
        engine = FakeEngine(rooms=(graphics_room(1_000_000_000),))
        wanted = msgspec.structs.replace(USUAL, gpu_layers=-1)
        found = fit(card, settings=wanted, engine=engine)
        assert found.graphics.proposed_layers == 0
        assert found.graphics.wanted_layers == 3
        assert not found.graphics.has_room
        assert found.verdict is FitVerdict.DOES_NOT_FIT

    def test_what_lies_on_a_card_need_not_lie_in_memory(self, card: ModelCard) -> None:
        own = FakeEngine(rooms=(graphics_room(20_000_000_000),))
        shared = FakeEngine(rooms=(graphics_room(20_000_000_000, "integrated_gpu"),))
        wanted = msgspec.structs.replace(USUAL, gpu_layers=-1)
        on_own, on_shared = (
            fit(card, settings=wanted, engine=engine).need.needed_bytes for engine in (own, shared)
        )
        assert on_own < on_shared
        assert on_shared == pytest.approx(fit(card).need.needed_bytes, rel=0.01)
