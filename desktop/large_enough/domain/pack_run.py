"""A run: a pack asked of several contenders, and everything recorded about it."""

import enum

import msgspec

from large_enough.domain.errors import ErrorInfo
from large_enough.domain.generation import (
    EngineBuild,
    LoadedModel,
    Placement,
    Timing,
    TokenProbability,
)
from large_enough.domain.grade import Grade, HandGrade, ReplyEnd
from large_enough.domain.model_card import ModelCard
from large_enough.domain.pack import DEFAULT_MARGIN, Pack, PackItem
from large_enough.domain.quantity import Count, Quantity, Unavailable
from large_enough.domain.resource_use import ResourceUse
from large_enough.domain.round import AnswerContext, AnswerSettings, Contender, Machine

RUN_LETTERS = "ABCDEFGHIJKL"
"""The contenders of a run are called by these letters, in the order in which they joined it."""


class RunMode(enum.StrEnum):
    """What a run is after."""

    MEASURE = "measure"
    """One answer at a time: time, memory and energy are measured."""
    FAST = "fast"
    """Several answers at once: grades only, no times and no energy."""


class RunOrder(enum.StrEnum):
    """In which order contenders have their turns."""

    MODEL_BY_MODEL = "model_by_model"
    """All items of one contender, then the next: each model is loaded once."""
    ABBA = "abba"
    """Blocks in turned order, so that heat and battery meet all contenders alike."""


class Variant(enum.StrEnum):
    """How the items are asked."""

    USUAL = "usual"
    NO_CONTEXT = "no_context"
    """Without their documents: who is right all the same knew it, or guessed."""


class AnswerWay(enum.StrEnum):
    """How an answer is got out of a model. The two are never mixed within a run."""

    GENERATED = "generated"
    """The model writes, and the answer is looked for in its text."""
    FORCED_CHOICE = "forced_choice"
    """The probabilities of the options' letters are read: only items with options take part."""


class RunLimits(msgspec.Struct, frozen=True, kw_only=True):
    """When an answer is given up."""

    max_tokens: int | None = None
    """Longest answer; None for what the item or the pack says."""
    longest_s: float = 300.0
    longest_characters: int = 20_000
    stops_loops: bool = True
    """Whether a model that repeats itself is stopped."""


class PackRunSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How a pack is asked: the same for all contenders."""

    mode: RunMode = RunMode.MEASURE
    order: RunOrder = RunOrder.MODEL_BY_MODEL
    variant: Variant = Variant.USUAL
    way: AnswerWay = AnswerWay.GENERATED
    repeats: int = 1
    seed: int = 1
    """Start of the random order of items and options."""
    sample_count: int | None = None
    """Ask only so many items, chosen evenly over levels and families; None for all."""
    batch_size: int = 8
    """Answers at once, in `FAST`."""
    margin: float = DEFAULT_MARGIN
    """Fixed before the run: how much worse the small model may be, as a share of the questions."""
    limits: RunLimits = RunLimits()
    wants_token_probabilities: bool = False
    """Whether to record how probable each token was; costs time."""
    answers: AnswerSettings = AnswerSettings()
    """Sampling and thinking; its `max_tokens` is not used, the limits above are."""


class CellKey(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Which answer of a run: there is one cell for each."""

    letter: str
    item_id: str
    repeat: int = 0
    """From 0."""


class LimitRise(msgspec.Struct, frozen=True, kw_only=True):
    """Answers that a limit cut are asked again with higher limits, the same for all contenders."""

    utc: str
    """ISO 8601."""
    max_tokens: int | None = None
    """Longest answer from now on; None if as before."""
    longest_s: float | None = None
    """Longest time from now on; None if as before."""
    longest_characters: int | None = None
    """None if as before."""
    keys: tuple[CellKey, ...]
    """What is asked again. The answers that were there count no more, but are kept."""

    def over(self, limits: RunLimits) -> RunLimits:
        """Return limits with these in place of those that are raised."""
        longest_s, characters = self.longest_s, self.longest_characters
        return msgspec.structs.replace(
            limits,
            max_tokens=limits.max_tokens if self.max_tokens is None else self.max_tokens,
            longest_s=limits.longest_s if longest_s is None else longest_s,
            longest_characters=limits.longest_characters if characters is None else characters,
        )


class PackRunPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be asked of whom."""

    run_id: str
    pack: Pack
    """The whole pack, so that the record can be graded again without its file."""
    pack_sha256: str
    """Of the pack's file form; see `packs.writing`."""
    contenders: tuple[Contender, ...]
    settings: PackRunSettings
    item_ids: tuple[str, ...]
    """The items that are asked, in the order in which they are."""
    rises: tuple[LimitRise, ...] = ()
    """When limits were raised for some answers, oldest first."""

    @property
    def items(self) -> tuple[PackItem, ...]:
        """The items that are asked, in the order in which they are."""
        by_id = {item.id: item for item in self.pack.items}
        return tuple(by_id[item_id] for item_id in self.item_ids)

    @property
    def cell_count(self) -> int:
        """How many answers the whole run has."""
        return len(self.contenders) * len(self.item_ids) * self.settings.repeats

    def contender(self, letter: str) -> Contender:
        """Return the contender with that letter.

        Raises:
            KeyError: There is none.
        """
        for contender in self.contenders:
            if contender.letter == letter:
                return contender
        raise KeyError(letter)

    def limits(self, key: CellKey) -> RunLimits:
        """Return when an answer is given up: as the run began, or as it was raised for this one."""
        max_tokens = self.max_tokens(self.pack.item(key.item_id))
        limits = msgspec.structs.replace(self.settings.limits, max_tokens=max_tokens)
        for rise in self.rises:
            limits = rise.over(limits) if key in rise.keys else limits
        return limits

    def max_tokens(self, item: PackItem) -> int:
        """Return the limit that the run began with: its own, else the item's, else the pack's."""
        if self.settings.limits.max_tokens is not None:
            return self.settings.limits.max_tokens
        return self.pack.defaults.max_tokens if item.max_tokens is None else item.max_tokens


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """How a contender's model was loaded for the cells that name this; written once per load."""

    setup_id: int
    letter: str
    engine: EngineBuild
    loaded: LoadedModel
    placement: Placement


