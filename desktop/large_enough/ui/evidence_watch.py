"""Follows the evidence of a run that goes on, at a pace that disturbs no measuring."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from large_enough.comparison.run_matrix import RunMatrix, judged_by_size, small_and_large
from large_enough.domain.errors import ErrorInfo
from large_enough.ui.background import Background
from large_enough.ui.pack_run_words import pack_title
from large_enough.ui.screens.verdict import VerdictScreen

RENEWAL_MS = 250
"""The dial is painted so often at most, while something is measured."""


class EvidenceWatch(QObject):
    """Shows the dial while there is something to watch and somebody who watches."""

    def __init__(
        self,
        screen: VerdictScreen,
        live_matrix: Callable[[], RunMatrix | None],
        background: Background,
        parent: QObject,
    ) -> None:
        """Watch nothing yet.

        Args:
            screen: Where the dial is.
            live_matrix: Returns the run that goes on, if there is one.
            background: Brings in what computes the evidence.
            parent: Whose it is.
        """
        super().__init__(parent)
        self._screen = screen
        self._live_matrix = live_matrix
        self._background = background
        self._is_ready = False
        self._is_asked = False
        self._shown: tuple[str, int] | None = None  # which run, with how many answers
        self._timer = QTimer(self)
        self._timer.setInterval(RENEWAL_MS)
        self._timer.timeout.connect(self.catch_up)
        screen.shown.connect(self.renew)
        screen.hidden.connect(self._timer.stop)

    @Slot()
    def renew(self) -> None:
        """Begin to watch, or end: a run has begun or ended, or the screen has come into view."""
        matrix = self._live_matrix()
        can_watch = matrix is not None and _ends(matrix) is not None
        self._screen.evidence.setVisible(can_watch)
        self._shown = None
        if can_watch and self._screen.isVisible():
            self._timer.start()
            self._bring_in()
            self.catch_up()
        else:
            self._timer.stop()

    @Slot()
    def catch_up(self) -> None:
        """Show what the answers so far come to, if there are more than before."""
        matrix = self._live_matrix()
        if matrix is None or not self._is_ready or not self._screen.isVisible():
            return
        now = matrix.plan.run_id, matrix.cell_count
        ends = _ends(matrix)
        if now == self._shown or ends is None:
            return
        from large_enough.comparison.verdict_evidence import evidence_track

        self._shown = now
        margin = matrix.plan.settings.margin
        track = evidence_track(matrix, *ends, margin)
        self._screen.evidence.show_track(pack_title(matrix.plan.pack), track)

    def _bring_in(self) -> None:
        if not self._is_ready and not self._is_asked:
            self._is_asked = True
            self._background.run("evidence", _import_all, self._on_brought_in, self._on_missing)

    def _on_brought_in(self, _nothing: object) -> None:
        self._is_ready = True
        self.catch_up()

    def _on_missing(self, _error: ErrorInfo) -> None:
        self._is_asked = False  # the next time somebody looks, it is tried again


def _ends(matrix: RunMatrix) -> tuple[str, str] | None:
    """Return whose evidence is watched: the smallest and the largest model's letters."""
    return small_and_large(judged_by_size(matrix.plan.contenders))


def _import_all() -> None:
    """Import what takes a while, beside the window."""
    import large_enough.comparison.verdict_evidence
    import large_enough.report.verdict_charts  # noqa: F401 - brought in, used later
