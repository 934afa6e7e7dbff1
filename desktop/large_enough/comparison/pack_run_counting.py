"""Counts the tokens of a run's questions with a loaded model, before any of them is asked."""

import functools
from collections.abc import Iterable, Mapping, Sequence

from large_enough.comparison.pack_run_loading import RunTools, Seat
from large_enough.comparison.pack_run_questions import Question, round_for
from large_enough.comparison.pack_run_talk import Talk
from large_enough.comparison.turn import request_of
from large_enough.domain.generation import GenerationRequest
from large_enough.domain.pack_run import PackRunPlan
from large_enough.protocol.messages import CountTokens, TokensCounted

_MOST_CHARACTERS = 200_000
"""In one command; escaped in JSON, a character may take six bytes of a frame."""
_MOST_REQUESTS = 200


def count_tokens(
    plan: PackRunPlan, seat: Seat, questions: Iterable[Question], tools: RunTools
) -> Mapping[str, int]:
    """Return by item how long its prompt is, after the model's template.

    What could not be counted is missing: it will be refused when it is asked, if at all.

    Raises:
        StoppedError: Somebody wants the run to pause.
    """
    by_item = {question.key.item_id: question for question in questions}
    tools.instruments.power.be_busy()
    try:
        return _counts(plan, seat, list(by_item.values()), tools)
    finally:
        tools.instruments.power.be_quiet(tools.fleet.loaded_ids)


def _counts(
    plan: PackRunPlan, seat: Seat, questions: Sequence[Question], tools: RunTools
) -> dict[str, int]:
    counts: dict[str, int] = {}
    talk = Talk(seat.worker, plan.run_id, tools.fleet, tools.clock)
    for batch in _batches(plan, seat, questions):
        requests = tuple(request for _question, request in batch)
        said = talk.ask_one(functools.partial(_command, requests))
        if not isinstance(said, TokensCounted):
            break
        for (question, _request), count in zip(batch, said.counts, strict=False):
            if isinstance(count, int):
                counts[question.key.item_id] = count
    return counts


def _command(requests: tuple[GenerationRequest, ...], number: int) -> CountTokens:
    return CountTokens(request_id=number, requests=requests)


def _batches(
    plan: PackRunPlan, seat: Seat, questions: Sequence[Question]
) -> Iterable[list[tuple[Question, GenerationRequest]]]:
    batch: list[tuple[Question, GenerationRequest]] = []
    characters = 0
    for question in questions:
        asked = round_for(plan, seat.contender, question)
        length = len(asked.prompt) + len(asked.system)
        if batch and (characters + length > _MOST_CHARACTERS or len(batch) >= _MOST_REQUESTS):
            yield batch
            batch, characters = [], 0
        batch.append((question, request_of(asked, seat.contender.letter, seat.placement)))
        characters += length
    if batch:
        yield batch
