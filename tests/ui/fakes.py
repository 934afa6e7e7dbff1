"""Stand-ins for what lies behind the window."""

import threading
from collections.abc import Callable, Sequence

from tests.helpers.records import make_card

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.fetch import FetchProgress
from large_enough.catalog.scan import Scan
from large_enough.catalog.sources import HuggingFaceSource
from large_enough.domain.errors import ErrorInfo, FailureKind, LargeEnoughError, RequestError
from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import RoundPlan

SMALL = make_card("Small One", size_bytes=98_000_000)
LARGE = make_card("Large One", size_bytes=1_120_000_000)
OTHER = make_card("Other One", size_bytes=491_000_000)


def make_entry(name: str, size_bytes: int) -> CatalogueEntry:
    """Return an entry of a made-up catalogue."""
    return CatalogueEntry(
        id=name.lower(),
        name=name,
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
        return Scan(cards=self.cards, set_aside=self.set_aside)

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


class FakeRunner:
    """Takes plans; the test plays the round."""

    def __init__(self) -> None:
        self.plans: list[RoundPlan] = []
        self.stops: list[str | None] = []

    @property
    def is_busy(self) -> bool:
        """Never: nothing runs here."""
        return False

    def ask(self, plan: RoundPlan) -> None:
        """Remember the plan."""
        self.plans.append(plan)

    def stop(self, letter: str | None = None) -> None:
        """Remember the wish."""
        self.stops.append(letter)


NOT_KNOWN = Unavailable(reason="not known")
