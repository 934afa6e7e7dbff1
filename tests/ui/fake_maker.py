"""A stand-in for what makes copies of models and removes models behind the window."""

import dataclasses
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from large_enough.catalog.remove import Removal
from large_enough.comparison.quantising_plan import QuantisingOffer, QuantisingPlan
from large_enough.domain.generation import EngineBuild
from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantising import (
    Parentage,
    QuantisedFile,
    QuantisingProgress,
    QuantisingStage,
    SizeForecast,
)
from large_enough.domain.quantity import Unavailable

if TYPE_CHECKING:
    from large_enough.domain.errors import LargeEnoughError

BITS = {"F16": 16.0, "Q8_0": 8.5, "Q4_K_M": 4.8, "Q4_0": 4.5, "Q2_K": 3.4}
"""What can be made, the largest first."""


def make_plan(parent: ModelCard, type_name: str, *, twice_rounded: float = 0.0) -> QuantisingPlan:
    """Return a plan for a copy of a model whose weights had sixteen bits."""
    bits = BITS[type_name]
    return QuantisingPlan(
        parent=parent,
        forecast=SizeForecast(
            type_name=type_name,
            size_bytes=round(parent.size_bytes * bits / 16),
            bits_per_weight=bits,
            twice_rounded_share=twice_rounded,
            fallback_share=0.0,
        ),
        target_path=Path(f"/models/{parent.name}.{type_name}.gguf"),
    )


def make_parentage(parent: ModelCard, type_name: str, *, was_quantised: bool) -> Parentage:
    """Return where a copy comes from."""
    return Parentage(
        file_name=f"{parent.name}.{type_name}.gguf",
        size_bytes=50_000_000,
        type_name=type_name,
        parent=parent,
        was_quantised=was_quantised,
        engine=EngineBuild(
            name="llama.cpp", bindings_version="0", engine_version="0", system_info=""
        ),
        program_version="0",
        made_utc="2026-11-28T12:00:00+00:00",
    )


class FakeMaker:
    """Makes what the test lets it make; removes nothing but remembers."""

    def __init__(self) -> None:
        self.known_parents: dict[str, Parentage] = {}
        self.free_bytes = 20_000_000_000
        self.present: frozenset[str] = frozenset()
        self.twice_rounded = 0.0
        self.growth = 1.0
        """How many times larger copies are than those of a model of sixteen bits."""
        self.asked: list[str] = []
        """Types that were to be made."""
        self.failures: dict[str, LargeEnoughError] = {}
        """By type."""
        self.on_made: Callable[[QuantisingPlan], None] = lambda plan: None
        self.may_finish = threading.Event()
        self.may_finish.set()
        self.refusal: LargeEnoughError | None = None
        self.removed: list[str] = []
        self.on_removed: Callable[[Removal], None] = lambda removal: None

    def parents(self, cards: Sequence[ModelCard]) -> dict[str, Parentage]:
        """Return what the test says."""
        here = {card.reference for card in cards}
        return {key: parent for key, parent in self.known_parents.items() if key in here}

    def offer(self, card: ModelCard) -> QuantisingOffer:
        """Offer all types."""
        parent = msgspec.structs.replace(card, size_bytes=round(card.size_bytes * self.growth))
        grown = (make_plan(parent, name, twice_rounded=self.twice_rounded) for name in BITS)
        plans = (dataclasses.replace(plan, parent=card) for plan in grown)
        return QuantisingOffer(tuple(plans), self.present, self.free_bytes)

    def quantise(
        self,
        plan: QuantisingPlan,
        on_progress: Callable[[QuantisingProgress], None],
        is_cancelled: Callable[[], bool],
    ) -> QuantisedFile | None:
        """Tell of some progress, then wait for the test or for the user."""
        type_name = plan.forecast.type_name
        self.asked.append(type_name)
        left_s = Unavailable(reason="only just begun")
        progress = QuantisingProgress(
            type_name=type_name, stage=QuantisingStage.QUANTISING, fraction=0.43, left_s=left_s
        )
        on_progress(msgspec.structs.replace(progress, left_s=12.0))
        while not self.may_finish.wait(0.01):
            if is_cancelled():
                return None
        if type_name in self.failures:
            raise self.failures[type_name]
        self.on_made(plan)
        return QuantisedFile(
            path=str(plan.target_path),
            forecast=plan.forecast,
            duration_s=1.0,
            parentage=make_parentage(plan.parent, type_name, was_quantised=False),
        )

    def removal_of(self, card: ModelCard) -> Removal:
        """Return what would be removed, unless the test refuses it."""
        if self.refusal is not None:
            raise self.refusal
        return Removal(name=card.name, paths=(card.path,), freed_bytes=card.size_bytes)

    def remove(self, removal: Removal) -> None:
        """Remember it."""
        self.removed.extend(removal.paths)
        self.on_removed(removal)
