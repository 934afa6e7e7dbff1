"""Brings the program behind the window in once it is needed: after the window is shown."""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.progress import FetchProgress
from large_enough.domain.model_card import ModelCard
from large_enough.domain.pack_run import PackRunPlan
from large_enough.domain.round import RoundPlan
from large_enough.domain.thorough import ThoroughPlan
from large_enough.resources.settings import ModelMark, Settings
from large_enough.ui.bridge import Bridge
from large_enough.ui.workshop import Workshop

if TYPE_CHECKING:
    from large_enough.catalog.repository import Listing
    from large_enough.catalog.scan import Scan
    from large_enough.comparison.adapted import Adapted
    from large_enough.comparison.calibrating import CalibrationProgress
    from large_enough.comparison.desk import Desk
    from large_enough.comparison.fetch_items import FetchItem
    from large_enough.comparison.fetching import Wanted
    from large_enough.comparison.workbench import Workbench
    from large_enough.domain.calibration import Calibration
    from large_enough.domain.doctor import DoctorReport
    from large_enough.domain.fit import GroupFit
    from large_enough.domain.generation import LoadSettings
    from large_enough.domain.pairing import Proposal
    from large_enough.ui.run_services import CheckEar


class Backstage:
    """Models, rounds and the machine, as the protocols in `services` ask for them.

    Importing what stands behind costs more than showing the window. So the first look for models,
    which runs beside the window, does that.
    """

    def __init__(self, environ: Mapping[str, str], bridge: Bridge) -> None:
        self._environ = environ
        self._bridge = bridge
        self._lock = threading.Lock()
        self._opened: Workbench | None = None
        self._desk: Desk | None = None
        self._is_estimate_wanted: bool | None = None
        self.workshop = Workshop(self._workbench)
        """Makes quantised copies, and removes models."""

    # --- models

    def scan(self) -> "Scan":
        """Read what lies in the models folder."""
        workbench = self._workbench()
        workbench.fetch_desk.take_up()
        return workbench.scan()

    def with_adapters(self, found: "Scan") -> "Adapted":
        """Return the models with adapters added that can be, and why others cannot be used."""
        from large_enough.comparison.adapted import with_adapters

        return with_adapters(found)

    def catalogue(self) -> tuple[CatalogueEntry, ...]:
        """Return all models that can be fetched."""
        return self._workbench().entries

    def memory(self) -> tuple[int | None, int]:
        """Return bytes of memory that programs can get now, and bytes of all of it."""
        import psutil

        from large_enough.measure.memory import available_memory_bytes

        return available_memory_bytes(), int(psutil.virtual_memory().total)

    def resolve(self, name: str, cards: Sequence[ModelCard]) -> ModelCard:
        """Find the model that a person means."""
        return self._workbench().resolve(name, cards)

    def suggested_pair(self, cards: Sequence[ModelCard]) -> tuple[ModelCard, ...]:
        """Return a small and a large model that are good to compare."""
        return self._workbench().suggested_pair(cards)

    def starter_pair(self) -> tuple[CatalogueEntry, ...]:
        """Return the two models that a newcomer gets."""
        return self._workbench().starter_pair()

    def fetch(
        self,
        entries: Sequence[CatalogueEntry],
        on_progress: Callable[[FetchProgress], None],
        is_cancelled: Callable[[], bool],
    ) -> bool:
        """Fetch models; False if it was cancelled."""
        return self._workbench().fetch_desk.fetch(entries, on_progress, is_cancelled)

    def fetch_items(self) -> "tuple[FetchItem, ...]":
        """Return the models that are being fetched, or have been; never waits."""
        return () if self._opened is None else self._opened.fetch_desk.items

    def want(self, wish: "Wanted") -> None:
        """Fetch a model, after those that are wanted already."""
        self._workbench().fetch_desk.want(wish)

    def pause(self, item_id: str) -> None:
        """Let the fetch of a model wait until it is resumed."""
        self._workbench().fetch_desk.pause(item_id)

    def resume(self, item_id: str) -> None:
        """Go on with the fetch of a model that was paused or has failed."""
        self._workbench().fetch_desk.resume(item_id)

    def remove(self, item_id: str) -> None:
        """Give the fetch of a model up, or take one that has ended out of the list."""
        self._workbench().fetch_desk.remove(item_id)

    def hub_address(self) -> str:
        """Return where models are fetched from; raises `RequestError` if that cannot be used."""
        return self._workbench().fetch_desk.hub_address

    def list_repository(
        self, repository: str, is_cancelled: Callable[[], bool]
    ) -> "Listing | None":
        """Ask the hub which model files a repository holds; None if it was cancelled."""
        return self._workbench().fetch_desk.list_repository(repository, is_cancelled)

    def use_hub(self, address: str | None) -> None:
        """Fetch through a mirror from the next model on; None for the usual address.

        Never waits: while another thread is bringing the workbench in, it reads the settings.
        """
        if self._opened is not None:
            self._opened.hub_setting = address

    def has_new_models(self) -> bool:
        """Return whether files came or went since the last look."""
        return self._workbench().has_new_models()

    def forecast(
        self,
        wishes: "Sequence[tuple[ModelCard, LoadSettings]]",
        *,
        together: bool,
        may_measure: bool,
    ) -> "GroupFit":
        """Return whether models fit as they are to be loaded, and how fast they will be."""
        is_busy = (lambda: self.is_busy) if may_measure else None
        return self._workbench().forecast(wishes, together=together, is_busy=is_busy)

    def proposals(
        self, cards: Sequence[ModelCard], marks: Mapping[str, ModelMark]
    ) -> "tuple[Proposal, ...]":
        """Return which of these models are good to compare, the best first."""
        from large_enough.catalog.candidates import candidates
        from large_enough.comparison.proposals import proposals

        return proposals(candidates(cards, ()), marks)

    def marks(self, settings: Settings, cards: Sequence[ModelCard]) -> dict[str, ModelMark]:
        """Return by `reference` what the user chose for models."""
        from large_enough.comparison.model_marks import marks_of

        return dict(marks_of(settings, cards))

    def with_favourite(
        self, settings: Settings, card: ModelCard, *, is_favourite: bool
    ) -> tuple[ModelMark, ...]:
        """Return the marks with a model made a favourite, or no longer one."""
        from large_enough.comparison.model_marks import mark_key, with_favourite

        key = mark_key(card)
        return with_favourite(settings, key, card.name, is_favourite=is_favourite).model_marks

    def with_role(self, settings: Settings, card: ModelCard, role: str) -> tuple[ModelMark, ...]:
        """Return the marks with a model given a role, a value of `ModelRole`; "" takes it away."""
        from large_enough.comparison.model_marks import ModelRole, mark_key, with_role

        wanted = ModelRole(role) if role else None
        return with_role(settings, mark_key(card), card.name, wanted).model_marks

    def with_sha256(
        self,
        card: ModelCard,
        on_progress: Callable[[float], None],
        is_cancelled: Callable[[], bool],
    ) -> ModelCard | None:
        """Return a card with the SHA-256 of all its files; None if it was cancelled."""
        from large_enough.comparison.preparation import with_sha256

        return with_sha256(card, self._workbench().sha256_of, on_progress, is_cancelled)

    # --- the machine

    def examine(self) -> "DoctorReport":
        """Find out what can be measured here; takes up to six seconds."""
        return self._workbench().examine()

    def calibrate(
        self,
        on_progress: "Callable[[CalibrationProgress], None]",
        is_cancelled: Callable[[], bool],
    ) -> "Calibration | None":
        """Calibrate the estimate of energy with the battery; None if it was cancelled."""
        return self._workbench().calibrate(on_progress, is_cancelled)

    def use_estimates(self, *, is_wanted: bool) -> None:
        """Estimate energy where nothing measures it, or never, from the next round on.

        Never waits: while another thread is bringing the workbench in, it is told by that thread.
        """
        self._is_estimate_wanted = is_wanted
        if self._opened is not None:
            self._opened.is_estimate_wanted = is_wanted

    # --- rounds, on the main thread only

    @property
    def is_busy(self) -> bool:
        """Whether a round is being run or waits to be."""
        return self._desk is not None and self._desk.is_busy

    def ask(self, plan: RoundPlan) -> None:
        """Run this round."""
        self._started_desk().ask(plan)

    def measure(self, plan: ThoroughPlan) -> None:
        """Measure this thoroughly."""
        self._started_desk().measure(plan)

    def stop(self, letter: str | None = None) -> None:
        """Stop one contender, or all of them."""
        if self._desk is not None:
            self._desk.stop(letter)

    # --- packs, on the main thread only

    def run_pack(self, plan: PackRunPlan) -> None:
        """Run this, or go on with the run of that id where it stands."""
        self._started_desk().run_pack(plan)

    def check_pack(self, plan: PackRunPlan, ear: "CheckEar") -> None:
        """Look at everything that could stand in the run's way, and tell what is found."""
        from large_enough.ui.check_hearing import CheckHearing

        self._started_desk().check_pack(plan, CheckHearing(self._bridge, plan, ear))

    def pause_pack(self) -> None:
        """Let the run end after the answers that are being written; ends a check, too."""
        if self._desk is not None:
            self._desk.pause_pack()

    def stop_pack(self) -> None:
        """End the run at once; it can go on later."""
        if self._desk is not None:
            self._desk.pause_pack()
            self._desk.stop()

    def close(self) -> None:
        """End all rounds and all workers."""
        if self._desk is not None:
            self._desk.close()
        elif self._opened is not None:
            self._opened.close()

    def _started_desk(self) -> "Desk":
        if self._desk is None:
            from large_enough.comparison.desk import Desk

            self._desk = Desk(self._workbench(), self._bridge)
            self._desk.start()
        return self._desk

    def _workbench(self) -> "Workbench":
        with self._lock:
            if self._opened is None:
                from large_enough.comparison.workbench import Workbench

                self._opened = Workbench.for_user(self._environ)
                if self._is_estimate_wanted is not None:
                    self._opened.is_estimate_wanted = self._is_estimate_wanted
            return self._opened