NO_TIMES = Unavailable(reason="several answers were computed at once")
NOT_WRITTEN = Unavailable(reason="an option was chosen, nothing was written")
NOT_ANSWERED = Unavailable(reason="there was no answer to measure")


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One answer of one contender to one item, with its grade."""

    key: CellKey
    setup_id: int | None = None
    """Which `Setup` it was computed with; None if the model never came that far."""
    system: str = ""
    prompt: str
    """The user's message as it was sent; the template's hash is in the setup."""
    shown_choices: tuple[str, ...] = ()
    end: ReplyEnd
    text: str = ""
    thoughts: str = ""
    prompt_token_count: Count = Unavailable(reason="the prompt was not split into tokens")
    answer_token_count: Count = Unavailable(reason="the answer's tokens were not counted")
    """Thoughts included."""
    rendered_prompt_sha256: str = ""
    timing: Timing | Unavailable = NO_TIMES
    resources: ResourceUse | Unavailable = NO_TIMES
    context: AnswerContext | Unavailable = NO_TIMES
    """Conditions that decide whether times compare; left out in `FAST`."""
    option_log_probabilities: tuple[float, ...] = ()
    """With forced choice: of each shown option's letter, natural logarithm, normalised over the
    options."""
    option_share: Quantity = Unavailable(reason="the model wrote its answer")
    """With forced choice: probability that its answer would begin with any option's letter. A
    small one says that it would have written something else."""
    token_probabilities: tuple[TokenProbability, ...] = ()
    """Of the answer's tokens, if they were asked for."""
    error: ErrorInfo | None = None
    """Why it failed, if it did."""
    started_utc: str
    """ISO 8601."""
    grade: Grade
    """As it was judged at the time of the run, or when it was graded again."""
    hand_grade: HandGrade | None = None

    @property
    def score(self) -> Quantity:
        """The score that counts: the person's where there is one."""
        return self.grade.score if self.hand_grade is None else self.hand_grade.score


class Regrading(msgspec.Struct, frozen=True, kw_only=True):
    """When a run was graded again, without asking any model."""

    utc: str
    """ISO 8601."""
    pack_sha256: str
    """Of the pack whose keys were used."""
    changed_item_ids: tuple[str, ...] = ()
    """Items whose key was another one than before."""
    kept_item_ids: tuple[str, ...] = ()
    """Items that keep their grades: the pack now asks something else under that id, or nothing."""
    why: str = ""
    """What the person said; empty if nothing."""


class JudgeVerdict(enum.StrEnum):
    """Which of two answers a judge finds better."""

    FIRST = "first"
    SECOND = "second"
    TIE = "tie"
    UNREADABLE = "unreadable"
    """The judge gave no verdict."""


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """A third model's opinion on two answers to one item, asked in both orders."""

    judge: ModelCard
    item_id: str
    repeat: int = 0
    first: str
    """Letter of the one contender."""
    second: str
    """Letter of the other one."""
    straight: JudgeVerdict
    """With the first one's answer shown first; `FIRST` means the contender, not the place."""
    turned: JudgeVerdict
    """With the second one's answer shown first."""
    characters_shown: int
    """Both answers were cut to so many characters at most."""
    first_characters: int
    """Length of the first one's answer before it was cut."""
    second_characters: int

    @property
    def is_flipped(self) -> bool:
        """Whether the order of the answers changed the verdict."""
        return self.straight is not self.turned

    @property
    def verdict(self) -> JudgeVerdict:
        """What counts: the verdict that both orders agree on, else a tie."""
        return JudgeVerdict.TIE if self.is_flipped else self.straight


class PackRunEnd(enum.StrEnum):
    """Where a run stands."""

    COMPLETE = "complete"
    STOPPED = "stopped"
    """Somebody stopped or paused it; it can go on."""
    CUT = "cut"
    """The program ended in the middle; it can go on."""


class PackRunRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A run as far as it is."""

    schema_version: int = 1
    plan: PackRunPlan
    machine: Machine
    started_utc: str
    setups: tuple[Setup, ...] = ()
    cells: tuple[Cell, ...] = ()
    """One for each key at most, in the order in which they were finished."""
    end: PackRunEnd
    unreadable_lines: int = 0
    """Lines of the log that make no sense; what they held is missing."""
    replaced: tuple[Cell, ...] = ()
    """Answers that were cut and asked again with higher limits: they count no more. Oldest
    first."""
    asked_pack: Pack | None = None
    """The pack as it was asked, where a key was changed since: the plan has the changed one."""
    regradings: tuple[Regrading, ...] = ()
    """Oldest first."""
    judgements: tuple[Judgement, ...] = ()
    """Opinions of other models; they count for no grade."""
    problems: dict[str, ErrorInfo] = {}
    """By letter: why a contender could not go on, when it was last tried."""

    @property
    def plan_as_asked(self) -> PackRunPlan:
        """The plan with the pack as it was asked: who joins later is asked the same."""
        if self.asked_pack is None:
            return self.plan
        return msgspec.structs.replace(self.plan, pack=self.asked_pack)

    def cell(self, key: CellKey) -> Cell | None:
        """Return the answer with that key; None if there is none yet."""
        return next((cell for cell in self.cells if cell.key == key), None)
