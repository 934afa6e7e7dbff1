"""What running packs needs from the program behind the window: seams at which tests put fakes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from large_enough.domain.errors import ErrorInfo
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

    def check_pack(self, plan: PackRunPlan, ear: "CheckEar") -> None:
        """Look at everything that could stand in the run's way, and tell what is found."""
        ...

    def pause_pack(self) -> None:
        """Let the run end after the answers that are being written; ends a check, too."""
        ...

    def stop_pack(self) -> None:
        """End the run at once; it can go on later."""
        ...


class CheckEar(Protocol):
    """Hears what is found before a run; on the main thread, but `is_gone` on any."""

    @property
    def is_gone(self) -> bool:
        """Whether nobody wants to know any more."""
        ...

    def take_line(self, line: "CheckLine") -> None:
        """Take note of one thing that was looked at."""
        ...

    def end(self) -> None:
        """Take note that everything was looked at."""
        ...

    def fail(self, error: ErrorInfo) -> None:
        """Take note that it could not be looked at."""
        ...


class RunArchive(Protocol):
    """Plans and keeps runs. `ui.run_records.RunRecords` is one.

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
