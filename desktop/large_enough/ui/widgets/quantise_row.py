"""One type that a model can be quantised to, and whether it is wanted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.toggle_switch import ToggleSwitch
from large_enough.wording.quantising_words import purpose_text, size_text
from large_enough.wording.translate import _

if TYPE_CHECKING:
    from large_enough.comparison.quantising_plan import QuantisingPlan


class QuantiseRow(QWidget):
    """A switch, the type's name, how large it becomes, and what it is good for.

    Signals:
        changed: The user wants it, or not any more.
    """

    changed = Signal()

    def __init__(self, theme: Theme, plan: "QuantisingPlan", *, is_present: bool) -> None:
        super().__init__()
        self.plan = plan
        type_name = plan.forecast.type_name
        self.switch = ToggleSwitch(theme, type_name)
        self.switch.setEnabled(not is_present)
        size = size_text(plan.parent, plan.forecast)
        purpose = _purpose(plan, is_present=is_present)
        self.switch.setAccessibleDescription(f"{size}. {purpose}")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(theme, Type.STRONG, type_name))
        head.addWidget(Label(theme, Type.SOFT, size, tone="soft"), 1)
        texts.addLayout(head)
        texts.addWidget(Label(theme, Type.SOFT, purpose, wraps=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 7, 0, 7)
        row.setSpacing(14)
        row.addWidget(self.switch)
        row.addLayout(texts, 1)
        self.switch.toggled.connect(self.changed)

    @property
    def is_wanted(self) -> bool:
        """Whether the user wants it."""
        return self.switch.isChecked()


def _purpose(plan: "QuantisingPlan", *, is_present: bool) -> str:
    if is_present:
        return _("It is here already.")
    if plan.is_larger:
        return _("larger than the original, and cannot be better")
    return purpose_text(plan.forecast.type_name)
