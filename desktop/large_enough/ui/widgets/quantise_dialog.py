"""Lets the user choose which quantised copies to make of a model."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from large_enough.domain.model_card import ModelCard
from large_enough.domain.text import harmless_line
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.quantise_row import QuantiseRow
from large_enough.wording.numbers import bytes_text, count_text
from large_enough.wording.quantising_words import forecast_remarks
from large_enough.wording.translate import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from large_enough.comparison.quantising_plan import QuantisingOffer, QuantisingPlan

WIDTH_PX, HEIGHT_PX = 640, 620
USUAL_TYPES = frozenset({"F16", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q3_K_M", "Q2_K"})
"""Shown first: each takes clearly less room than the one before (our choice)."""
FEWEST_USUAL = 3
"""With fewer of them, all types are shown that take less room than the original."""


class QuantiseDialog(QDialog):
    """The types with what they are good for; what will be made, and the room it takes.

    Signals:
        wanted: The user wants these copies: a tuple of `QuantisingPlan`.
    """

    wanted = Signal(object)

    def __init__(
        self, theme: Theme, parent_model: ModelCard, offer: "QuantisingOffer", window: QWidget
    ) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Make quantised copies"))
        self._model = parent_model
        self._offer = offer
        self._first = _first_plans(offer.plans)
        self.rows = tuple(
            QuantiseRow(theme, plan, is_present=plan.forecast.type_name in offer.present)
            for plan in offer.plans
        )
        self.remarks = Label(theme, Type.SOFT, tone="warning", wraps=True)
        self.room = Label(theme, Type.SOFT, wraps=True)
        self.all_button = Button(theme, _("Show all types"), kind="small")
        self.make_button = Button(theme, "", kind="primary")
        self.cancel_button = Button(theme, _("Cancel"))
        self._arrange(theme)
        self._connect()
        self._show_types(are_all=False)
        self._on_changed()
        self.resize(round(WIDTH_PX * theme.scale), round(HEIGHT_PX * theme.scale))

    @property
    def plans(self) -> "tuple[QuantisingPlan, ...]":
        """What is wanted."""
        return tuple(row.plan for row in self.rows if row.is_wanted)

    def _arrange(self, theme: Theme) -> None:
        name = harmless_line(self._model.name)
        title = Label(
            theme, Type.SENTENCE, _("Quantised copies of {name}").format(name=name), wraps=True
        )
        explanation = Label(
            theme,
            Type.SOFT,
            _(
                "With fewer bits for each weight a model takes less memory and mostly answers "
                "faster; at some point its answers get worse. The original stays as it is."
            ),
            tone="soft",
            wraps=True,
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.all_button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.make_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(10)
        for widget in (title, explanation, self._list(), self.remarks, self.room):
            column.addWidget(widget)
        column.addLayout(buttons)

    def _list(self) -> QScrollArea:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(2, 0, 10, 0)
        column.setSpacing(0)
        for row in self.rows:
            column.addWidget(row)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        area.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        return area

    def _connect(self) -> None:
        for row in self.rows:
            row.changed.connect(self._on_changed)
        self.all_button.clicked.connect(self._on_all_clicked)
        self.make_button.clicked.connect(self._on_make_clicked)
        self.cancel_button.clicked.connect(self.reject)

    def _show_types(self, *, are_all: bool) -> None:
        for row in self.rows:
            row.setVisible(are_all or row.plan in self._first)
        self.all_button.setVisible(not are_all and len(self._first) < len(self.rows))

    @Slot()
    def _on_all_clicked(self) -> None:
        self._show_types(are_all=True)
        self.rows[0].switch.setFocus()

    @Slot()
    def _on_changed(self) -> None:
        plans = self.plans
        remarks = _remarks(plans) if plans else self._first_remark()
        self.remarks.setText("\n".join(remarks))
        self.remarks.setVisible(bool(remarks))
        needed_bytes = sum(plan.forecast.size_bytes for plan in plans)
        has_room = needed_bytes <= self._offer.free_bytes
        self.room.setText(_room_text(len(plans), needed_bytes, self._offer.free_bytes))
        self.room.set_tone("soft" if has_room else "warning")
        self.make_button.setText(_make_text(len(plans)))
        self.make_button.setEnabled(bool(plans) and has_room)

    def _first_remark(self) -> list[str]:
        """Return what speaks against any copy at all: the original is quantised already."""
        plan = self._offer.plans[-1]
        return _remarks([plan])[:1] if plan.is_requantised else []

    @Slot()
    def _on_make_clicked(self) -> None:
        plans = self.plans
        self.accept()
        self.wanted.emit(plans)


def _first_plans(plans: "tuple[QuantisingPlan, ...]") -> "tuple[QuantisingPlan, ...]":
    """Return what is shown first: the usual types, or all where these leave little to choose."""
    smaller = tuple(plan for plan in plans if not plan.is_larger)
    usual = tuple(plan for plan in smaller if plan.forecast.type_name in USUAL_TYPES)
    return (usual if len(usual) >= FEWEST_USUAL else smaller) or plans


def _remarks(plans: "Iterable[QuantisingPlan]") -> list[str]:
    """Return what speaks against the copies, each sentence once."""
    found = (remark for plan in plans for remark in forecast_remarks(plan.parent, plan.forecast))
    return list(dict.fromkeys(found))


def _room_text(count: int, needed_bytes: int, free_bytes: int) -> str:
    free = bytes_text(free_bytes)
    if not count:
        return _("Choose one or several types. {free} are free on the disk.").format(free=free)
    if needed_bytes > free_bytes:
        return _("The disk has no room for that: {needed} are needed, {free} are free.").format(
            needed=bytes_text(needed_bytes), free=free
        )
    return _("That needs {needed} of the {free} that are free on the disk.").format(
        needed=bytes_text(needed_bytes), free=free
    )


def _make_text(count: int) -> str:
    return ngettext("Make {count} copy", "Make {count} copies", max(1, count)).format(
        count=count_text(max(1, count))
    )
