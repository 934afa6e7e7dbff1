"""What it takes to make a quantised copy of a model, and where such a copy comes from."""

import enum

import msgspec

from large_enough.domain.errors import ErrorInfo
from large_enough.domain.generation import EngineBuild
from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantity import Quantity


class SizeForecast(msgspec.Struct, frozen=True, kw_only=True):
    """What a quantised copy will be like, computed from its parent's header."""

    type_name: str
    """The quantisation, for example "Q4_K_M"."""
    size_bytes: int
    """Of the file."""
    bits_per_weight: float
    """Average number of bits on disk for each weight, the header left out."""
    twice_rounded_share: float
    """Share of the weights (0 to 1) that are quantised in the parent, too: they lose twice."""
    fallback_share: float
    """Share of the weights (0 to 1) whose rows do not divide into the type's blocks: they get
    another format, which takes more room."""


class QuantisingStage(enum.StrEnum):
    """What is being done."""

    WAITING = "waiting"
    """Another process quantises into the same folder."""
    CHECKING = "checking"
    """Computing the parent's SHA-256."""
    QUANTISING = "quantising"
    FINISHING = "finishing"
    """Seeing to it that the file is whole and on the disk."""


class QuantisingProgress(msgspec.Struct, frozen=True, kw_only=True):
    """One reading of how far a copy is."""

    type_name: str
    stage: QuantisingStage
    fraction: float
    """Of this stage, 0 to 1: while quantising, by number of weights."""
    left_s: Quantity
    """Time to the end of this stage at the speed so far."""


class Parentage(msgspec.Struct, frozen=True, kw_only=True):
    """Where a quantised file comes from."""

    schema_version: int = 1
    file_name: str
    """Of the quantised file, without its folder."""
    size_bytes: int
    """Of that file: another file of the same name is not meant."""
    type_name: str
    """What it was quantised to."""
    parent: ModelCard
    """The model it was made from, with its SHA-256."""
    was_quantised: bool
    """Whether the parent was quantised, too, so that weights were rounded twice."""
    engine: EngineBuild
    """Who quantised."""
    program_version: str
    made_utc: str
    """ISO 8601, UTC."""


class QuantisedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A copy that has been made."""

    path: str
    """Where it lies."""
    forecast: SizeForecast
    """What was foretold."""
    duration_s: float
    """How long the engine took."""
    parentage: Parentage
    problem: ErrorInfo | None = None
    """Why its parentage could not be kept; None if it was. The file is good all the same."""
