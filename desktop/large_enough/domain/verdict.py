"""What a graded run comes to: who is large enough, how sure that is, at what cost.

Built once from a record by `comparison`; window, command line and reports only show it. Every share
is 0 to 1, every difference is small minus large, -1 to 1.
"""

import enum

import msgspec

from large_enough.domain.grade import GradeStatus
from large_enough.domain.interval import Limits, MedianInterval, RatioInterval, ShareInterval
from large_enough.domain.pack_run import PackRunPlan
from large_enough.domain.quantity import Count, NumberQuality, Quantity, Unavailable
from large_enough.domain.round import Contender, Machine


class Outcome(enum.StrEnum):
    """What a comparison comes to."""

    LARGE_ENOUGH = "large_enough"
    """The small model is not worse by the margin or more."""
    LARGE_IS_BETTER = "large_is_better"
    """It is worse by more than the margin."""
    MEASURABLY_WORSE = "measurably_worse"
    """It is worse, but perhaps by less than the margin."""
    NOT_SETTLED = "not_settled"
    """The questions do not decide."""


class Decision(msgspec.Struct, frozen=True, kw_only=True, tag="decision"):
    """An outcome, and what would settle an open one."""

    outcome: Outcome
    margin: float
    limits: Limits
    more_questions: Count
    """About so many more would probably settle it; or why that is not said."""


class Method(enum.StrEnum):
    """How the limits of a difference came about."""

    SINGLE = "single"
    """Tango's score limits: every question stands alone."""
    GROUPED = "grouped"
    """Tango's limits of the effective number of questions: questions of a kind go together. With
    few kinds of questions also for parts of points, each as that part of a question."""
    PARTIAL = "partial"
    """Parts of points: studentised bootstrap over questions or groups."""
    BETTING = "betting"
    """Parts of points, few questions: limits from a betting martingale, exact for bounded data."""


