"""Stand-ins for what lies behind the window."""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import msgspec
from tests.helpers.doctor_reports import make_absent, make_report
from tests.helpers.records import make_card

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.fetch import FetchProgress
from large_enough.catalog.scan import Scan
from large_enough.catalog.sources import HuggingFaceSource
from large_enough.comparison.adapted import Adapted
from large_enough.comparison.calibrating import CalibrationProgress
from large_enough.domain.calibration import Calibration
from large_enough.domain.doctor import DoctorReport
from large_enough.domain.energy import PowerConditions
from large_enough.domain.errors import ErrorInfo, FailureKind, LargeEnoughError, RequestError
from large_enough.domain.expected_speed import ExpectedSpeed, SpeedBasis
from large_enough.domain.fit import GroupFit, MemoryNeed, ModelFit, NeedMethod, Room
from large_enough.domain.found_model import AdaptedModel, FoundModel, ModelApp, SetAside
from large_enough.domain.generation import LoadSettings
from large_enough.domain.model_card import MemoryEstimate, ModelCard
from large_enough.domain.pairing import Proposal
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import RoundPlan
from large_enough.domain.thorough import ThoroughPlan
from large_enough.resources.settings import ModelMark, Settings

SMALL = make_card("Small One", size_bytes=98_000_000)
LARGE = make_card("Large One", size_bytes=1_120_000_000)
OTHER = make_card("Other One", size_bytes=491_000_000)


PATIENCE_S = 60.0
Outcome = TypeVar("Outcome")


def make_calibration() -> Calibration:
    """Return what a quiet laptop gives."""
    return Calibration(
        idle_w=5.2,
        watts_per_core=(3.9,),
        residual_w=0.7,
        mean_power_w=14.0,
        load_count=4,
        conditions=PowerConditions(machine="laptop", on_battery=True, power_plan="balanced"),
        date_utc="2026-11-27T12:00:00+00:00",
    )


def make_entry(name: str, size_bytes: int) -> CatalogueEntry:
    """Return an entry of a made-up catalogue."""
    return CatalogueEntry(
        id=name.lower(),
        name=name,
        family="Made up",
        domain="general",
        file_name=f"{name}.gguf",
        sha256="00" * 32,
        size_bytes=size_bytes,
        architecture="llama",
        parameter_count=1_000_000,
        quantisation="Q4_1",
        context_length_tokens=2048,
        licence="Apache-2.0",
        publisher_url="https://example.org/model",
        size_class="small",
        sources=(HuggingFaceSource(repository="example/model", file=f"{name}.gguf"),),
    )


STARTERS = (make_entry("Ant", 98_000_000), make_entry("Dino", 492_000_000))


def make_progress(entry: CatalogueEntry, share: float) -> FetchProgress:
    """Return a reading of a download."""
    return FetchProgress(
        entry_id=entry.id,
        source="example/model",
        done_bytes=round(entry.size_bytes * share),
        total_bytes=entry.size_bytes,
        bytes_per_s=12_000_000.0,
        left_s=4.0,
        stage="downloading",
    )


