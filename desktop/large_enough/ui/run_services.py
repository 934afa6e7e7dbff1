"""What running packs needs from the program behind the window: seams at which tests put fakes."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from large_enough.domain.grade import HandGrade
from large_enough.domain.model_card import ModelCard
from large_enough.domain.pack import Pack
from large_enough.domain.pack_run import CellKey, PackRunPlan, PackRunRecord, PackRunSettings
from large_enough.ui.run_rows import RunRow

if TYPE_CHECKING:
    from large_enough.ui.widgets.run_checks import CheckLine
    from large_enough.ui.widgets.run_export_button import RunFormat


class PackRunner(Protocol):
    """Asks packs elsewhere; on the main thread only. `ui.backstage.Backstage` is one."""

    def run_pack(self, plan: PackRunPlan) -> None:
        """Run this, or go on with the run of that id where it stands."""
        ...

    def pause_pack(self) -> None:
        """Let the run end after the answers that are being written."""
        ...

    def stop_pack(self) -> None:
        """End the run at once; it can go on later."""
        ...


class RunArchive(Protocol):
    """Plans, checks and keeps runs. `ui.run_archive.RunArchive` is one.

    All methods take their time, and are called beside the window.
    """

    def plan(
        self, pack: Pack, cards: Sequence[ModelCard], settings: PackRunSettings
    ) -> PackRunPlan:
        """Plan a new run."""
        ...

    def plan_more(self, record: PackRunRecord, cards: Sequence[ModelCard]) -> PackRunPlan:
        """Plan a run again with further contenders."""
        ...

    def check(self, plan: PackRunPlan, is_stopped: Callable[[], bool]) -> "tuple[CheckLine, ...]":
        """Look at everything that could stand in a run's way."""
        ...

    def runs(self) -> tuple[RunRow, ...]:
        """Return all runs, the newest first."""
        ...

    def read(self, run_id: str) -> PackRunRecord:
        """Read a run as far as it is."""
        ...

    def judge(self, run_id: str, key: CellKey, grade: HandGrade | None) -> PackRunRecord:
        """Keep a person's judgement, or take it back; return the run with it."""
        ...

    def regrade(self, run_id: str, pack: Pack, why: str) -> PackRunRecord:
        """Grade all answers again with the keys of this pack; return the run with its grades."""
        ...

    def delete(self, run_id: str) -> None:
        """Delete a run."""
        ...

    def document(self, record: PackRunRecord, form: "RunFormat") -> bytes:
        """Return a run as the content of a file."""
        ...

    def save(self, path: str, data: bytes) -> None:
        """Write a file in one step; raises `OSError`."""
        ...
