"""The drawer with everything that can be set for the answers."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from large_enough.domain.generation import CacheType
from large_enough.resources.settings import AskingChoices
from large_enough.ui.asking_specs import answer_specs, loading_specs, sampling_specs
from large_enough.ui.setting_numbers import NumberSpec
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, IconButton, line
from large_enough.ui.widgets.choice_switch import ChoiceSwitch
from large_enough.ui.widgets.drawer_rows import DrawerRow, NumberRow
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.system_box import SystemBox
from large_enough.ui.widgets.toggle_switch import ToggleSwitch
from large_enough.wording.translate import _

_THINKING: tuple[bool | None, ...] = (None, True, False)
_CACHE_TYPES: tuple[str | None, ...] = (None, CacheType.Q8_0.value, CacheType.Q4_0.value)


class AskingDrawer(QFrame):
    """All settings in one column; what is changed holds from the next question on.

    Signals:
        changed: The user chose other `AskingChoices`.
        closed: The user wants the drawer shut.
    """

    changed = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._choices = AskingChoices()
        self.system_box = SystemBox(theme)
        self.thinking = ChoiceSwitch(
            theme, _("Thinking"), (_("As it likes"), _("Think"), _("Don't"))
        )
        self.cache = ChoiceSwitch(theme, _("Numbers in the cache"), ("16 bit", "8 bit", "4 bit"))
        self.completion = ToggleSwitch(theme, _("Continue the text as it is"))
        self.numbers: dict[str, NumberRow] = {}
        self.reset_button = Button(theme, _("Back to the usual values"), picture="retry")
        self.close_button = IconButton(theme, "close", _("Close these settings (Esc)"))
        self._build(theme)
        self._connect()
        self.show_choices(self._choices)

    @property
    def choices(self) -> AskingChoices:
        """What holds."""
        return self._choices

    def show_choices(self, choices: AskingChoices) -> None:
        """Show these choices without telling anybody."""
        self._choices = choices
        self.system_box.blockSignals(True)
        self.system_box.setPlainText(choices.system)
        self.system_box.blockSignals(False)
        for field, row in self.numbers.items():
            row.show_value(getattr(choices, field))
        self.thinking.choose(_THINKING.index(choices.thinking))
        known = choices.cache_type if choices.cache_type in _CACHE_TYPES else None
        self.cache.choose(_CACHE_TYPES.index(known))
        self.completion.setChecked(choices.is_completion)
        self._mark()

    def hasHeightForWidth(self) -> bool:
        """Return no: otherwise Qt would not let it be lower than all of its rows."""
        return False

    def focus_first(self) -> None:
        """Give the keyboard to the first control."""
        self.system_box.setFocus()

    @Slot()
    def _on_changed(self) -> None:
        values: dict[str, Any] = {field: row.value for field, row in self.numbers.items()}
        self._choices = AskingChoices(
            system=self.system_box.message,
            thinking=_THINKING[self.thinking.index],
            cache_type=_CACHE_TYPES[self.cache.index],
            is_completion=self.completion.isChecked(),
            **values,
        )
        self._mark()
        self.changed.emit(self._choices)

    @Slot()
    def _on_reset_clicked(self) -> None:
        self.show_choices(AskingChoices())
        self.focus_first()
        self.changed.emit(self._choices)

    def _mark(self) -> None:
        self.reset_button.setEnabled(self._choices != AskingChoices())

    # --- building

    def _build(self, theme: Theme) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 8, 6)
        head.addWidget(Label(theme, Type.NAME, _("How the models are asked"), wraps=True), 1)
        head.addWidget(self.close_button)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.addWidget(self.reset_button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(_scrolling(self._rows(theme)), 1)
        column.addWidget(line())
        column.addLayout(foot)

    def _rows(self, theme: Theme) -> QWidget:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(16, 6, 16, 10)
        column.setSpacing(0)
        column.addWidget(self._system_row(theme))
        self._add(column, theme, answer_specs())
        column.addWidget(self._thinking_row(theme))
        column.addWidget(self._completion_row(theme))
        _add_heading(column, theme, _("Choosing words"))
        self._add(column, theme, sampling_specs())
        _add_heading(column, theme, _("Loading the models"))
        self._add(column, theme, loading_specs())
        column.addWidget(self._cache_row(theme))
        column.addStretch(1)
        return place

    def _add(self, column: QVBoxLayout, theme: Theme, specs: Sequence[NumberSpec]) -> None:
        for spec in specs:
            row = NumberRow(theme, spec)
            row.changed.connect(self._on_changed)
            self.numbers[spec.field] = row
            column.addWidget(row)

    def _system_row(self, theme: Theme) -> DrawerRow:
        return DrawerRow(
            theme,
            _("System message"),
            _("Tells every model how to behave. Empty: the question's own one, if it has one."),
            self.system_box,
            is_beside=False,
        )

    def _thinking_row(self, theme: Theme) -> DrawerRow:
        return DrawerRow(
            theme,
            _("Thinking"),
            _("Whether a thinking model thinks first; others take no notice."),
            self.thinking,
            is_beside=False,
        )

    def _completion_row(self, theme: Theme) -> DrawerRow:
        return DrawerRow(
            theme,
            _("Continue the text as it is"),
            _("For base models, which cannot chat: no question and answer, just more text."),
            self.completion,
        )

    def _cache_row(self, theme: Theme) -> DrawerRow:
        return DrawerRow(
            theme,
            _("Numbers in the cache"),
            _("Fewer bits need less memory for the conversation, and are less exact."),
            self.cache,
            is_beside=False,
        )

    def _connect(self) -> None:
        self.system_box.textChanged.connect(self._on_changed)
        self.thinking.chosen.connect(self._on_changed)
        self.cache.chosen.connect(self._on_changed)
        self.completion.clicked.connect(self._on_changed)
        self.reset_button.clicked.connect(self._on_reset_clicked)
        self.close_button.clicked.connect(self.closed)


def _add_heading(column: QVBoxLayout, theme: Theme, words: str) -> None:
    column.addSpacing(8)
    column.addWidget(line())
    column.addSpacing(10)
    column.addWidget(Label(theme, Type.SOFT_STRONG, words, tone="soft"))


def _scrolling(rows: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(rows)
    for surface in (area.viewport(), rows):
        surface.setAutoFillBackground(False)
    return area
