"""Ends an answer at the first of its stop texts."""

from collections.abc import Sequence

from large_enough.worker.thoughts import held_back_length


class StopTexts:
    """Lets text through up to a stop text.

    Only what could be the beginning of a stop text is held back, so that text keeps flowing.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = tuple(text for text in texts if text)
        self._held = ""

    def __bool__(self) -> bool:
        """Tell whether there is anything to stop at."""
        return bool(self._texts)

    def push(self, text: str) -> tuple[str, bool]:
        """Take more text.

        Returns:
            The text that may be shown, and whether a stop text was reached.
        """
        text = self._held + text
        found = [at for stop in self._texts if (at := text.find(stop)) >= 0]
        if found:
            self._held = ""
            return text[: min(found)], True
        keep_from = len(text) - held_back_length(text, self._texts)
        self._held = text[keep_from:]
        return text[:keep_from], False

    def finish(self) -> str:
        """Return what was held back: the text has ended, so it is no stop text."""
        held, self._held = self._held, ""
        return held
