"""Runs packs with scripted contenders and real worker processes, for tests."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.helpers.rounds import Table, scripted_card, write_script

from large_enough.comparison.pack_run import resume_pack, run_or_resume, run_pack
from large_enough.comparison.pack_run_events import (
    CellFinished,
    ContenderStateChanged,
    RunEvent,
)
from large_enough.comparison.pack_run_loading import RunTools
from large_enough.comparison.pack_run_plan import plan_run, usual_settings
from large_enough.domain.clock import SystemClock
from large_enough.domain.pack import ChoiceKey, NumberKey, Pack, PackItem, TextKey
from large_enough.domain.pack_run import PackRunPlan, PackRunRecord, PackRunSettings
from large_enough.domain.round import Contender

CAPITALS = {"France": "Paris", "Spain": "Madrid", "Italy": "Rome", "Peru": "Lima"}


def small_pack(count: int = 6) -> Pack:
    """Return a pack with items of three types, each with its number in the question."""
    return Pack(
        id="small", version="1", title="Small", items=tuple(map(_item, range(1, count + 1)))
    )


def _item(number: int) -> PackItem:
    level = 1 + number % 3
    question = f"Question number {number}: what is it?"
    if number % 3 == 0:
        key = ChoiceKey(choices=("Paris", "Rome", "Lima"), answer="Rome")
        return PackItem(id=f"c{number}", question=question, key=key, level=level, family="choice")
    if number % 3 == 1:
        number_key = NumberKey(answer=float(number))
        return PackItem(
            id=f"n{number}", question=question, key=number_key, level=level, family="number"
        )
    text_key = TextKey(answers=(f"word{number}",))
    return PackItem(id=f"t{number}", question=question, key=text_key, level=level, family="text")


def answers_of(pack: Pack, wrong: Sequence[str] = (), **common: Any) -> list[dict[str, Any]]:
    """Return scripted answers that are right, but for the items named."""
    return [
        {
            "when": item.question,
            "text": "ANSWER: nonsense 999" if item.id in wrong else f"ANSWER: {_right(item)}",
            **common,
        }
        for item in pack.items
    ] + [{"text": "Hello to you, too."}]


def _right(item: PackItem) -> str:
    match item.key:
        case ChoiceKey(answer=answer):
            return answer
        case NumberKey(answer=number):
            return f"{number:g}"
        case TextKey(answers=answers):
            return answers[0]
        case _:
            raise AssertionError(item)


@dataclass
class RunRecorder:
    """A listener that keeps every event, and may act on one."""

    events: list[RunEvent] = field(default_factory=list)
    reaction: Callable[[RunEvent], None] = lambda event: None

    def on_run_event(self, event: RunEvent) -> None:
        """Keep the event, then react to it."""
        self.events.append(event)
        self.reaction(event)

    @property
    def cells(self) -> list[CellFinished]:
        """The answers, in order."""
        return [event for event in self.events if isinstance(event, CellFinished)]

    def states(self, letter: str) -> list[str]:
        """Return the states a contender went through, repeats folded."""
        states = [
            event.state.value
            for event in self.events
            if isinstance(event, ContenderStateChanged) and event.letter == letter
        ]
        return [state for index, state in enumerate(states) if states[index - 1 : index] != [state]]


class RunTable(Table):
    """A table at which packs can be run, too."""

    @property
    def tools(self) -> RunTools:
        """What a run works with."""
        return RunTools(fleet=self.fleet, instruments=self._instruments(), clock=SystemClock())

    @property
    def runs_folder(self) -> Path:
        """Where the logs lie."""
        return self.folder / "runs"

    def contender(self, name: str, answers: list[dict[str, Any]], **content: Any) -> Contender:
        """Return a scripted contender."""
        path = write_script(self.folder, name, answers=answers, **content)
        return Contender(letter="A", card=scripted_card(path))

    def plan_pack(
        self, pack: Pack, contenders: Sequence[Contender], settings: PackRunSettings | None = None
    ) -> PackRunPlan:
        """Plan a run."""
        return plan_run(pack, contenders, settings or usual_settings(pack))

    def run_pack(self, plan: PackRunPlan, recorder: RunRecorder | None = None) -> PackRunRecord:
        """Run a pack."""
        return run_pack(plan, recorder or RunRecorder(), folder=self.runs_folder, tools=self.tools)

    def go_on(self, plan: PackRunPlan, recorder: RunRecorder | None = None) -> PackRunRecord:
        """Run a pack, or go on with its run, as window and command line do."""
        return run_or_resume(
            plan, recorder or RunRecorder(), folder=self.runs_folder, tools=self.tools
        )

    def resume_pack(
        self,
        path: Path,
        recorder: RunRecorder | None = None,
        added: Sequence[Contender] = (),
    ) -> PackRunRecord:
        """Go on with a run."""
        return resume_pack(path, recorder or RunRecorder(), tools=self.tools, added=added)

    def only_log(self) -> Path:
        """Return the log of the only run."""
        (path,) = self.runs_folder.glob("*.jsonl")
        return path
