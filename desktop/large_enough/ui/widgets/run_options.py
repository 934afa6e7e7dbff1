"""The settings of a run: mode, margin, repeats, sample, and what few people need."""

import msgspec
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from large_enough.comparison.pack_run_plan import usual_settings
from large_enough.domain.pack import AnswerType, Pack
from large_enough.domain.pack_run import (
    AnswerWay,
    PackRunSettings,
    RunLimits,
    RunMode,
    Variant,
)
from large_enough.ui.run_specs import (
    MARGINS,
    MODES,
    ORDERS,
    REPEATS,
    limit_specs,
    margin_meaning,
    margin_text,
    mode_meaning,
    mode_name,
    order_meaning,
    order_name,
    sample_spec,
)
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, line
from large_enough.ui.widgets.choice_switch import ChoiceSwitch
from large_enough.ui.widgets.drawer_rows import DrawerRow, NumberRow
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.toggle_switch import ToggleSwitch
from large_enough.wording.translate import _


class RunOptions(QFrame):
    """A card with all settings; the usual ones hold from the beginning.

    Signals:
        changed: The user chose something else.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._theme = theme
        self._base = PackRunSettings()
        self.mode = ChoiceSwitch(theme, _("Mode"), tuple(mode_name(mode) for mode in MODES))
        self.margin = ChoiceSwitch(
            theme, _("Margin"), tuple(str(round(margin * 100)) for margin in MARGINS)
        )
        self.repeats = ChoiceSwitch(theme, _("Repeats"), tuple(str(count) for count in REPEATS))
        self.order = ChoiceSwitch(theme, _("Order"), tuple(order_name(one) for one in ORDERS))
        self.no_context = ToggleSwitch(theme, _("Without the texts"))
        self.forced = ToggleSwitch(theme, _("Forced choice"))
        self.stops_loops = ToggleSwitch(theme, _("Stop models that repeat themselves"))
        self.sample = NumberRow(theme, sample_spec(1))
        self.numbers = {spec.field: NumberRow(theme, spec) for spec in limit_specs()}
        self.more_button = Button(theme, _("More settings"), picture="chevron-down", kind="small")
        self.more_button.setCheckable(True)
        self._more = QWidget()
        self._rows: dict[ChoiceSwitch, DrawerRow] = {}
        self._column = QVBoxLayout(self)
        self._sample_place = QVBoxLayout()
        self._forced_row = DrawerRow(theme, _("Forced choice"), _forced_words(), self.forced)
        self._arrange()
        self._connect()
        self.show_settings(PackRunSettings())

    @property
    def settings(self) -> PackRunSettings:
        """What is chosen."""
        mode, numbers = MODES[self.mode.index], self.numbers
        is_forced = self.forced.isChecked() and not self._forced_row.isHidden()
        sample, seed, batch = self.sample.value, numbers["seed"].value, numbers["batch_size"].value
        usual = self._base
        return msgspec.structs.replace(
            self._base,
            mode=mode,
            order=ORDERS[self.order.index if mode is RunMode.MEASURE else 0],
            variant=Variant.NO_CONTEXT if self.no_context.isChecked() else Variant.USUAL,
            way=AnswerWay.FORCED_CHOICE if is_forced else AnswerWay.GENERATED,
            repeats=REPEATS[self.repeats.index],
            seed=usual.seed if seed is None else int(seed),
            sample_count=None if sample is None else int(sample),
            batch_size=usual.batch_size if batch is None else int(batch),
            margin=MARGINS[self.margin.index],
            limits=self._limits(),
        )

    def show_pack(self, pack: Pack) -> None:
        """Offer what goes with a pack, its own margin and repeats chosen."""
        items = pack.graded_items
        row = NumberRow(self._theme, sample_spec(len(items)))
        self._sample_place.replaceWidget(self.sample, row)
        self.sample.hide()
        self.sample.deleteLater()
        self.sample = row
        row.changed.connect(self._on_changed)
        self._forced_row.setVisible(any(item.type is AnswerType.CHOICE for item in items))
        nearest = min(MARGINS, key=lambda margin: abs(margin - pack.margin))
        most = max((one for one in REPEATS if one <= max(1, pack.defaults.repeats)), default=1)
        usual = usual_settings(pack)
        self.show_settings(msgspec.structs.replace(usual, margin=nearest, repeats=most))

    def show_settings(self, settings: PackRunSettings) -> None:
        """Show these settings without telling anybody."""
        self._base = settings
        self.mode.choose(MODES.index(settings.mode))
        self.order.choose(ORDERS.index(settings.order))
        if settings.margin in MARGINS:
            self.margin.choose(MARGINS.index(settings.margin))
        if settings.repeats in REPEATS:
            self.repeats.choose(REPEATS.index(settings.repeats))
        for toggle, is_on in (
            (self.no_context, settings.variant is Variant.NO_CONTEXT),
            (self.forced, settings.way is AnswerWay.FORCED_CHOICE),
            (self.stops_loops, settings.limits.stops_loops),
        ):
            toggle.blockSignals(True)
            toggle.setChecked(is_on)
            toggle.blockSignals(False)
        self._explain()

    def _limits(self) -> RunLimits:
        usual, values = RunLimits(), {name: row.value for name, row in self.numbers.items()}
        tokens, seconds = values["max_tokens"], values["longest_s"]
        characters = values["longest_characters"]
        return RunLimits(
            max_tokens=None if tokens is None else int(tokens),
            longest_s=usual.longest_s if seconds is None else seconds,
            longest_characters=(
                usual.longest_characters if characters is None else int(characters)
            ),
            stops_loops=self.stops_loops.isChecked(),
        )

    def _explain(self) -> None:
        """Say what is chosen means."""
        mode = MODES[self.mode.index]
        self._rows[self.mode].explanation.setText(mode_meaning(mode))
        self._rows[self.margin].explanation.setText(margin_meaning(MARGINS[self.margin.index]))
        self._rows[self.order].explanation.setText(order_meaning(ORDERS[self.order.index]))
        self._rows[self.order].setVisible(mode is RunMode.MEASURE)
        self.numbers["batch_size"].setVisible(mode is RunMode.FAST)
        for index, margin in enumerate(MARGINS):
            self.margin.parts[index].setAccessibleName(margin_text(margin))

    def _arrange(self) -> None:
        theme = self._theme
        self._column.setContentsMargins(18, 14, 18, 14)
        self._column.setSpacing(0)
        self._column.addWidget(Label(theme, Type.NAME, _("How they are asked")))
        self._column.addSpacing(4)
        self._add(self.mode, _("Mode"), self._column, is_beside=False)
        self._column.addWidget(line())
        self._add(self.margin, _("Margin, in points"), self._column)
        self._column.addWidget(line())
        self._add(self.repeats, _("How often each question is asked"), self._column)
        self._rows[self.repeats].explanation.setText(
            _("Once will do at temperature 0. More often shows how steady the answers are.")
        )
        self._column.addWidget(line())
        self._sample_place.addWidget(self.sample)
        self._column.addLayout(self._sample_place)
        self._column.addSpacing(4)
        place = QVBoxLayout()
        place.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addLayout(place)
        self._column.addWidget(self._more)
        self._column.addStretch(1)
        self._arrange_more()

    def _arrange_more(self) -> None:
        column = QVBoxLayout(self._more)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(0)
        self._add(self.order, _("Order"), column, is_beside=False)
        column.addWidget(DrawerRow(self._theme, _("Without the texts"), _bare(), self.no_context))
        column.addWidget(self._forced_row)
        column.addWidget(
            DrawerRow(
                self._theme,
                _("Stop models that repeat themselves"),
                _("Small models may say the same for ever; such an answer counts as a failure."),
                self.stops_loops,
            )
        )
        for row in self.numbers.values():
            column.addWidget(row)
        self._more.hide()

    def _add(
        self, switch: ChoiceSwitch, title: str, column: QVBoxLayout, *, is_beside: bool = True
    ) -> None:
        row = DrawerRow(self._theme, title, "", switch, is_beside=is_beside)
        self._rows[switch] = row
        column.addWidget(row)

    def _connect(self) -> None:
        for switch in (self.mode, self.margin, self.repeats, self.order):
            switch.chosen.connect(self._on_changed)
        for toggle in (self.no_context, self.forced, self.stops_loops):
            toggle.toggled.connect(self._on_changed)
        for row in (self.sample, *self.numbers.values()):
            row.changed.connect(self._on_changed)
        self.more_button.toggled.connect(self._more.setVisible)

    @Slot()
    def _on_changed(self) -> None:
        self._explain()
        self.changed.emit()


def _bare() -> str:
    return _(
        "A control: the questions are asked without the texts they are about. Who is right all "
        "the same knew the answer, or guessed."
    )


def _forced_words() -> str:
    return _(
        "Instead of letting the model write, the probabilities of the options' letters are read. "
        "Only questions with options take part."
    )
