"""Plans runs, keeps them, and writes documents about them, beside the window.

Everything that stands behind is imported when it is first needed: the window's start must not wait
for it. All methods may be called from any thread.
"""

import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.generation import LoadSettings
from large_enough.domain.grade import HandGrade
from large_enough.domain.model_card import ModelCard
from large_enough.domain.pack import Pack
from large_enough.domain.pack_run import CellKey, PackRunPlan, PackRunRecord, PackRunSettings
from large_enough.domain.round import Contender
from large_enough.ui.run_rows import RunRow

if TYPE_CHECKING:
    from large_enough.ui.widgets.run_export_button import RunFormat

_FEWEST_COMPARED = 2


class RunRecords:
    """The runs of one user."""

    def __init__(self, environ: Mapping[str, str], load_of: Callable[[], LoadSettings]) -> None:
        """Say whose they are.

        Args:
            environ: Usually `os.environ`.
            load_of: Tells how models are to be loaded, as the user chose it.
        """
        self._environ = environ
        self._load_of = load_of

    def plan(
        self, pack: Pack, cards: Sequence[ModelCard], settings: PackRunSettings
    ) -> PackRunPlan:
        """Plan a new run."""
        from large_enough.comparison.pack_run_plan import plan_run

        return plan_run(pack, self._contenders(cards), settings)

    def plan_more(self, record: PackRunRecord, cards: Sequence[ModelCard]) -> PackRunPlan:
        """Plan a run again with further contenders."""
        from large_enough.comparison.pack_run_plan import with_contenders

        return with_contenders(record.plan_as_asked, self._contenders(cards))

    def runs(self) -> tuple[RunRow, ...]:
        """Return all runs, the newest first."""
        from large_enough.store.pack_run_heads import list_pack_runs
        from large_enough.ui.run_row_words import run_row

        return tuple(run_row(head) for head in list_pack_runs(self._folder()))

    def read(self, run_id: str) -> PackRunRecord:
        """Read a run as far as it is."""
        from large_enough.store.pack_run_reading import read_pack_run

        return read_pack_run(self._path(run_id))

    def judge(self, run_id: str, key: CellKey, grade: HandGrade | None) -> PackRunRecord:
        """Keep a person's judgement, or take it back; return the run with it."""
        from large_enough.comparison.pack_runs import override

        return override(self._path(run_id), key, grade)

    def regrade(self, run_id: str, pack: Pack, why: str) -> PackRunRecord:
        """Grade all answers again with the keys of this pack; return the run with its grades."""
        from large_enough.comparison.pack_runs import regrade

        return regrade(self._path(run_id), pack, utc=_utc_now, why=why)

    def delete(self, run_id: str) -> None:
        """Delete a run."""
        from large_enough.store.pack_run_deleting import delete_pack_run

        delete_pack_run(self._path(run_id))

    def document(self, record: PackRunRecord, form: "RunFormat") -> bytes:
        """Return a run as the content of a file."""
        from large_enough.report.pack_run_csv import pack_run_csv
        from large_enough.report.pack_run_json import pack_run_as_dict
        from large_enough.report.round_csv import ENCODING
        from large_enough.ui.widgets.run_export_button import RunFormat

        match form:
            case RunFormat.CSV:
                return pack_run_csv(record).encode(ENCODING, "replace")
            case RunFormat.JSON:
                return _json(pack_run_as_dict(record))
            case RunFormat.COMPARATOR:
                return _json(_compared(record))

    def save(self, path: str, data: bytes) -> None:
        """Write a file in one step.

        Raises:
            OSError: It cannot be written.
        """
        from large_enough.resources.files import replace_file

        target = Path(path)
        replace_file(target.parent, target.name, data)

    def _contenders(self, cards: Sequence[ModelCard]) -> tuple[Contender, ...]:
        load = self._load_of()
        return tuple(Contender(letter="A", card=card, load=load) for card in cards)

    def _folder(self) -> Path:
        from large_enough.resources.paths import user_folders
        from large_enough.store.pack_run_log import RUNS_FOLDER

        return user_folders(self._environ).data / RUNS_FOLDER

    def _path(self, run_id: str) -> Path:
        """Return the log of a run; of one that cannot be read, the list has the path."""
        from large_enough.comparison.pack_runs import run_path

        folder = self._folder()
        path = run_path(folder, run_id)
        if path is None and Path(run_id).parent == folder and Path(run_id).is_file():
            return Path(run_id)
        if path is None:
            raise RequestError(FailureKind.UNKNOWN_RUN, run_id)
        return path


def _compared(record: PackRunRecord) -> dict[str, object]:
    from large_enough.comparison.run_matrix import small_and_large
    from large_enough.report.pack_run_comparator import pack_run_for_comparator

    letters = [contender.letter for contender in record.plan.contenders]
    first, second = small_and_large(record.plan.contenders) or letters[:_FEWEST_COMPARED]
    return pack_run_for_comparator(record, first, second)


def _json(document: object) -> bytes:
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _utc_now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
