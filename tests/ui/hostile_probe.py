"""Shows a hostile answer in a pane of its own process and tells what came of it.

Run as `python hostile_probe.py PANE`, the answer on standard input. A pane that opens what the
answer names hangs or dies here, where a watchdog can end it, and not in the tests. `PANE` is
`answer` for the program's own, `browser` for Qt's, to prove that the probe sees the harm.
"""

import json
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QTextBrowser

from large_enough.domain.clock import SystemClock
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.answer_pane import AnswerPane
from large_enough.ui.widgets.markdown_stream import FEATURES

ENOUGH_BYTES = 4 << 30
MARK = QColor("#ff00ff")  # the colour of the picture that must not be seen


def limit_memory() -> None:
    """Let a pane that reads without end die soon."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (ENOUGH_BYTES, ENOUGH_BYTES))


def shown_pane(kind: str, application: QApplication, text: str) -> QTextBrowser:
    """Return a pane that shows the text, in pieces as it would come."""
    if kind == "browser":
        browser = QTextBrowser()
        browser.document().setMarkdown(text, FEATURES)
        return browser
    pane = AnswerPane(Theme(application, "light"), SystemClock())
    pane.begin("A")
    for start in range(0, len(text), 20):
        pane.add_text(text[start : start + 20])
        pane.flush()
    pane.finish()
    while not pane.is_caught_up:
        QTest.qWait(10)
    return pane


def anchors(pane: QTextBrowser) -> list[QPoint]:
    """Return where in the pane links can be clicked, one place for each."""
    places = {}
    for y in range(0, pane.viewport().height(), 4):
        for x in range(0, pane.viewport().width(), 8):
            name = pane.anchorAt(QPoint(x, y))
            if name:
                places.setdefault(name, QPoint(x, y))
    return list(places.values())


def holds_mark(pane: QTextBrowser) -> bool:
    """Return whether the picture of the test is drawn anywhere."""
    image = pane.viewport().grab().toImage()
    return any(
        image.pixelColor(x, y) == MARK
        for y in range(0, image.height(), 2)
        for x in range(0, image.width(), 2)
    )


def main() -> None:
    """Show, look, click every link, and tell."""
    limit_memory()
    application = QApplication([])
    pane = shown_pane(sys.argv[1], application, sys.stdin.buffer.read().decode("utf-8"))
    pane.resize(600, 400)
    pane.show()
    is_drawn = holds_mark(pane)
    before = pane.toPlainText()
    questions = []
    for place in anchors(pane):
        QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=place)
        for box in pane.findChildren(QMessageBox):
            names = [button.text() for button in box.buttons()]
            questions.append({"text": box.informativeText(), "buttons": names})
            box.reject()
            box.deleteLater()
    pane.setSource(QUrl("file:///etc/hostname"))
    print(
        json.dumps(
            {
                "is_drawn": is_drawn,
                "before": before,
                "after": pane.toPlainText(),
                "questions": questions,
                "source": pane.source().toString(),
            }
        )
    )


if __name__ == "__main__":
    main()
