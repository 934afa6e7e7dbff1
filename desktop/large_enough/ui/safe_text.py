"""Writes text from outside (names, paths, reasons) the way Qt's widgets show it as it is."""

import html

from large_enough.domain.text import harmless_line


def tooltip(text: str) -> str:
    """Return a tooltip that shows the text as it is: Qt guesses at HTML in tooltips."""
    return f"<p>{html.escape(text)}</p>" if text else ""


def menu_text(text: str) -> str:
    """Return the text for a menu or a button, where "&" would underline a letter."""
    return harmless_line(text).replace("&", "&&")
