"""Asks a person how an answer is to be judged, who says so, and why."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.grade import GradeStatus, HandGrade
from large_enough.domain.pack_run import Cell, CellKey
from large_enough.domain.setting_limits import Limits
from large_enough.domain.text import harmless_line
from large_enough.ui.setting_numbers import NumberSpec
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.choice_switch import ChoiceSwitch
from large_enough.ui.widgets.drawer_rows import NumberRow
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.text_field import TextField
from large_enough.wording.grade_words import status_word
from large_enough.wording.translate import _

_STATUSES = (GradeStatus.CORRECT, GradeStatus.PARTIAL, GradeStatus.WRONG)
_WIDTH_PX = 460
_LONGEST_WHO = 80
_LONGEST_WHY = 500
_USUAL_SHARE = 50.0


class HandGradeBox(QDialog):
    """A small dialog; the judgement stands above the rule's and is kept beside it.

    Signals:
        judged: The person has judged: `CellKey`, and a `HandGrade` or None to take it back.
    """

    judged = Signal(object, object)

    def __init__(
        self,
        theme: Theme,
        cell: Cell,
        who: str,
        utc_now: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            theme: Colours and type.
            cell: The answer that is judged.
            who: Name of the person who judged last; empty if nobody did.
            utc_now: Tells the time, as ISO 8601.
            parent: The window.
        """
        super().__init__(parent)
        self._key: CellKey = cell.key
        self._utc_now = utc_now
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Judge by hand"))
        self.switch = ChoiceSwitch(
            theme, _("Judgement"), tuple(status_word(status) for status in _STATUSES)
        )
        self.share = NumberRow(theme, _share_spec())
        self.who = TextField(
            theme, _("Who judges"), longest=_LONGEST_WHO, hint=_("your name or initials")
        )
        self.why = TextField(
            theme, _("Why"), longest=_LONGEST_WHY, hint=_("what the rule did not see")
        )
        self.save_button = Button(theme, _("Keep this judgement"), kind="primary")
        self.remove_button = Button(theme, _("Take the judgement back"))
        self.cancel_button = Button(theme, _("Cancel"))
        self._arrange(theme, cell)
        self._show(cell, who)
        self._connect()

    @Slot()
    def _on_chosen(self) -> None:
        self.share.setVisible(_STATUSES[self.switch.index] is GradeStatus.PARTIAL)
        self.adjustSize()

    @Slot()
    def _on_saved(self) -> None:
        status = _STATUSES[self.switch.index]
        share = self.share.value if self.share.value is not None else _USUAL_SHARE
        scores = {GradeStatus.CORRECT: 1.0, GradeStatus.WRONG: 0.0}
        grade = HandGrade(
            status=status,
            score=scores.get(status, share / 100),
            who=harmless_line(self.who.text()),
            why=harmless_line(self.why.text()),
            utc=self._utc_now(),
        )
        self.judged.emit(self._key, grade)
        self.accept()

    @Slot()
    def _on_removed(self) -> None:
        self.judged.emit(self._key, None)
        self.accept()

    def _show(self, cell: Cell, who: str) -> None:
        hand = cell.hand_grade
        status = cell.grade.status if hand is None else hand.status
        self.switch.choose(_STATUSES.index(status) if status in _STATUSES else 0)
        is_share = hand is not None and isinstance(hand.score, float)
        self.share.show_value(hand.score * 100 if is_share else None)  # type: ignore[union-attr, operator]
        self.who.setText(who if hand is None else hand.who)
        self.why.setText("" if hand is None else hand.why)
        self.remove_button.setVisible(hand is not None)
        self._on_chosen()

    def _arrange(self, theme: Theme, cell: Cell) -> None:
        heading = _("{item}, {letter}: by the rule it is “{words}”").format(
            item=harmless_line(cell.key.item_id),
            letter=cell.key.letter,
            words=status_word(cell.grade.status),
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(10)
        column.addWidget(Label(theme, Type.STRONG, heading, wraps=True))
        column.addWidget(
            Label(
                theme,
                Type.SOFT,
                _("Your judgement counts in place of the rule's. Both are kept and shown."),
                tone="soft",
                wraps=True,
            )
        )
        column.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.share)
        for words, field in ((_("Who judges"), self.who), (_("Why"), self.why)):
            column.addWidget(Label(theme, Type.SMALL_STRONG, words, tone="soft"))
            column.addWidget(field)
        column.addSpacing(6)
        column.addLayout(buttons)
        self.setMinimumWidth(round(_WIDTH_PX * theme.scale))

    def _connect(self) -> None:
        self.switch.chosen.connect(self._on_chosen)
        self.save_button.clicked.connect(self._on_saved)
        self.remove_button.clicked.connect(self._on_removed)
        self.cancel_button.clicked.connect(self.reject)


def _share_spec() -> NumberSpec:
    return NumberSpec(
        field="share",
        title=_("Share of the points, in per cent"),
        explanation=_("How much of the answer is right."),
        limits=Limits(0.0, 100.0),
        usual=_USUAL_SHARE,
    )
