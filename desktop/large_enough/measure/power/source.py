"""What every power instrument offers.

An adapter is made by its module's `find_*` function, which is the probe: it asks whether the
instrument exists and may be read, takes at most 200 ms, starts no process, asks the user nothing
and never raises. Everything an adapter touches (folders, ioctl, library handles, the clock) is
handed in, so that all of them are tested on any system.
"""

from typing import Protocol

from large_enough.domain.power import Absent, ReadOutcome, SourceIdentity


class PowerSource(Protocol):
    """One instrument, found and readable."""

    @property
    def identity(self) -> SourceIdentity:
        """What the instrument is."""
        ...

    def read(self) -> ReadOutcome:
        """Read it now. Never raises; no data is `Unavailable`, never 0."""
        ...

    def close(self) -> None:
        """Let go of handles, so that a sleeping device can sleep. Safe to call twice."""
        ...


Found = tuple[PowerSource, ...] | Absent
"""What a probe returns: one source for each independent domain, or why there is none."""
