"""Carries what is found before a run to the main thread, in the window's words."""

from large_enough.comparison.pack_preflight import PreflightLine
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.pack_run import PackRunPlan
from large_enough.ui.bridge import Bridge
from large_enough.ui.model_facts import model_name
from large_enough.ui.run_services import CheckEar
from large_enough.ui.widgets.run_checks import CheckLine, CheckVerdict
from large_enough.wording.translate import _


class CheckHearing:
    """Listens on the thread that looks."""

    def __init__(self, bridge: Bridge, plan: PackRunPlan, ear: CheckEar) -> None:
        self._bridge = bridge
        self._ear = ear
        self._names = {one.letter: model_name(one.card) for one in plan.contenders}

    @property
    def is_gone(self) -> bool:
        """Whether nobody wants to know any more."""
        return self._ear.is_gone

    def on_check_line(self, line: PreflightLine) -> None:
        """Take note of one thing that was looked at."""
        self._bridge.deliver(self._ear.take_line, self._in_words(line))

    def on_checked(self) -> None:
        """Take note that everything was looked at."""
        self._bridge.deliver(_end, self._ear)

    def on_check_error(self, error: ErrorInfo) -> None:
        """Take note that it could not be looked at."""
        self._bridge.deliver(self._ear.fail, error)

    def _in_words(self, line: PreflightLine) -> CheckLine:
        title = line.title
        if line.letter:
            title = _("{letter}, {name}: {title}").format(
                letter=line.letter, name=self._names.get(line.letter, ""), title=line.title
            )
        words = f"{line.words}. {line.next_step}" if line.next_step else line.words
        return CheckLine(CheckVerdict(line.verdict.value), title, words)


def _end(ear: CheckEar) -> None:
    ear.end()
