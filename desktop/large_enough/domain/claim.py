"""What the video behind this program claims, what sources say of it, and this run's own figures.

The video is "Large Language Models: How Large is Large Enough?", IBM Technology, 15 December 2023.
Its figures are known here from summaries that others wrote. `wording.claim_words` has the texts.
"""

import enum

import msgspec

from large_enough.domain.quantity import NumberQuality, Quantity, Unavailable
from large_enough.domain.verdict import PairVerdict


class ClaimKind(enum.StrEnum):
    """The video's figures."""

    TRAINING_OF_SMALL = "training_of_small"
    """Energy to train a model of 13 billion parameters."""
    TRAINING_OF_LARGE = "training_of_large"
    """Energy to train one of 175 billion: never to be shown without what speaks against it."""
    HOURS = "hours"
    """Processor hours of the one training beside the other."""
    SPEED = "speed"
    ACCURACY = "accuracy"


class Support(enum.StrEnum):
    """What sources say of a claim."""

    CONFIRMED = "confirmed"
    """By who trained the model."""
    PLAUSIBLE = "plausible"
    """It agrees with what is known of other models."""
    NO_SOURCE = "no_source"
    """Nothing was found that supports or contradicts it."""
    NOT_SUPPORTED = "not_supported"
    """No source was found, and known figures contradict it."""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where something can be read."""

    title: str
    """Its own title, in its own language."""
    address: str
    is_second_hand: bool = False
    """Whether its figures are taken from others who quote it."""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of the video."""

    kind: ClaimKind
    support: Support
    sources: tuple[Source, ...] = ()


SMALL_TRAINING_KWH = 153_074.3767
"""Granite.13b.v1, as its makers disclosed it."""

VIDEO = Source(
    title="Large Language Models: How Large is Large Enough? (IBM Technology, 15 December 2023)",
    address="https://www.youtube.com/watch?v=7a2s3_wkiWo",
    is_second_hand=True,
)
_INDEX = Source(
    title=(
        "Foundation Model Transparency Index, May 2024: "
        "reports/IBM_fmtransparencyreport_May2024.csv"
    ),
    address="https://github.com/stanford-crfm/fmti",
)
_GPT_3 = Source(
    title="Patterson et al., Carbon Emissions and Large Neural Network Training, 2021",
    address="https://arxiv.org/abs/2104.10350",
    is_second_hand=True,
)
_BLOOM = Source(
    title="Luccioni et al., Estimating the Carbon Footprint of BLOOM, JMLR 24 (253), 2023",
    address="https://jmlr.org/papers/v24/23-0069.html",
)
_LLAMA = Source(
    title="Llama 2 70B, model card",
    address="https://huggingface.co/meta-llama/Llama-2-70b",
)
_SEARCH = Source(
    title="Strubell et al., Energy and Policy Considerations for Deep Learning in NLP, 2019",
    address="https://arxiv.org/abs/1906.02243",
    is_second_hand=True,
)

CLAIMS = (
    Claim(kind=ClaimKind.TRAINING_OF_SMALL, support=Support.CONFIRMED, sources=(_INDEX,)),
    Claim(
        kind=ClaimKind.TRAINING_OF_LARGE,
        support=Support.NOT_SUPPORTED,
        sources=(_GPT_3, _BLOOM, _LLAMA, _SEARCH),
    ),
    Claim(
        kind=ClaimKind.HOURS,
        support=Support.PLAUSIBLE,
        sources=(_INDEX, _GPT_3, _BLOOM, _LLAMA),
    ),
    Claim(kind=ClaimKind.SPEED, support=Support.NO_SOURCE),
    Claim(kind=ClaimKind.ACCURACY, support=Support.NO_SOURCE),
)


class OwnEnergy(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer of one contender took on this machine."""

    name: str
    """Harmless, as in sentences."""
    per_answer_j: Quantity
    """Mean."""
    quality: NumberQuality
    answers_for_training: Quantity
    """So many of these answers need as much as the training that is confirmed."""


class OwnFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What a run of one's own says of the same matters."""

    small: str
    """Name of the smaller model, harmless."""
    large: str
    """Name of the larger one; empty if there is none."""
    pair: PairVerdict | Unavailable
    """Their accuracies and times; or why they are not compared."""
    energies: tuple[OwnEnergy, ...]
    """The smaller model first."""


class ClaimsView(msgspec.Struct, frozen=True, kw_only=True):
    """The claims beside one's own figures."""

    claims: tuple[Claim, ...] = CLAIMS
    own: OwnFigures | Unavailable

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sources, each once; the video first."""
        found = [VIDEO, *(source for claim in self.claims for source in claim.sources)]
        return tuple(dict.fromkeys(found))
