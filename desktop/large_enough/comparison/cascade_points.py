"""Adds up what comes of sending some questions from a small model to a large one."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from large_enough.comparison.cascade_questions import CascadeQuestions
from large_enough.comparison.verdict_basis import Basis
from large_enough.comparison.verdict_ratios import PairedCosts, energy_costs, time_costs
from large_enough.domain.verdict import CascadePoint, CostMeasure, SignalKind
from large_enough.stats.routing import Flags, Numbers

FEWEST_WITH_COST = 0.5
"""Share of the questions whose cost must be known for both models (our choice)."""


@dataclass(frozen=True, kw_only=True)
class CascadePoints:
    """Makes points of a curve out of what is sent."""

    small: Numbers
    large: Numbers
    costs: Mapping[CostMeasure, tuple[Numbers, Numbers]]
    """Of the small and of the large model, NaN for a question whose cost is not known for both."""

    @classmethod
    def of(
        cls, basis: Basis, small: str, large: str, questions: CascadeQuestions, used: SignalKind
    ) -> "CascadePoints":
        """Take the points and the costs of some questions.

        Args:
            basis: The record, looked through.
            small: Letter of the small model.
            large: Letter of the large one.
            questions: Those that both answered.
            used: The signal; agreement needs all repeats.
        """
        times = max(1, basis.plan.settings.repeats) if used is SignalKind.AGREEMENT else 1
        found = {
            CostMeasure.TIME: time_costs(basis, small, large),
            CostMeasure.ENERGY: energy_costs(basis, small, large),
        }
        columns = {
            measure: _columns(costs, questions.ids, times)
            for measure, costs in found.items()
            if isinstance(costs, PairedCosts)
        }
        return cls(
            small=questions.small,
            large=questions.large,
            costs={
                measure: both
                for measure, both in columns.items()
                if np.isfinite(both[0]).mean() >= FEWEST_WITH_COST
            },
        )

    def point(self, sent: Flags) -> CascadePoint:
        """Return what sending these questions comes to."""
        return self.curve(sent[None, :])[0]

    def curve(self, sent: Flags) -> tuple[CascadePoint, ...]:
        """Return the same for each row."""
        shares = sent.mean(axis=1).tolist()
        accuracies = (self.small.mean() + sent @ (self.large - self.small) / sent.shape[1]).tolist()
        costs = {measure: _mean_costs(sent, *both) for measure, both in self.costs.items()}
        return tuple(
            CascadePoint(
                sent_share=share,
                accuracy=accuracy,
                costs={measure: column[row] for measure, column in costs.items()},
            )
            for row, (share, accuracy) in enumerate(zip(shares, accuracies, strict=True))
        )

    def only_large(self) -> CascadePoint:
        """Return what the large model alone comes to."""
        return CascadePoint(
            sent_share=1.0,
            accuracy=float(self.large.mean()),
            costs={
                measure: float(np.nanmean(large)) for measure, (_small, large) in self.costs.items()
            },
        )


def _columns(costs: PairedCosts, ids: tuple[str, ...], times: int) -> tuple[Numbers, Numbers]:
    missing = float("nan")
    small = [costs.small.get(item_id, missing) * times for item_id in ids]
    return np.array(small), np.array([costs.large.get(item_id, missing) for item_id in ids])


def _mean_costs(sent: Flags, small: Numbers, large: Numbers) -> list[float]:
    """Return for each row the mean over questions whose costs are known for both."""
    known = np.isfinite(small)
    sums = small[known].sum() + sent[:, known] @ large[known]
    return [float(cost) for cost in sums / known.sum()]
