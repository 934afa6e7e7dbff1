"""Which models are worth comparing with each other."""

import enum

import msgspec


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A model that is here or could be fetched, with what it is a relative of."""

    name: str
    """Name to show."""
    family: str
    """What the publisher calls it, without size and variant: "Qwen2.5 Coder"."""
    variant: str
    """What it was tuned for, in lower case: "instruct"; empty for a base model."""
    parameter_count: int
    """Number of weights."""
    size_label: str
    """The publisher's word for that, in upper case: "1.5B"; empty if there is none."""
    quantisation: str
    """Name of the file type; empty if it is not known."""
    size_bytes: int
    base: str = ""
    """Name of the model that it was tuned from, as its file gives it."""
    path: str = ""
    """Of its file; empty if it is not here."""
    catalog_id: str = ""
    """In the catalogue; empty if it is not there."""

    @property
    def is_here(self) -> bool:
        """Whether it need not be fetched first."""
        return bool(self.path)


class PairKind(enum.StrEnum):
    """What two models have in common, the closest relation first."""

    SAME_FAMILY = "same_family"
    """Two sizes of one family."""
    TUNED = "tuned"
    """A model, and what it was tuned from."""
    SAME_MODEL = "same_model"
    """Two quantisations of one model."""
    STRANGERS = "strangers"
    """Nothing but their use."""


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """A small and a large model."""

    kind: PairKind
    small: Candidate
    large: Candidate

    @property
    def times(self) -> float:
        """How many times the size the larger one has: weights, or bytes if it is one model."""
        if self.kind is PairKind.SAME_MODEL:
            return self.large.size_bytes / max(1, self.small.size_bytes)
        return self.large.parameter_count / max(1, self.small.parameter_count)


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """Models that are good to compare, all of them here."""

    members: tuple[Candidate, ...]
    """Two to four, the small one first."""
    common: "Pair | Ladder"
    """What they have in common."""
    is_by_role: bool = False
    """Whether the user said for which side each of them is meant."""


class LadderKind(enum.StrEnum):
    """In what the models of a ladder differ."""

    SIZES = "sizes"
    """Sizes of one family."""
    QUANTISATIONS = "quantisations"
    """Quantisations of one model."""


class Ladder(msgspec.Struct, frozen=True, kw_only=True):
    """Three or more models that differ in one thing, the smallest first."""

    kind: LadderKind
    steps: tuple[Candidate, ...]
