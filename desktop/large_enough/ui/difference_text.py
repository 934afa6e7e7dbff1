"""Turns the differences of two answers into words and into marked text."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor, QTextDocument

from large_enough.domain.text import harmless
from large_enough.ui.tokens import Tokens
from large_enough.wording.numbers import share_text
from large_enough.wording.translate import _, ngettext

if TYPE_CHECKING:
    from large_enough.comparison.differences import Differences


def difference_words(found: "Differences", letter_a: str, letter_b: str) -> str:
    """Return in one or two sentences how much two answers have in common."""
    from large_enough.comparison.differences import Level, RunKind

    totals = [sum(len(run.text_a.split()) for run in found.runs)]
    totals.append(sum(len(run.text_b.split()) for run in found.runs))
    same = sum(len(run.text_a.split()) for run in found.runs if run.kind is RunKind.SAME)
    if not any(totals):
        return _("Both answers are empty.")
    if all(run.kind is RunKind.SAME for run in found.runs):
        return _("Both answers are the same, word for word.")
    words = ngettext(
        "{count} word stands in both answers: {share_a} of {a}'s, {share_b} of {b}'s.",
        "{count} words stand in both answers: {share_a} of {a}'s, {share_b} of {b}'s.",
        same,
    ).format(
        count=same,
        a=letter_a,
        b=letter_b,
        share_a=share_text(same / max(1, totals[0])),
        share_b=share_text(same / max(1, totals[1])),
    )
    level = {
        Level.WORDS: "",
        Level.LINES: _("They are too long to compare word by word: whole lines are marked."),
        Level.WHOLE: _("They are too long to compare: only beginning and end were."),
    }[found.level]
    key = _("What only one of them has is underlined.")
    return " ".join(part for part in (words, level, key) if part)


def show_side(
    document: QTextDocument, found: "Differences", letter: str, *, is_second: bool, tokens: Tokens
) -> None:
    """Write one of the two answers into a document; what only it has is underlined on a tint."""
    from large_enough.comparison.differences import RunKind

    own = RunKind.ONLY_B if is_second else RunKind.ONLY_A
    plain, marked = QTextCharFormat(), QTextCharFormat()
    marked.setBackground(QColor(tokens.tint(letter)))
    marked.setFontUnderline(True)
    marked.setFontWeight(QFont.Weight.DemiBold)
    document.clear()
    cursor = QTextCursor(document)
    for run in found.runs:
        text = run.text_b if is_second else run.text_a
        if text:
            cursor.insertText(harmless(text), marked if run.kind is own else plain)
