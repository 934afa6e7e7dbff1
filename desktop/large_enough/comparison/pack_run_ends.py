"""Ways in which a run, or a contender of it, leaves its way."""

from large_enough.domain.errors import ErrorInfo


class StoppedError(Exception):
    """Somebody wants the run to pause."""


class GivenUpError(Exception):
    """A contender cannot go on."""

    def __init__(self, error: ErrorInfo) -> None:
        super().__init__(error.kind)
        self.error = error
