"""Builds verdicts out of given numbers, for tests of everything that shows them."""

from collections.abc import Mapping, Sequence

import msgspec
from tests.helpers.pack_run_records import UTC, make_run_plan
from tests.helpers.pack_runs import small_pack
from tests.helpers.records import make_machine

from large_enough.domain.interval import Limits, RatioInterval
from large_enough.domain.pack_run import PackRunPlan
from large_enough.domain.quantity import Count, NumberQuality, Unavailable
from large_enough.domain.verdict import (
    Cascade,
    CascadePoint,
    Cost,
    CostMeasure,
    Decision,
    EvidenceTrack,
    Ladder,
    LadderKind,
    Method,
    Outcome,
    PairVerdict,
    Remark,
    Rung,
    RunVerdict,
    SignalKind,
    SignalReport,
    Standing,
)
from large_enough.stats.noninferiority import decide
from large_enough.stats.tango import tango_limits
from large_enough.stats.wilson import wilson_interval

NOT_THERE = Unavailable(reason="not read")
NOTHING = Unavailable(reason="no questions were answered")


def make_pair(
    *,
    small: str = "A",
    large: str = "B",
    only_small: int = 8,
    only_large: int = 11,
    both: int = 73,
    neither: int = 8,
    margin: float = 0.10,
    groups: int | None = None,
    effective: float | None = None,
    method: Method = Method.SINGLE,
    decision: Decision | Unavailable | None = None,
    time_ratio: RatioInterval | Unavailable | None = None,
    energy_ratio: RatioInterval | Unavailable | None = None,
) -> PairVerdict:
    """Return a pair; by default the one of the design: 81 and 84 right of 100."""
    count = only_small + only_large + both + neither
    if decision is None:
        shrink = (effective or count) / count
        limits = tango_limits(only_small * shrink, only_large * shrink, count * shrink)
        decision = decide(limits, margin, count=count, discordant=only_small + only_large)
    names = iter(range(count))
    return PairVerdict(
        small=small,
        large=large,
        decision=decision,
        method=method,
        question_count=count,
        group_count=groups or count,
        effective_count=effective or count,
        both=tuple(f"q{next(names)}" for _ in range(both)),
        only_small=tuple(f"q{next(names)}" for _ in range(only_small)),
        only_large=tuple(f"q{next(names)}" for _ in range(only_large)),
        neither=tuple(f"q{next(names)}" for _ in range(neither)),
        mcnemar_p=0.6476,
        holm_p=1.0,
        time_ratio=time_ratio or make_ratio(),
        median_time_ratio=NOT_THERE,
        energy_ratio=energy_ratio or make_ratio(3.16, 2.9, 3.4),
        median_energy_ratio=NOT_THERE,
    )


def make_ratio(ratio: float = 3.04, low: float = 2.7, high: float = 3.4) -> RatioInterval:
    """Return a ratio with its interval."""
    return RatioInterval(ratio=ratio, low=low, high=high, confidence=0.90, count=100)


def make_decision(
    low: float,
    high: float,
    *,
    difference: float | None = None,
    margin: float = 0.10,
    outcome: Outcome | None = None,
    more: Count = Unavailable(reason="the matter is settled"),  # noqa: B008 - immutable
) -> Decision:
    """Return the decision that belongs to these limits."""
    middle = (low + high) / 2 if difference is None else difference
    limits = Limits(difference=middle, low=low, high=high, confidence=0.95)
    usual = decide(limits, margin, count=100, discordant=19)
    return msgspec.structs.replace(usual, outcome=outcome or usual.outcome, more_questions=more)


def make_standing(
    letter: str,
    right: float,
    *,
    count: int = 100,
    time_s: float = 2.4,
    energy_j: float = 26.0,
    memory_bytes: float = 0.6e9,
) -> Standing:
    """Return how a contender did."""
    costs = {
        CostMeasure.TIME: _cost(time_s, right, count),
        CostMeasure.ENERGY: _cost(energy_j, right, count),
        CostMeasure.MEMORY: Cost(
            per_answer=memory_bytes, per_right=memory_bytes, quality=NumberQuality.MEASURED
        ),
    }
    return Standing(
        letter=letter,
        accuracy=wilson_interval(right, count),
        accuracy_on_answered=right / count if count else NOTHING,
        statuses={},
        answer_count=count,
        judged_count=count,
        right_points=right,
        median_s=time_s,
        p90_s=time_s * 2,
        first_token_s=0.3,
        tokens_per_s=30.0,
        characters_per_s=120.0,
        answer_tokens=40.0,
        answer_characters=160.0,
        costs=costs,
    )


def _cost(per_answer: float, right: float, count: int) -> Cost:
    per_right = per_answer * count / right if right else Unavailable(reason="nothing was right")
    return Cost(per_answer=per_answer, per_right=per_right, quality=NumberQuality.MEASURED)