class FakeModels:
    """A disk with some models, and a network that obeys the test."""

    def __init__(self) -> None:
        self.cards: tuple[ModelCard, ...] = (SMALL, LARGE)
        self.set_aside: tuple[ErrorInfo, ...] = ()
        self.apart: tuple[SetAside, ...] = ()
        self.adapted: tuple[AdaptedModel, ...] = ()
        self.apps: dict[str, ModelApp] = {}
        self.further: tuple[CatalogueEntry, ...] = ()
        self.elsewhere: dict[str, ModelCard] = {}
        self.scan_count = 0
        self.fetched: list[tuple[CatalogueEntry, ...]] = []
        self.fetch_failure: LargeEnoughError | None = None
        self.fetched_cards: tuple[ModelCard, ...] = ()
        self.may_finish = threading.Event()
        self.may_finish.set()

    def scan(self) -> Scan:
        """Return the models on the disk."""
        self.scan_count += 1
        return Scan(
            cards=self.cards,
            set_aside=self.set_aside,
            found=tuple(self.found_of(card) for card in self.cards),
            apart=self.apart,
        )

    def found_of(self, card: ModelCard) -> FoundModel:
        """Return a card as a model that was found in our own folder."""
        return FoundModel(
            card=card,
            app=self.apps.get(card.name, ModelApp.OWN),
            shown_name=card.name,
            paths=(card.path,),
            modified_utc="2026-11-27T12:00:00+00:00",
        )

    def with_adapters(self, found: Scan) -> Adapted:
        """Return the adapted models of the test, of which the base is here."""
        here = {card.path for card in found.cards}
        models = tuple(one for one in self.adapted if one.found.card.path in here)
        return Adapted(models, found.apart)

    def catalogue(self) -> tuple[CatalogueEntry, ...]:
        """Return the made-up starters, and one that is too large."""
        return (*STARTERS, make_entry("Whale", 40_000_000_000), *self.further)

    def memory(self) -> tuple[int | None, int]:
        """Return that half of the memory is free."""
        return 8_000_000_000, 16_000_000_000

    def resolve(self, name: str, cards: Sequence[ModelCard]) -> ModelCard:
        """Find a model among those elsewhere."""
        if name not in self.elsewhere:
            raise RequestError(FailureKind.UNKNOWN_MODEL, name)
        return self.elsewhere[name]

    def suggested_pair(self, cards: Sequence[ModelCard]) -> tuple[ModelCard, ...]:
        """Return the first two."""
        return tuple(cards[:2])

    def starter_pair(self) -> tuple[CatalogueEntry, ...]:
        """Return the made-up starters."""
        return STARTERS

    def fetch(
        self,
        entries: Sequence[CatalogueEntry],
        on_progress: Callable[[FetchProgress], None],
        is_cancelled: Callable[[], bool],
    ) -> bool:
        """Bring half of the first model, then wait for the test or for the user."""
        self.fetched.append(tuple(entries))
        on_progress(make_progress(entries[0], 0.5))
        while not self.may_finish.wait(0.01):
            if is_cancelled():
                return False
        if self.fetch_failure is not None:
            raise self.fetch_failure
        self.cards += self.fetched_cards
        return True


class FakeForecaster:
    """Knows what the models need; waits for the test where that is wanted."""

    def __init__(self) -> None:
        self.usable_bytes = 2_000_000_000
        self.has_news = False
        self.asked: list[str] = []
        self.proposed: tuple[Proposal, ...] = ()
        self.role_keys: list[dict[str, str]] = []
        """The roles that were known, by key, each time that proposals were asked for."""
        self.failure: LargeEnoughError | None = None
        self.may_finish = threading.Event()
        self.may_finish.set()

    def has_new_models(self) -> bool:
        """Return what the test says."""
        return self.has_news

    def forecast(
        self,
        wishes: Sequence[tuple[ModelCard, LoadSettings]],
        *,
        together: bool,
        may_measure: bool,
    ) -> GroupFit:
        """Return that a model needs a bit more than its file."""
        self.may_finish.wait(PATIENCE_S)
        self.asked.extend(card.name for card, _settings in wishes)
        if self.failure is not None:
            raise self.failure
        fits = tuple(make_fit(card, settings, self.usable_bytes) for card, settings in wishes)
        return GroupFit(fits=fits, together=together)

    def proposals(
        self, cards: Sequence[ModelCard], marks: Mapping[str, ModelMark]
    ) -> tuple[Proposal, ...]:
        """Return what the test proposes."""
        self.role_keys.append({key: mark.role for key, mark in marks.items() if mark.role})
        return self.proposed

    def marks(self, settings: Settings, cards: Sequence[ModelCard]) -> dict[str, ModelMark]:
        """Return the marks, whose fingerprints are paths here."""
        return {mark.fingerprint: mark for mark in settings.model_marks}

    def with_favourite(
        self, settings: Settings, card: ModelCard, *, is_favourite: bool
    ) -> tuple[ModelMark, ...]:
        """Return a mark for the model, or none."""
        mark = ModelMark(fingerprint=card.reference, name=card.name, is_favourite=True)
        return (mark,) if is_favourite else ()

    def with_role(self, settings: Settings, card: ModelCard, role: str) -> tuple[ModelMark, ...]:
        """Return a mark for the model, or none."""
        others = [mark for mark in settings.model_marks if mark.fingerprint != card.reference]
        mark = ModelMark(fingerprint=card.reference, name=card.name, role=role)
        return (*others, mark) if role else tuple(others)

    def with_sha256(
        self,
        card: ModelCard,
        on_progress: Callable[[float], None],
        is_cancelled: Callable[[], bool],
    ) -> ModelCard | None:
        """Tell of some progress, then wait for the test or for the user; a checksum of our own."""
        on_progress(0.25)
        while not self.may_finish.wait(0.01):
            if is_cancelled():
                return None
        return msgspec.structs.replace(card, sha256="cd" * 32)


