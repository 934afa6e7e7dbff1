"""Makes what is asked of a contender out of an item of a pack."""

import string
from dataclasses import dataclass

import msgspec

from large_enough.comparison.round_state import Shape
from large_enough.domain.generation import GenerationRequest
from large_enough.domain.pack import PackItem
from large_enough.domain.pack_run import AnswerWay, CellKey, PackRunPlan, RunLimits, RunMode
from large_enough.domain.round import Contender, Purpose, RoundPlan
from large_enough.packs.asking import Asked, asked

WARM_UP_PROMPT = "Hello!"
WARM_UP_TOKENS = 8
"""Enough to have read a prompt and written something; what it takes is not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One cell of a run before it is answered."""

    key: CellKey
    item: PackItem
    asked: Asked
    max_tokens: int
    limits: RunLimits
    """As they are for this one."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The letters of its options, in the order in which they are shown."""
        return tuple(string.ascii_uppercase[: len(self.asked.shown_choices)])


def question(plan: PackRunPlan, key: CellKey) -> Question:
    """Return what is asked for one cell.

    Args:
        plan: With the pack as it was asked from the beginning.
        key: One of its cells.
    """
    item, limits = plan.pack.item(key.item_id), plan.limits(key)
    return Question(
        key=key,
        item=item,
        asked=asked(
            plan.pack,
            item,
            seed=plan.settings.seed,
            variant=plan.settings.variant,
            may_reason=plan.settings.way is AnswerWay.GENERATED,
        ),
        max_tokens=plan.max_tokens(item) if limits.max_tokens is None else limits.max_tokens,
        limits=limits,
    )


def sequences_wanted(plan: PackRunPlan) -> int:
    """Return how many answers are computed at once."""
    return plan.settings.batch_size if plan.settings.mode is RunMode.FAST else 1


def as_loaded(plan: PackRunPlan, contender: Contender) -> Contender:
    """Return a contender as it is loaded for this run."""
    load = msgspec.structs.replace(contender.load, parallel_sequences=sequences_wanted(plan))
    return msgspec.structs.replace(contender, load=load)


def round_for(plan: PackRunPlan, contender: Contender, question: Question) -> RoundPlan:
    """Return a question as a round of one contender: rounds know how to measure."""
    settings = plan.settings.answers
    seed = settings.sampling.seed + question.key.repeat
    sampling = msgspec.structs.replace(settings.sampling, seed=seed)
    answers = msgspec.structs.replace(
        settings, max_tokens=question.max_tokens, sampling=sampling, reuse_prefix=False
    )
    return RoundPlan(
        round_id=plan.run_id,
        session_id=plan.run_id,
        prompt=question.asked.prompt,
        system=question.asked.system,
        contenders=(as_loaded(plan, contender),),
        settings=answers,
    )


def warm_up_round(plan: PackRunPlan, contender: Contender) -> RoundPlan:
    """Return a round that loads a contender and lets it answer once."""
    answers = msgspec.structs.replace(
        plan.settings.answers, max_tokens=WARM_UP_TOKENS, reuse_prefix=False
    )
    return RoundPlan(
        round_id=plan.run_id,
        session_id=plan.run_id,
        prompt=WARM_UP_PROMPT,
        system=plan.pack.system_prompt,
        contenders=(as_loaded(plan, contender),),
        settings=answers,
        purpose=Purpose.WARM_UP,
    )


def shape_for(plan: PackRunPlan, question: Question) -> Shape:
    """Return what adds a question's limits to its request."""
    limits = question.limits

    def shape(request: GenerationRequest) -> GenerationRequest:
        return msgspec.structs.replace(
            request,
            longest_s=limits.longest_s,
            longest_characters=limits.longest_characters,
            stops_loops=limits.stops_loops,
            wants_token_probabilities=plan.settings.wants_token_probabilities,
        )

    return shape


def needed_tokens(plan: PackRunPlan, question: Question, prompt_tokens: int) -> int:
    """Return the context that a question takes with the longest answer it may get."""
    answer = 1 if plan.settings.way is AnswerWay.FORCED_CHOICE else question.max_tokens
    return prompt_tokens + answer