def make_plan(names: Sequence[str], margin: float = 0.10) -> PackRunPlan:
    """Return a plan of contenders, each larger than the one before."""
    plan = make_run_plan(small_pack(), names)
    settings = msgspec.structs.replace(plan.settings, margin=margin)
    return msgspec.structs.replace(plan, settings=settings)


def make_verdict(
    *,
    names: Sequence[str] = ("Ant 0.5B", "Dinosaur 1.5B"),
    headline: PairVerdict | Unavailable | None = None,
    standings: Mapping[str, Standing] | None = None,
    ladders: Sequence[Ladder] = (),
    dominated: Mapping[CostMeasure, tuple[str, ...]] | None = None,
    cascade: Cascade | Unavailable = NOT_THERE,
    evidence: EvidenceTrack | Unavailable = NOT_THERE,
    remarks: Sequence[Remark] = (),
    margin: float = 0.10,
) -> RunVerdict:
    """Return a verdict made of these parts."""
    plan = make_plan(names, margin)
    first = make_pair() if headline is None else headline
    usual = {
        "A": make_standing("A", 81),
        "B": make_standing("B", 84, time_s=7.4, energy_j=85, memory_bytes=1.4e9),
    }
    return RunVerdict(
        plan=plan,
        machine=make_machine(),
        started_utc=UTC,
        contenders=plan.contenders,
        standings=dict(standings or usual),
        headline=first,
        pairs=(first,) if isinstance(first, PairVerdict) else (),
        ladders=tuple(ladders),
        dominated=dict(dominated or {}),
        levels=(),
        families=(),
        cascade=cascade,
        evidence=evidence,
        field_pairs=(),
        remarks=tuple(remarks),
    )


def make_ladder(
    letters: str = "DCBA", holding: int = 2, kind: LadderKind = LadderKind.SIZE, name: str = ""
) -> Ladder:
    """Return a ladder, the reference first.

    Args:
        letters: From the reference downwards.
        holding: So many rungs hold, the reference among them.
        kind: What differs.
        name: Of the model, with quantisations.
    """
    rungs = [Rung(letter=letters[0], pair=None, is_tested=True, holds=True)]
    for place, letter in enumerate(letters[1:], 1):
        pair = (
            make_pair(small=letter, large=letters[0], only_small=1, only_large=2, both=80)
            if place < holding
            else make_pair(small=letter, large=letters[0], only_small=1, only_large=30, both=50)
        )
        rungs.append(
            Rung(
                letter=letter,
                pair=pair,
                is_tested=place <= holding,
                holds=place < holding,
            )
        )
    return Ladder(kind=kind, name=name, rungs=tuple(rungs))


def make_cascade(*, with_advice: bool = True) -> Cascade:
    """Return a cascade over 100 questions."""
    curve = tuple(
        _point(place / 10, accuracy)
        for place, accuracy in enumerate(
            (0.81, 0.83, 0.84, 0.85, 0.86, 0.85, 0.85, 0.84, 0.84, 0.84, 0.84)
        )
    )
    return Cascade(
        small="A",
        large="B",
        question_count=100,
        signals=(
            SignalReport(
                kind=SignalKind.LOWEST_PROBABILITY, auroc=0.74, low=0.66, high=0.82, count=100
            ),
            SignalReport(kind=SignalKind.SHORTNESS, auroc=0.55, low=0.45, high=0.65, count=100),
            SignalReport(
                kind=SignalKind.AGREEMENT,
                auroc=Unavailable(reason="each question was asked once"),
                count=0,
            ),
        ),
        used=SignalKind.LOWEST_PROBABILITY,
        curve=curve,
        only_large=CascadePoint(
            sent_share=1.0,
            accuracy=0.84,
            costs={CostMeasure.TIME: 7.4, CostMeasure.ENERGY: 85.0},
        ),
        oracle=_point(0.11, 0.92),
        advised=_point(0.24, 0.83) if with_advice else Unavailable(reason="too few questions"),
        random_accuracy=0.817,
    )


def _point(sent_share: float, accuracy: float) -> CascadePoint:
    costs = {CostMeasure.TIME: 2.4 + sent_share * 7.4, CostMeasure.ENERGY: 26 + sent_share * 85}
    return CascadePoint(sent_share=sent_share, accuracy=accuracy, costs=costs)


def make_track(
    enough: Sequence[float] = (1.0, 1.4, 0.8, 2.2, 4.2),
    different: Sequence[float] = (1.0, 0.9, 0.7, 0.8, 0.6),
    first_enough: int | None = None,
    first_different: int | None = None,
) -> EvidenceTrack:
    """Return a track of evidence."""
    return EvidenceTrack(
        small="A",
        large="B",
        margin=0.10,
        enough=tuple(enough),
        different=tuple(different),
        first_enough=first_enough,
        first_different=first_different,
    )
