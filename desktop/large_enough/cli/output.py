"""Where the command line speaks: results to standard output, everything else to standard error."""

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from large_enough.domain.errors import ErrorInfo
from large_enough.domain.text import harmless, harmless_line
from large_enough.wording.failures import explain

DETAIL_LINES = 3
"""So much of an error's technical detail is shown; the log of the round has all of it."""


def results() -> Console:
    """Return the console for what was asked for."""
    return Console(highlight=False, soft_wrap=False)


def remarks() -> Console:
    """Return the console for progress, warnings and errors."""
    return Console(file=sys.stderr, highlight=False)


def say(console: Console, template: str, **values: str | Path) -> None:
    """Print a sentence without breaking it into lines.

    Args:
        console: Where to.
        template: With placeholders, in the user's language.
        values: For the placeholders; made harmless.
    """
    shown = {name: harmless_line(str(value)) for name, value in values.items()}
    console.print(Text(template.format(**shown)), soft_wrap=True)


def print_json(document: object) -> None:
    """Print a document as JSON to standard output."""
    # Bytes, not text: the code page of a Windows pipe lacks most characters.
    sys.stdout.flush()
    sys.stdout.buffer.write(json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n")
    sys.stdout.buffer.flush()


def print_text(text: str) -> None:
    """Print a document as it is, in UTF-8, to standard output."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def say_error(error: ErrorInfo) -> None:
    """Tell on standard error what happened and what to do next."""
    remarks().print(error_text(error))


def error_text(error: ErrorInfo) -> Text:
    """Return what happened, the next step, and the last lines of the detail."""
    explanation = explain(error)
    text = Text(harmless(explanation.happened), style="bold")
    if explanation.next_step:
        text.append("\n" + harmless(explanation.next_step), style="not bold")
    lines = [line for line in harmless(error.detail).splitlines() if line.strip()]
    for line in lines[-DETAIL_LINES:]:
        text.append("\n  " + line, style="not bold dim")
    return text