def make_fit(card: ModelCard, settings: LoadSettings, usable_bytes: int) -> ModelFit:
    """Return the forecast for a model that needs a bit more than its file."""
    estimate = MemoryEstimate(
        weights_bytes=card.size_bytes,
        repacked_bytes=0,
        kv_cache_bytes=50_000_000,
        compute_bytes=20_000_000,
        process_bytes=60_000_000,
    )
    return ModelFit(
        card=card,
        settings=settings,
        need=MemoryNeed(estimate=estimate, context_tokens=4096, method=NeedMethod.DRY_RUN),
        room=Room(available_bytes=usable_bytes, reserve_bytes=0),
        largest_context_tokens=8192,
        smaller_cache_tokens=Unavailable(reason="it was not asked for"),
        graphics=Unavailable(reason="the engine sees no graphics card"),
        speed=ExpectedSpeed(
            low_tokens_per_s=40.0,
            high_tokens_per_s=60.0,
            basis=SpeedBasis.BANDWIDTH,
            read_bytes=card.size_bytes,
        ),
    )


class FakeRunner:
    """Takes plans; the test plays the round."""

    def __init__(self) -> None:
        self.plans: list[RoundPlan] = []
        self.thorough_plans: list[ThoroughPlan] = []
        self.stops: list[str | None] = []

    @property
    def is_busy(self) -> bool:
        """Never: nothing runs here."""
        return False

    def ask(self, plan: RoundPlan) -> None:
        """Remember the plan."""
        self.plans.append(plan)

    def measure(self, plan: ThoroughPlan) -> None:
        """Remember the plan."""
        self.thorough_plans.append(plan)

    def stop(self, letter: str | None = None) -> None:
        """Remember the wish."""
        self.stops.append(letter)


class FakeExaminer:
    """A machine that is examined or calibrated when the test says so."""

    def __init__(self) -> None:
        self.report = make_report(make_absent())
        self.calibration = make_calibration()
        self.failure: Exception | None = None
        self.examination_count = 0
        self.is_estimate_wanted: bool | None = None
        self.may_finish = threading.Event()
        self.may_finish.set()

    def examine(self) -> DoctorReport:
        """Return the report once the test lets it."""
        self.examination_count += 1
        self.may_finish.wait(PATIENCE_S)
        return self._end(self.report)

    def calibrate(
        self,
        on_progress: Callable[[CalibrationProgress], None],
        is_cancelled: Callable[[], bool],
    ) -> Calibration | None:
        """Tell of some progress, then wait for the test or for the user."""
        on_progress(CalibrationProgress(busy_cores=0, left_s=160.0))
        on_progress(CalibrationProgress(busy_cores=2, left_s=40.0))
        while not self.may_finish.wait(0.01):
            if is_cancelled():
                return None
        return self._end(self.calibration)

    def use_estimates(self, *, is_wanted: bool) -> None:
        """Remember the user's word."""
        self.is_estimate_wanted = is_wanted

    def _end(self, outcome: Outcome) -> Outcome:
        if self.failure is not None:
            raise self.failure
        return outcome


NOT_KNOWN = Unavailable(reason="not known")