class RemarkKind(enum.StrEnum):
    """What to know before a result is believed; `wording.verdict_remarks` has the sentences."""

    SCRIPTED = "scripted"
    """A contender is a script, not a model."""
    NO_CONTEXT = "no_context"
    """The documents were left out: a control, not a test."""
    FORCED_CHOICE = "forced_choice"
    """Options were chosen by probability, nothing was written."""
    INCOMPLETE = "incomplete"
    """Facts: missing (answers)."""
    WAITING = "waiting"
    """Some answers must be judged by people. Facts: count."""
    SAMPLED = "sampled"
    """Only some of the pack's questions were asked. Facts: asked, all."""
    FEW_GROUPS = "few_groups"
    """Facts: groups (so many of equal size would weigh as much), fewest."""
    MOSTLY_FORMAT = "mostly_format"
    """Many answers could not be read or were cut. Facts: share."""
    CHANCE = "chance"
    """The interval of a contender's accuracy holds what guessing gives. Facts: chance."""
    LARGE_NOT_BEST = "large_not_best"
    """A smaller model had more right than the largest."""
    QUANTISATION_DIFFERS = "quantisation_differs"
    """Size and quantisation differ at once: the effects cannot be told apart."""
    REGRADED = "regraded"
    """Keys were changed after the run. Facts: items."""
    BY_HAND = "by_hand"
    """Grades were given by people. Facts: count."""
    DRIFT = "drift"
    """Times changed in the course of the run. Facts: ratio (last third over first)."""
    DISTURBED = "disturbed"
    """Other programs were busy meanwhile. Facts: share (of answers)."""
    THROTTLED = "throttled"
    """Heat or a power limit slowed the machine. Facts: share."""
    SWAPPED = "swapped"
    """Memory was moved to disk meanwhile. Facts: share."""
    ON_BATTERY = "on_battery"
    """The power source was not the same for all, or a battery. Facts: share."""
    UNREADABLE_LINES = "unreadable_lines"
    """Parts of the record make no sense. Facts: count."""
    REPEATS_DIFFER = "repeats_differ"
    """The same question did not get the same grade each time. Facts: share (that agree)."""


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to know."""

    kind: RemarkKind
    letters: tuple[str, ...] = ()
    """Whom it concerns; empty for the whole run."""
    facts: dict[str, float] = {}


class PairVerdict(msgspec.Struct, frozen=True, kw_only=True, tag="pair_verdict"):
    """A smaller model beside a larger one, over the questions that both answered."""

    small: str
    """Letter."""
    large: str
    decision: Decision | Unavailable
    """Or why nothing can be said."""
    method: Method
    has_parts: bool = False
    """Whether some scores are parts of a point, so that "right on" does not say it all."""
    question_count: int
    group_count: int
    """Kinds of questions; equals the questions where each stands alone."""
    effective_count: float
    """So many unrelated questions would say as much."""
    both: tuple[str, ...]
    """Ids of items that both got right."""
    only_small: tuple[str, ...]
    only_large: tuple[str, ...]
    neither: tuple[str, ...]
    mcnemar_p: float
    """Two-sided, exact; of the questions as if each stood alone."""
    holm_p: float
    """The same, adjusted for all pairs of the run."""
    time_ratio: RatioInterval | Unavailable
    """Seconds of the large one over those of the small one, summed over the same questions."""
    median_time_ratio: MedianInterval | Unavailable
    """Median over questions of the same ratio."""
    energy_ratio: RatioInterval | Unavailable
    median_energy_ratio: MedianInterval | Unavailable

    @property
    def telling_count(self) -> int:
        """So many whole unrelated questions say as much; at least 1."""
        return max(1, int(self.effective_count))

    @property
    def is_grouped(self) -> bool:
        """Whether questions were counted by kind."""
        return self.group_count < self.question_count


class CostMeasure(enum.StrEnum):
    """What an answer can cost."""

    TIME = "time"
    """Seconds."""
    ENERGY = "energy"
    """Joules."""
    MEMORY = "memory"
    """Bytes, at their highest: not a sum over answers."""
    MONEY = "money"
    """In the user's currency."""
    CO2 = "co2"
    """Grams."""


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of cost of one contender."""

    per_answer: Quantity
    """Mean over its answers; for memory, the highest need."""
    per_right: Quantity
    """Of all answers together, for each right one; for memory, the same as above."""
    quality: NumberQuality


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How one contender did."""

    letter: str
    accuracy: ShareInterval | Unavailable
    """Mean score over questions; every failure counts 0. Wilson's interval, of the effective number
    of questions where they go together."""
    accuracy_on_answered: Quantity
    statuses: dict[GradeStatus, int]
    """How many answers ended in which way; only what occurred."""
    answer_count: int
    judged_count: int
    right_points: float
    """Sum of scores."""
    median_s: Quantity
    p90_s: Quantity
    first_token_s: Quantity
    """Median."""
    tokens_per_s: Quantity
    """Median over answers."""
    characters_per_s: Quantity
    """Characters of all answers, thoughts included, over the time of their generation."""
    answer_tokens: Quantity
    """Mean, thoughts included."""
    answer_characters: Quantity
    """Mean, thoughts left out."""
    costs: dict[CostMeasure, Cost]


class LadderKind(enum.StrEnum):
    """What differs from rung to rung."""

    SIZE = "size"
    QUANTISATION = "quantisation"


class Rung(msgspec.Struct, frozen=True, kw_only=True):
    """One model of a ladder."""

    letter: str
    pair: PairVerdict | None
    """Against the reference; None for the reference itself."""
    is_tested: bool
    """Whether the walk came so far: it ends at the first that is not shown to be enough."""
    holds: bool
    """Whether it is shown to be large enough; true for the reference."""


class Ladder(msgspec.Struct, frozen=True, kw_only=True):
    """Models in an order settled beforehand, each beside the largest, down until one fails.

    Fixed-sequence testing keeps the error of the whole at that of one test.
    """

    kind: LadderKind
    name: str = ""
    """Of the model whose quantisations these are; empty for sizes."""
    rungs: tuple[Rung, ...]
    """The reference first, then downwards."""

    @property
    def reference(self) -> str:
        """Letter of the one that all others are compared with."""
        return self.rungs[0].letter

    @property
    def knee(self) -> str:
        """Letter of the smallest that is still large enough."""
        return [rung.letter for rung in self.rungs if rung.holds][-1]


class SignalKind(enum.StrEnum):
    """What may tell, without a key, that the small model's answer is wrong."""

    FORMAT = "format"
    """No answer could be read."""
    OPTION_MARGIN = "option_margin"
    """Forced choice: how far the most probable option lies before the next."""
    LOWEST_PROBABILITY = "lowest_probability"
    """Least probable token of the answer."""
    TENTH_PROBABILITY = "tenth_probability"
    """10 % quantile of the tokens' log-probabilities."""
    MEAN_PROBABILITY = "mean_probability"
    AGREEMENT = "agreement"
    """With repeats: share of answers that say the same."""
    SHORTNESS = "shortness"
    """Few tokens: models that ramble tend to be lost. Always there, often weak."""


