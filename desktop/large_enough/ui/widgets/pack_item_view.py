"""Shows one question of a pack in full: what is asked, and what is right."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from large_enough.domain.pack import Key, ListKey, PackItem
from large_enough.domain.text import harmless, harmless_line
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.fact_list import FactList
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.question_text import QuestionText
from large_enough.wording.doctor_facts import Fact
from large_enough.wording.item_words import key_line, options_of
from large_enough.wording.pack_words import type_word
from large_enough.wording.translate import _

_HEIGHT_PX = 232


class ItemView(QFrame):
    """The question and its document at the left, at the right the answer and other facts."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "card")
        self.title = Label(theme, Type.STRONG)
        self.question = QuestionText(theme)
        self.context = QPlainTextEdit()
        self.context.setProperty("kind", "code")
        self.context.setReadOnly(True)
        self.context.setTabChangesFocus(True)
        self.context.setFrameShape(QFrame.Shape.NoFrame)
        self.context.setAccessibleName(_("Text that the question is about"))
        self.context.document().setDocumentMargin(0)
        self._below = QWidget()  # takes the room of the text where there is none
        self.facts = FactList(theme, _("What is right"))
        self._arrange()
        theme.changed.connect(self._renew)
        self._renew()

    def show_item(self, number: int, item: PackItem) -> None:
        """Show a question."""
        title = _("Question {number}").format(number=number)
        self.title.setText(f"{title} · {harmless_line(item.family)}" if item.family else title)
        self.question.show_question(item.question)
        self.context.setPlainText(harmless(item.context).strip())
        self.context.setVisible(bool(item.context.strip()))
        self._below.setVisible(not item.context.strip())
        self.facts.show_facts(facts_of(item))

    def _arrange(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.title)
        left.addWidget(self.question)
        left.addWidget(self.context, 1)
        left.addWidget(self._below, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.facts)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        scroll.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 14, 10, 12)
        row.setSpacing(20)
        row.addLayout(left, 1)
        row.addWidget(scroll, 1)

    @Slot()
    def _renew(self) -> None:
        self.context.setFont(self._theme.code_font())
        self.setFixedHeight(round(_HEIGHT_PX * self._theme.scale))


def facts_of(item: PackItem) -> tuple[Fact, ...]:
    """Return what is right for a question, and all else that is known of it."""
    options = options_of(item.key)
    facts: list[Fact] = [
        (_("Right answer"), key_line(item.key)),
        (_("Type"), _("only to look at") if item.demo else type_word(item.type)),
        (_("Options"), " · ".join(options)),
        (_("Also accepted"), _further_forms(item.key)),
        (_("How it comes about"), item.explain),
        (_("Level"), "" if item.level is None else str(item.level)),
        (_("Group"), item.group),
        (_("Tags"), ", ".join(item.tags)),
        (_("Source"), item.source),
    ]
    return tuple(fact for fact in facts if fact[1].strip())


def _further_forms(key: Key) -> str:
    if not isinstance(key, ListKey):
        return ""
    return "; ".join(" = ".join(forms) for forms in key.entries if len(forms) > 1)
