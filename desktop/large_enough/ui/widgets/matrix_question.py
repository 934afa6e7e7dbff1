"""The question that answers are shown of: its text, its document, its key, where it stands."""

import string

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from large_enough.comparison.matrix_filter import ItemFlag
from large_enough.domain.pack import PackItem
from large_enough.domain.text import harmless_line
from large_enough.ui.answer_facts import shown_text
from large_enough.ui.matrix_words import flag_sentence
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.labels import Label
from large_enough.wording.item_words import key_line, options_of
from large_enough.wording.pack_words import type_word
from large_enough.wording.translate import _

WIDTH_PX = 320
_INSET_PX = 16


class _Part(QWidget):
    """A soft heading with text below; not there where there is no text."""

    def __init__(self, theme: Theme, heading: str, kind: Type = Type.SOFT) -> None:
        super().__init__()
        self.text = Label(theme, kind, wraps=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(Label(theme, Type.SMALL_STRONG, heading, tone="soft"))
        column.addWidget(self.text)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self.text.setText(text)
        self.setVisible(bool(text))


class QuestionColumn(QFrame):
    """A card at the left of the answers.

    Signals:
        key_fix_wanted: The user thinks that the key is wrong.
    """

    key_fix_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.flags = Label(theme, Type.SOFT, wraps=True)
        self._flag_frame = QFrame()
        self._flag_frame.setProperty("kind", "notice")
        self.facts = Label(theme, Type.SMALL, tone="soft", wraps=True)
        self.question = Label(theme, Type.STRONG, wraps=True)
        self.options = _Part(theme, _("Options"))
        self.key = _Part(theme, _("Key"), Type.STRONG)
        self.explain = _Part(theme, _("How the key comes about"))
        self.context = _Part(theme, _("Text that the question is about"))
        self.fix_button = Button(theme, _("Fix the key…"), kind="small")
        self.fix_button.setToolTip(
            _("All recorded answers are graded again with the new key; no model is needed")
        )
        self._arrange()
        self.fix_button.clicked.connect(self.key_fix_wanted)

    def show_item(
        self,
        item: PackItem,
        flags: tuple[ItemFlag, ...],
        shown_choices: tuple[str, ...],
        *,
        can_fix: bool,
    ) -> None:
        """Show a question.

        Args:
            item: What was asked.
            flags: What the answers say about it.
            shown_choices: The options in the order in which models saw them; empty if nobody has.
            can_fix: Whether its key may be changed now: not while the run goes on.
        """
        self.flags.setText("\n".join(flag_sentence(flag) for flag in flags))
        self._flag_frame.setVisible(bool(flags))
        parts = [harmless_line(item.id), harmless_line(item.family), type_word(item.type)]
        if item.level is not None:
            parts.append(_("level {level}").format(level=item.level))
        parts += [f"#{harmless_line(tag)}" for tag in item.tags]
        self.facts.setText(" · ".join(part for part in parts if part))
        self.question.setText(shown_text(item.question))
        self.options.show_text(_options_text(shown_choices, options_of(item.key)))
        self.key.show_text(key_line(item.key))
        self.explain.show_text(shown_text(item.explain))
        self.context.show_text(shown_text(item.context))
        self.fix_button.setEnabled(can_fix)

    def _arrange(self) -> None:
        notice = QVBoxLayout(self._flag_frame)
        notice.setContentsMargins(12, 8, 12, 8)
        notice.addWidget(self.flags)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(_INSET_PX, 14, _INSET_PX, 14)
        column.setSpacing(12)
        column.addWidget(self._flag_frame)
        column.addWidget(self.question)
        column.addWidget(self.facts)
        column.addWidget(self.options)
        column.addWidget(self.key)
        column.addWidget(self.fix_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.explain)
        column.addWidget(self.context)
        column.addStretch(1)
        place = QScrollArea()
        place.setFrameShape(QFrame.Shape.NoFrame)
        place.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # long texts scroll by keys, too
        place.setAccessibleName(_("The question"))
        place.setProperty("ringInside", True)
        place.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        place.setWidgetResizable(True)
        place.setWidget(content)
        place.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(place)


def _options_text(shown: tuple[str, ...], options: tuple[str, ...]) -> str:
    """Return the options line by line, with the letters that models saw."""
    if shown:
        lettered = zip(string.ascii_uppercase, shown, strict=False)
        return "\n".join(f"{letter}. {harmless_line(one)}" for letter, one in lettered)
    return "\n".join(f"• {harmless_line(one)}" for one in options)