class SignalReport(msgspec.Struct, frozen=True, kw_only=True):
    """How well a signal of one contender separates its right answers from its wrong ones."""

    kind: SignalKind
    auroc: Quantity
    """0.5 tells nothing, 1 tells all; or why it cannot be said."""
    low: Quantity = Unavailable(reason="too few questions for an interval")
    """Of a 90 % bootstrap interval."""
    high: Quantity = Unavailable(reason="too few questions for an interval")
    count: int
    """Answers that have the signal."""


class CascadePoint(msgspec.Struct, frozen=True, kw_only=True, tag="cascade_point"):
    """What would be, if the least sure answers of the small model were asked of the large one."""

    sent_share: float
    """Of all questions."""
    accuracy: float
    costs: dict[CostMeasure, float]
    """Mean per question, the small model's always included; only what is known for both."""


class Cascade(msgspec.Struct, frozen=True, kw_only=True, tag="cascade"):
    """Small first, large when unsure: computed from recorded answers, nothing is asked again."""

    small: str
    large: str
    question_count: int
    signals: tuple[SignalReport, ...]
    """Of the small model, the best first."""
    used: SignalKind
    """The one behind the curve."""
    curve: tuple[CascadePoint, ...]
    """From "nothing is sent" to "all is sent". Sending at random lies on the straight line
    between the two."""
    only_large: CascadePoint
    """The large model alone: the small one's cost is not paid."""
    oracle: CascadePoint
    """Sent exactly where only the large one is right: nobody can do better."""
    advised: CascadePoint | Unavailable
    """Threshold chosen without the question that it is then judged on (leave one out); or why
    nothing is advised."""
    random_accuracy: Quantity
    """What sending the same share at random would give."""


class EvidenceTrack(msgspec.Struct, frozen=True, kw_only=True, tag="evidence_track"):
    """Evidence after each question, such that one may look at any time."""

    small: str
    large: str
    margin: float
    enough: tuple[float, ...]
    """That the small model is large enough; 20 allows the claim. Questions that go together count
    as what they are worth."""
    different: tuple[float, ...]
    """That the two differ at all; 20 allows the claim."""
    first_enough: int | None
    """Question, from 1, at which the first claim could be made; None for not yet."""
    first_different: int | None


class Slice(msgspec.Struct, frozen=True, kw_only=True):
    """Questions of one kind, and how right each contender was on them."""

    name: str
    """The family's name, or the level's number, as the pack has it."""
    question_count: int
    accuracies: dict[str, ShareInterval | Unavailable]
    """By letter."""


class FieldPair(msgspec.Struct, frozen=True, kw_only=True):
    """A model for this field beside a general one."""

    special: str
    """Letter of the one that is made for the field, or has an adapter."""
    general: str
    limits: Limits | Unavailable
    """Of special minus general."""
    same_size: bool
    """Whether both have about as many parameters; else size and specialty mix."""


class RunVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """All that a run says."""

    plan: PackRunPlan
    machine: Machine
    started_utc: str
    contenders: tuple[Contender, ...]
    """The smallest first."""
    standings: dict[str, Standing]
    """By letter."""
    headline: PairVerdict | Unavailable
    """The smallest beside the largest; or why there is no verdict."""
    pairs: tuple[PairVerdict, ...]
    """All pairs, the smaller one first in each."""
    ladders: tuple[Ladder, ...]
    """Sizes first; only those with two rungs and more."""
    dominated: dict[CostMeasure, tuple[str, ...]]
    """Letters of those that another one beats: at least as right, at most as costly, and one of
    the two truly better."""
    levels: tuple[Slice, ...]
    families: tuple[Slice, ...]
    cascade: Cascade | Unavailable
    evidence: EvidenceTrack | Unavailable
    field_pairs: tuple[FieldPair, ...]
    remarks: tuple[Remark, ...]

    @property
    def telling_count(self) -> int:
        """So many unrelated questions say as much as the run's; without a verdict, its kinds."""
        if isinstance(self.headline, Unavailable):
            return len({item.cluster for item in self.plan.items})
        return self.headline.telling_count

    def contender(self, letter: str) -> Contender:
        """Return the contender with that letter.

        Raises:
            KeyError: There is none.
        """
        return self.plan.contender(letter)
