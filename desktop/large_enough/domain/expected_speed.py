"""How fast a model will probably generate, before it has run."""

import enum

import msgspec

from large_enough.domain.quantity import Quantity, Unavailable


class SpeedBasis(enum.StrEnum):
    """What an expectation rests on, the weakest first."""

    BANDWIDTH = "bandwidth"
    """The speed of this machine's memory, and what models reach of it in general."""
    THIS_MACHINE = "this_machine"
    """What other models have reached of it here."""
    THIS_MODEL = "this_model"
    """What this model has reached here."""


class SpeedRun(msgspec.Struct, frozen=True, kw_only=True):
    """What a model has reached in a real run: the newest of its kind."""

    machine: str
    """Name of the machine (`measure.machine.machine_name`)."""
    model: str
    """The file's fingerprint (`catalog.fingerprint`)."""
    name: str
    """The model's name, for people who look into the file."""
    gpu_layers: int = 0
    """As it was loaded."""
    thread_count: int
    """Threads that computed."""
    tokens_per_s: float
    """Generation speed of its answer."""
    read_bytes: int
    """What a token in the middle of the answer read from memory."""
    utc: str
    """When, ISO 8601."""

    @property
    def bytes_per_s(self) -> float:
        """How fast it read from memory."""
        return self.tokens_per_s * self.read_bytes


class ExpectedSpeed(msgspec.Struct, frozen=True, kw_only=True):
    """A range in tokens per second."""

    low_tokens_per_s: float
    high_tokens_per_s: float
    basis: SpeedBasis
    read_bytes: int
    """What a token reads from memory."""
    run_count: int = 0
    """Runs of this machine that the range rests on."""
    last_tokens_per_s: Quantity = Unavailable(reason="it has not run here yet")
    """What this model reached in its last run."""
    bandwidth_bytes_per_s: Quantity = Unavailable(reason="it was not needed")
    """Speed of this machine's memory."""
