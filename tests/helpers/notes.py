"""Notes of what was wrong on a walk through the program, and where."""

from tests.helpers.eyes import Doing
from tests.helpers.keyboard import tab_around
from tests.helpers.sight import look_around
from tests.helpers.tree_rules import faults_of, faults_of_tabbing


class Notes:
    """What was wrong, and where."""

    def __init__(self) -> None:
        self._faults: list[str] = []

    def take(self, where: str) -> None:
        """Look at everything that is in view now."""
        controls = look_around()
        assert len(controls) > 3, f"{where}: nothing is in view"
        self._faults.extend(f"{where}: {fault}" for fault in faults_of(controls))

    def take_with_tab(self, where: str) -> Doing:
        """Look at everything, then have Tab go through it."""
        self.take(where)
        met = yield from tab_around()
        self._faults.extend(f"{where}: {fault}" for fault in faults_of_tabbing(met, look_around()))

    def hand_in(self) -> None:
        """Fail if anything was wrong."""
        assert not self._faults, "\n".join(["", *self._faults])
