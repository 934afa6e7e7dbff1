"""What the window needs from the program behind it: the seams at which tests put fakes."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.progress import FetchProgress
from large_enough.domain.model_card import ModelCard
from large_enough.domain.round import RoundPlan

if TYPE_CHECKING:
    from large_enough.catalog.scan import Scan


class ModelSource(Protocol):
    """Knows models on this disk and where to get some. `comparison.workbench.Workbench` is one."""

    def scan(self) -> "Scan":
        """Read what lies in the models folder."""
        ...

    def resolve(self, name: str, cards: Sequence[ModelCard]) -> ModelCard:
        """Find the model that a person means."""
        ...

    def suggested_pair(self, cards: Sequence[ModelCard]) -> tuple[ModelCard, ...]:
        """Return a small and a large model that are good to compare."""
        ...

    def starter_pair(self) -> tuple[CatalogueEntry, ...]:
        """Return the two models that a newcomer gets."""
        ...

    def fetch(
        self,
        entries: Sequence[CatalogueEntry],
        on_progress: Callable[[FetchProgress], None],
        is_cancelled: Callable[[], bool],
    ) -> bool:
        """Fetch models; False if it was cancelled."""
        ...


class RoundRunner(Protocol):
    """Runs rounds elsewhere. `comparison.desk.Desk` is one."""

    @property
    def is_busy(self) -> bool:
        """Whether a round is being run or waits to be."""
        ...

    def ask(self, plan: RoundPlan) -> None:
        """Run this round."""
        ...

    def stop(self, letter: str | None = None) -> None:
        """Stop one contender, or all of them."""
        ...
