"""One line of the list of runs, in words."""

from typing import NamedTuple

from large_enough.domain.pack_run import PackRunEnd


class RunRow(NamedTuple):
    """A run as it stands in the list."""

    run_id: str
    title: str
    """Of its pack; the file's name if it cannot be read."""
    facts: str
    """How, of whom and when."""
    state: str
    """Where it stands."""
    end: PackRunEnd | None
    """None if it cannot be read."""
    share: float
    """How much of it is done, 0 to 1."""
    is_running: bool = False

    @property
    def can_resume(self) -> bool:
        """Whether it is not finished and nothing works on it."""
        is_open = self.end in (PackRunEnd.STOPPED, PackRunEnd.CUT)
        return is_open and not self.is_running
