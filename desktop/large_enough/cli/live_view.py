"""Shows a round in the terminal while it goes on: each contender's state and its growing answer."""

from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.text import Text

from large_enough.comparison.events import (
    AnswerFinished,
    EnergyKnown,
    MemorySampled,
    ModelLoaded,
    PowerSampled,
    RoundEvent,
    RoundFinished,
    RoundStarted,
    StateChanged,
    TextAdded,
)
from large_enough.domain.power_now import PowerNow, no_power
from large_enough.domain.quantity import Count, Unavailable
from large_enough.domain.text import harmless, harmless_line
from large_enough.wording.energy_words import power_text
from large_enough.wording.numbers import bytes_text, number_text
from large_enough.wording.states import result_text, state_text
from large_enough.wording.translate import _, ngettext

REFRESHES_PER_S = 4
"""Painting takes time from the models, so it is done seldom."""
SHOWN_LINES = 6
"""Of each growing answer: the last ones."""
LETTER_STYLES = {"A": "bold blue", "B": "bold red", "C": "bold green", "D": "bold magenta"}


@dataclass(slots=True)
class _Pane:
    """What is shown of one contender."""

    letter: str
    name: str
    state: str = ""
    text: str = ""
    token_count: int = 0
    first_t_s: float = 0.0
    last_t_s: float = 0.0
    first_token_count: int = 0
    power: PowerNow = field(default_factory=lambda: no_power("not read yet"))
    memory_bytes: Count = field(default_factory=lambda: Unavailable(reason="not read yet"))

    def figures(self) -> str:
        """Return the live figures as far as there are any."""
        parts = []
        if self.token_count:
            tokens = ngettext("{count} token", "{count} tokens", self.token_count)
            parts.append(tokens.format(count=self.token_count))
        seconds = self.last_t_s - self.first_t_s
        if seconds > 0:
            speed = (self.token_count - self.first_token_count) / seconds
            parts.append(_("{number} tok/s").format(number=number_text(speed)))
        if not isinstance(self.memory_bytes, Unavailable):
            parts.append(bytes_text(self.memory_bytes))
        if not isinstance(self.power.power_w, Unavailable):
            parts.append(_("{number} W").format(number=power_text(self.power)))
        return " · ".join(parts)


class LiveView:
    """A listener that repaints a small part of the terminal; used as a context manager."""

    def __init__(self, console: Console) -> None:
        self._panes: dict[str, _Pane] = {}
        self._width = console.width
        self._said = ""
        self._live = Live(
            console=console,
            refresh_per_second=REFRESHES_PER_S,
            get_renderable=self._render,
            transient=True,
        )

    def __enter__(self) -> Self:
        """Begin to paint."""
        self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wipe what was painted: the results take its place."""
        self._live.stop()

    def say(self, words: str) -> None:
        """Show these words above the contenders."""
        self._said = words

    def on_event(self, event: RoundEvent) -> None:
        """Take note of one event; painting happens by itself, four times a second."""
        match event:
            case RoundStarted(plan=plan):
                self._panes = {
                    contender.letter: _Pane(contender.letter, harmless_line(contender.card.name))
                    for contender in plan.contenders
                }
            case StateChanged(letter=letter, state=state, fraction=fraction):
                self._panes[letter].state = state_text(state, fraction)
            case TextAdded():
                self._add_text(self._panes[event.letter], event)
            case MemorySampled(letter=letter, sample=sample):
                self._panes[letter].memory_bytes = sample.needed_bytes
            case PowerSampled(letters=letters, power=power):
                for letter in letters:
                    self._panes[letter].power = power
            case AnswerFinished(result=result):
                self._panes[result.letter].state = result_text(result)
            case ModelLoaded() | EnergyKnown() | RoundFinished():
                pass

    def _add_text(self, pane: _Pane, event: TextAdded) -> None:
        if pane.token_count == 0:
            pane.first_t_s, pane.first_token_count = event.t_s, event.token_count
        pane.text += harmless(event.text)
        pane.token_count, pane.last_t_s = event.token_count, event.t_s

    def _render(self) -> RenderableType:
        lines = [Text(self._said, style="bold")] if self._said else []
        for pane in self._panes.values():
            head = Text(f"{pane.letter}  ", style=LETTER_STYLES[pane.letter])
            head.append(pane.name, style="bold")
            head.append("  " + "  ".join(filter(None, (pane.state, pane.figures()))), style="dim")
            lines.append(head)
            lines.extend(Text("   " + line) for line in self._last_lines(pane.text))
        return Group(*lines)

    def _last_lines(self, text: str) -> list[str]:
        room = max(20, self._width - 4)
        tail = text[-room * SHOWN_LINES :]
        wrapped = [
            line[start : start + room]
            for line in tail.splitlines()
            for start in range(0, max(1, len(line)), room)
        ]
        return wrapped[-SHOWN_LINES:]
