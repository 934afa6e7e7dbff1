"""Shows what a pack is about, who wrote it, and on which terms it may be used."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from large_enough.domain.pack import Pack
from large_enough.domain.text import harmless
from large_enough.ui.pack_draft import types_in
from large_enough.ui.pack_rows import questions_text
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.fact_list import FactList
from large_enough.wording.doctor_facts import Fact
from large_enough.wording.pack_words import reasoning_text, type_word
from large_enough.wording.power_words import points_text
from large_enough.wording.translate import _

_FACTS_WIDTH_PX = 380


class AboutPage(QFrame):
    """The words of the author at the left, facts at the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "card")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setAccessibleName(_("What this pack is about"))
        self.text.document().setDocumentMargin(0)
        self.text.viewport().setAutoFillBackground(False)
        self.facts = FactList(theme, _("The pack"))
        self._arrange()
        theme.changed.connect(self._renew)
        self._renew()

    def show_pack(self, pack: Pack) -> None:
        """Show what is known of a pack."""
        parts = [part for part in (pack.description, pack.about) if part.strip()]
        words = "\n\n".join(harmless(part).strip() for part in parts)
        self.text.setPlainText(words or _("Its author has not said what it is about."))
        self.facts.show_facts(_facts_of(pack))

    def _arrange(self) -> None:
        side = QWidget()
        side.setMaximumWidth(round(_FACTS_WIDTH_PX * self._theme.scale))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.facts)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(24)
        row.addWidget(self.text, 3)
        row.addWidget(side, 2, Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _renew(self) -> None:
        self.text.setFont(self._theme.font(Type.BASE))


def _facts_of(pack: Pack) -> tuple[Fact, ...]:
    facts: list[Fact] = [
        (_("Questions"), questions_text(len(pack.graded_items))),
        (_("Answers"), ", ".join(map(type_word, types_in(pack.items)))),
        (_("Domain"), _(pack.domain) if pack.domain else ""),
        (_("Language"), pack.language),
        (_("Version"), pack.version),
        (_("Licence"), pack.licence or _("not told")),
        (_("Authors"), ", ".join(pack.authors)),
        (_("Reasoning"), reasoning_text(pack)),
        (_("Usual margin"), points_text(pack.margin)),
        (_("Id"), pack.id),
    ]
    return tuple(fact for fact in facts if fact[1].strip())
