"""What the window needs from the program behind it: the seams at which tests put fakes."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.progress import FetchProgress
from large_enough.domain.costing import Costing
from large_enough.domain.model_card import ModelCard
from large_enough.domain.round import RoundPlan, RoundRecord
from large_enough.domain.thorough import ThoroughPlan

if TYPE_CHECKING:
    from large_enough.catalog.remove import Removal
    from large_enough.catalog.repository import Listing
    from large_enough.catalog.scan import Scan
    from large_enough.comparison.adapted import Adapted
    from large_enough.comparison.calibrating import CalibrationProgress
    from large_enough.comparison.differences import Differences
    from large_enough.comparison.fetch_items import FetchItem
    from large_enough.comparison.fetching import Wanted
    from large_enough.comparison.history import RoundSummary
    from large_enough.comparison.quantising_plan import QuantisingOffer, QuantisingPlan
    from large_enough.domain.calibration import Calibration
    from large_enough.domain.doctor import DoctorReport
    from large_enough.domain.fit import GroupFit
    from large_enough.domain.generation import LoadSettings
    from large_enough.domain.grade import Grade
    from large_enough.domain.pack import Key, Pack, PackItem
    from large_enough.domain.pack_fault import Fault
    from large_enough.domain.pairing import Proposal
    from large_enough.domain.quantising import Parentage, QuantisedFile, QuantisingProgress
    from large_enough.packs.shelf import ShelvedPack
    from large_enough.resources.settings import ModelMark, Settings
    from large_enough.store.log_reading import LoggedRound
    from large_enough.ui.archive import Format, Wish
    from large_enough.ui.pack_forms import Examination, PackDocument, PackForm
    from large_enough.ui.pack_understanding import Understanding


class ModelSource(Protocol):
    """Knows models on this disk and where to get some. `comparison.workbench.Workbench` is one."""

    def scan(self) -> "Scan":
        """Read what lies in the models folder."""
        ...

    def with_adapters(self, found: "Scan") -> "Adapted":
        """Return the models with adapters added that can be, and why others cannot be used."""
        ...

    def catalogue(self) -> tuple[CatalogueEntry, ...]:
        """Return all models that can be fetched."""
        ...

    def memory(self) -> tuple[int | None, int]:
        """Return bytes of memory that programs can get now, and bytes of all of it."""
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


class ModelFetcher(Protocol):
    """Fetches models one after the other. `ui.backstage.Backstage` is one.

    Only `list_repository` takes its time, and is called beside the window.
    """

    def fetch_items(self) -> "tuple[FetchItem, ...]":
        """Return the models that are being fetched, or have been."""
        ...

    def want(self, wish: "Wanted") -> None:
        """Fetch a model, after those that are wanted already."""
        ...

    def pause(self, item_id: str) -> None:
        """Let the fetch of a model wait until it is resumed."""
        ...

    def resume(self, item_id: str) -> None:
        """Go on with the fetch of a model that was paused or has failed."""
        ...

    def remove(self, item_id: str) -> None:
        """Give the fetch of a model up, or take one that has ended out of the list."""
        ...

    def hub_address(self) -> str:
        """Return where models are fetched from; raises `RequestError` if that cannot be used."""
        ...

    def list_repository(
        self, repository: str, is_cancelled: Callable[[], bool]
    ) -> "Listing | None":
        """Ask the hub which model files a repository holds; None if it was cancelled."""
        ...


class HubUser(Protocol):
    """Reaches the Hugging Face Hub. `ui.backstage.Backstage` is one."""

    def use_hub(self, address: str | None) -> None:
        """Fetch through a mirror from the next model on; None for the usual address."""
        ...


class Fetcher(ModelFetcher, HubUser, Protocol):
    """Fetches models, from where the user says."""


class ModelForecaster(Protocol):
    """Knows more about models than their headers say. `ui.backstage.Backstage` is one.

    All methods take their time, and are called beside the window.
    """

    def has_new_models(self) -> bool:
        """Return whether files came or went since the last look."""
        ...

    def forecast(
        self,
        wishes: "Sequence[tuple[ModelCard, LoadSettings]]",
        *,
        together: bool,
        may_measure: bool,
    ) -> "GroupFit":
        """Return whether models fit as they are to be loaded, and how fast they will be."""
        ...

    def proposals(
        self, cards: Sequence[ModelCard], marks: "Mapping[str, ModelMark]"
    ) -> "tuple[Proposal, ...]":
        """Return which of these models are good to compare, the best first."""
        ...

    def marks(self, settings: "Settings", cards: Sequence[ModelCard]) -> "dict[str, ModelMark]":
        """Return by `reference` what the user chose for models."""
        ...

    def with_favourite(
        self, settings: "Settings", card: ModelCard, *, is_favourite: bool
    ) -> "tuple[ModelMark, ...]":
        """Return the marks with a model made a favourite, or no longer one."""
        ...

    def with_role(
        self, settings: "Settings", card: ModelCard, role: str
    ) -> "tuple[ModelMark, ...]":
        """Return the marks with a model given a role, a value of `ModelRole`; "" takes it away."""
        ...

    def with_sha256(
        self,
        card: ModelCard,
        on_progress: Callable[[float], None],
        is_cancelled: Callable[[], bool],
    ) -> ModelCard | None:
        """Return a card with the SHA-256 of all its files; None if it was cancelled."""
        ...


class ModelMaker(Protocol):
    """Makes quantised copies, and removes models. `ui.workshop.Workshop` is one.

    All methods take their time, and are called beside the window.
    """

    def parents(self, cards: Sequence[ModelCard]) -> "dict[str, Parentage]":
        """Return by `reference` what models were made from here; others are left out."""
        ...

    def offer(self, card: ModelCard) -> "QuantisingOffer":
        """Return what can be made of a model; raises `RequestError` if nothing can."""
        ...

    def quantise(
        self,
        plan: "QuantisingPlan",
        on_progress: "Callable[[QuantisingProgress], None]",
        is_cancelled: Callable[[], bool],
    ) -> "QuantisedFile | None":
        """Make a copy; None if it was cancelled."""
        ...

    def removal_of(self, card: ModelCard) -> "Removal":
        """Return what removing a model takes away; raises `ModelFileError` if it is not ours."""
        ...

    def remove(self, removal: "Removal") -> None:
        """Remove a model."""
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

    def measure(self, plan: ThoroughPlan) -> None:
        """Measure this thoroughly."""
        ...

    def stop(self, letter: str | None = None) -> None:
        """Stop one contender, or all of them."""
        ...


class Examiner(Protocol):
    """Finds out what this machine can measure. `comparison.workbench.Workbench` is one.

    Both methods take their time, and are called beside the window.
    """

    def examine(self) -> "DoctorReport":
        """Find out what can be measured here; takes up to six seconds."""
        ...

    def calibrate(
        self,
        on_progress: "Callable[[CalibrationProgress], None]",
        is_cancelled: Callable[[], bool],
    ) -> "Calibration | None":
        """Calibrate the estimate of energy with the battery; None if it was cancelled."""
        ...


class Estimator(Protocol):
    """Estimates energy where the user wants that."""

    def use_estimates(self, *, is_wanted: bool) -> None:
        """Estimate energy where nothing measures it, or never, from the next round on."""
        ...


class RoundArchive(Protocol):
    """Keeps what was recorded. `ui.archive.Archive` is one.

    All methods take their time, and are called beside the window.
    """

    def find(self, wish: "Wish") -> "tuple[RoundSummary, ...]":
        """Return the rounds that fit, newest first."""
        ...

    def read(self, path: str) -> "LoggedRound":
        """Read a whole round, as far as possible."""
        ...

    def example(self) -> "LoggedRound":
        """Read the round that comes with the program."""
        ...

    def document(self, record: RoundRecord, form: "Format", costing: Costing) -> bytes:
        """Return a round as the content of a file."""
        ...

    def save(self, path: str, data: bytes) -> None:
        """Write a file in one step; raises `OSError`."""
        ...

    def compare(self, text_a: str, text_b: str) -> "Differences":
        """Find what two answers have in common, word by word."""
        ...

    def why_speed(self, record: RoundRecord, is_busy: Callable[[], bool]) -> tuple[str, ...]:
        """Say for each answer of a round why it was as fast as it was."""
        ...


class PackKeeper(Protocol):
    """Keeps packs of questions. `ui.pack_works.PackWorks` is one.

    All methods but `faults_of` take their time, and are called beside the window.
    """

    def find(self) -> "tuple[ShelvedPack, ...]":
        """Read all packs, those that come with the program first."""
        ...

    def examine(self, pack: "Pack", is_cancelled: Callable[[], bool]) -> "Examination | None":
        """Look how fit a pack is; None if it was cancelled."""
        ...

    def understand_text(self, text: str) -> "Understanding":
        """Find questions in pasted text."""
        ...

    def understand_file(self, path: str) -> "Understanding":
        """Find questions in a file."""
        ...

    def save(self, pack: "Pack", *, is_new: bool) -> "ShelvedPack":
        """Keep a pack among the user's; a new one never replaces another."""
        ...

    def delete(self, pack_id: str) -> None:
        """Delete one of the user's packs."""
        ...

    def document(self, pack: "Pack", form: "PackForm", name: str) -> "PackDocument":
        """Return a pack as the files of a format; the chief one has that name."""
        ...

    def write(self, path: str, data: bytes) -> None:
        """Write a file in one step; raises `OSError`."""
        ...

    def grade(self, key: "Key", text: str, language: str) -> "Grade":
        """Grade an answer."""
        ...

    def faults_of(self, item: "PackItem") -> "tuple[Fault, ...]":
        """Return what makes a question unusable; at once."""
        ...
