"""What so many questions can show at all."""

from PySide6.QtWidgets import QWidget

from large_enough.stats.power_table import DISAGREEMENT
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.power_table import PowerTable
from large_enough.ui.widgets.titled_card import TitledCard
from large_enough.wording.power_words import power_sentence, power_source
from large_enough.wording.translate import _


class PowerCard(TitledCard):
    """A sentence and the table, with the line that holds here marked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("What so many questions can show"), parent)
        self.sentence = Label(theme, Type.SOFT, wraps=True)
        caption = Label(
            theme,
            Type.SMALL_STRONG,
            _("Chance to settle it, with a margin of so many points"),
            wraps=True,
        )
        self.table = PowerTable(theme)
        source = Label(theme, Type.SMALL, power_source(DISAGREEMENT), tone="soft", wraps=True)
        for widget in (self.sentence, caption, self.table, source):
            self.column.addWidget(widget)

    def show_count(self, question_count: int) -> None:
        """Mark what holds for so many questions."""
        self.sentence.setText(power_sentence(question_count))
        self.table.show_count(question_count)
