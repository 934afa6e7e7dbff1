"""The answer pane while text comes and afterwards."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QTextCursor, QTextTable
from pytestqt.qtbot import QtBot
from tests.helpers.fake_clock import FakeClock

from large_enough.ui.theme import Theme
from large_enough.ui.widgets.answer_pane import (
    RENDERED_LIMIT,
    SLOW_UPDATE_MS,
    STEP_CHARACTERS,
    AnswerPane,
)

MIXED = """# Fees

The fee is **1.00 EUR**, see `tariff`.

- one
- two

```python
fee = max(1.00,

          0.015 * 40)
```

| amount | fee |
|---:|---:|
| 40 | 1.00 |

The end.
"""


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme, clock: FakeClock) -> AnswerPane:
    made = AnswerPane(theme, clock)
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    made.begin("A")
    return made


def finish(qtbot: QtBot, pane: AnswerPane) -> None:
    pane.finish()
    qtbot.waitUntil(lambda: pane.is_caught_up)


def words(pane: AnswerPane) -> list[str]:
    return pane.toPlainText().replace("\u258d", "").split()


def stream(qtbot: QtBot, pane: AnswerPane, text: str, step: int) -> Iterator[str]:
    """Feed a text in pieces; each is shown before the next one comes."""
    for start in range(0, len(text), step):
        pane.add_text(text[start : start + step])
        pane.flush()
        yield text[: start + step]


@pytest.mark.parametrize("step", [1, 7, 50, 1000])
def test_streaming_shows_what_rendering_at_once_shows(
    qtbot: QtBot, theme: Theme, clock: FakeClock, step: int
):
    streamed, whole = AnswerPane(theme, clock), AnswerPane(theme, clock)
    for pane in (streamed, whole):
        qtbot.addWidget(pane)
        pane.begin("A")
    for _shown in stream(qtbot, streamed, MIXED, step):
        pass
    before_end = words(streamed)
    whole.add_text(MIXED)
    for pane in (streamed, whole):
        finish(qtbot, pane)
    assert before_end == words(whole)
    assert streamed.toHtml() == whole.toHtml()
    assert streamed.raw == MIXED


def test_markdown_is_rendered(qtbot: QtBot, pane: AnswerPane):
    pane.add_text(MIXED)
    finish(qtbot, pane)
    assert "**" not in pane.toPlainText()
    assert "<table" in pane.toHtml()


def test_html_is_shown_as_text(qtbot: QtBot, pane: AnswerPane):
    pane.add_text("a <b>bold</b> <script>alert(1)</script> <think>x</think> end")
    finish(qtbot, pane)
    shown = " ".join(words(pane))
    assert "<b>bold</b> <script>alert(1)</script> <think>x</think>" in shown


def test_the_end_mark_is_there_only_while_text_comes(qtbot: QtBot, pane: AnswerPane):
    pane.add_text("some text")
    pane.flush()
    assert pane.toPlainText().endswith("\u258d")
    finish(qtbot, pane)
    assert pane.toPlainText() == "some text"


def test_a_selection_in_finished_pieces_survives(qtbot: QtBot, pane: AnswerPane):
    pane.add_text("first piece\n\nsecond piece\n\nthird")
    pane.flush()
    cursor = pane.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(5, QTextCursor.MoveMode.KeepAnchor)
    pane.setTextCursor(cursor)
    for _shown in stream(qtbot, pane, " and more\n\nand still more\n\nto come", 5):
        assert pane.textCursor().selectedText() == "first"


def test_a_selection_puts_the_last_rendering_off(qtbot: QtBot, pane: AnswerPane):
    pane.add_text("> a quote\n\nthe end of it")
    pane.flush()
    cursor = pane.textCursor()
    cursor.setPosition(2)
    cursor.setPosition(7, QTextCursor.MoveMode.KeepAnchor)
    pane.setTextCursor(cursor)
    finish(qtbot, pane)
    assert pane.textCursor().selectedText() == "quote"
    revision = pane.document().revision()
    cursor.clearSelection()
    pane.setTextCursor(cursor)
    qtbot.waitUntil(lambda: pane.document().revision() != revision)
    assert words(pane) == ["a", "quote", "the", "end", "of", "it"]


def test_the_view_follows_the_end_only_if_it_was_there(qtbot: QtBot, pane: AnswerPane):
    bar = pane.verticalScrollBar()
    for _shown in stream(qtbot, pane, "line of text\n\n" * 40, 100):
        assert bar.value() == bar.maximum()
    bar.setValue(30)
    for _shown in stream(qtbot, pane, "line of text\n\n" * 20, 100):
        assert bar.value() == 30
    finish(qtbot, pane)
    assert bar.value() == 30


def test_a_long_text_comes_in_steps(qtbot: QtBot, pane: AnswerPane):
    pane.add_text("word " * STEP_CHARACTERS)
    pane.flush()
    assert len(pane.toPlainText()) <= STEP_CHARACTERS + 2
    finish(qtbot, pane)
    assert len(words(pane)) == STEP_CHARACTERS


def test_only_so_much_is_rendered_and_the_rest_is_offered(qtbot: QtBot, pane: AnswerPane):
    text = "some words here\n\n" * (RENDERED_LIMIT // 12)
    pane.add_text(text)
    with qtbot.waitSignal(pane.shortened):
        pane.finish()
    assert len(pane.toPlainText()) < RENDERED_LIMIT
    assert pane.raw == text
    pane.show_plain(True)
    qtbot.waitUntil(lambda: pane.is_caught_up)
    assert words(pane) == text.split()


def test_plain_text_shows_the_markup(qtbot: QtBot, pane: AnswerPane):
    pane.add_text("**bold** text")
    with qtbot.waitSignal(pane.plain_changed) as told:
        pane.show_plain(True)
    assert told.args == [True]
    finish(qtbot, pane)
    assert pane.toPlainText() == "**bold** text"
    pane.show_plain(False)
    qtbot.waitUntil(lambda: pane.is_caught_up)
    assert pane.toPlainText() == "bold text"


class SlowClock(FakeClock):
    """Lets each update of the pane take too long."""

    def monotonic_s(self) -> float:
        self.advance(SLOW_UPDATE_MS * 1.1 / 1000)
        return super().monotonic_s()


def test_a_slow_update_turns_to_plain_text_for_this_answer(qtbot: QtBot, theme: Theme):
    pane = AnswerPane(theme, SlowClock())
    qtbot.addWidget(pane)
    pane.begin("A")
    pane.add_text("**bold** text")
    with qtbot.waitSignal(pane.plain_changed):
        pane.flush()
    finish(qtbot, pane)
    assert pane.is_plain
    assert pane.toPlainText() == "**bold** text"
    pane.begin("A")
    assert not pane.is_plain


def test_a_new_answer_starts_empty(qtbot: QtBot, pane: AnswerPane):
    pane.add_text("old text\n\nin two pieces")
    pane.flush()
    pane.begin("B")
    assert pane.toPlainText() == ""
    assert pane.raw == ""
    pane.add_text("new")
    finish(qtbot, pane)
    assert pane.toPlainText() == "new"


def test_other_colours_render_the_same_text_anew(qtbot: QtBot, pane: AnswerPane, theme: Theme):
    pane.add_text(MIXED)
    finish(qtbot, pane)
    light, shown = pane.toHtml(), pane.toPlainText()
    theme.choose("dark")
    qtbot.waitUntil(lambda: pane.is_caught_up and pane.toPlainText() == shown)
    assert theme.tokens.code_ground in pane.toHtml()
    assert theme.tokens.code_ground not in light


def test_nothing_can_be_written_or_dropped_into_it(pane: AnswerPane):
    assert pane.isReadOnly()
    assert not pane.acceptDrops()
    assert not pane.document().isUndoRedoEnabled()


def test_a_table_right_after_a_fence_keeps_its_shape(qtbot: QtBot, pane: AnswerPane):
    for _shown in stream(
        qtbot, pane, "```\ncode\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nend", 3
    ):
        pass
    assert words(pane) == ["code", "a", "b", "1", "2", "end"]
    (table,) = pane.document().rootFrame().childFrames()
    assert isinstance(table, QTextTable)
    assert table.cellAt(0, 0).firstCursorPosition().block().text() == "a"
