"""Lets a third local model compare answers that no rule can judge. Only ever on the user's word.

Small judges prefer what they see first, what is longer and what is written as they would. So every
pair is shown in both orders and only a verdict that holds in both counts; Markdown is taken out;
both answers are cut to the same length; and a judge may not be a contestant, or of its family. The
verdicts are kept beside the grades and change none of them.
"""

import functools
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from large_enough.comparison.pack_run_ends import GivenUpError, StoppedError
from large_enough.comparison.pack_run_loading import RunTools, Seat, seat_of, warmed_up
from large_enough.comparison.pack_run_talk import Talk
from large_enough.domain.errors import FailureKind, LargeEnoughError, RequestError
from large_enough.domain.generation import GenerationRequest, Message, Role, SamplingSettings
from large_enough.domain.grade import GradeStatus
from large_enough.domain.model_card import ModelCard
from large_enough.domain.pack import FreeKey
from large_enough.domain.pack_run import (
    Cell,
    Judgement,
    JudgeVerdict,
    PackRunPlan,
    PackRunRecord,
    RunMode,
)
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.round import Contender
from large_enough.protocol.messages import Generate, Generated
from large_enough.store.pack_run_lines import JudgementLine
from large_enough.store.pack_run_log import PackRunLog
from large_enough.store.pack_run_reading import read_pack_run
from large_enough.wording.translate import _

GRAMMAR = r'root ::= "{\"winner\":\"" ("A" | "B" | "tie") "\"}"'
ANSWER_TOKENS = 16
MOST_CHARACTERS = 2000
"""Of each answer that a judge sees: a page."""
LONGEST_S = 120.0
NO_JUDGEMENTS = Unavailable(reason="no judge has compared anything")
_PLACES = {"A": 0, "B": 1}


class JudgeSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Who judges, and how."""

    judge: Contender
    most_characters: int = MOST_CHARACTERS
    """Both answers are cut to so many characters at most."""


class _Verdict(msgspec.Struct, frozen=True):
    winner: str


class _Pair(msgspec.Struct, frozen=True, kw_only=True):
    first: Cell
    second: Cell


def judge_run(
    path: Path,
    settings: JudgeSettings,
    on_progress: Callable[[int, int], None],
    *,
    tools: RunTools,
) -> PackRunRecord:
    """Let a model compare what is not compared yet, on the caller's thread.

    Args:
        path: The log of a run.
        settings: Who judges, and how.
        on_progress: Told how many pairs are done, and how many there are.
        tools: What it works with.

    Raises:
        RequestError: The judge takes part in the run, or is of a contender's family.
        LargeEnoughError: The judge cannot be loaded; the record cannot be read or written.
    """
    with PackRunLog.reopen(path) as log:
        record = read_pack_run(path)
        check_judge(settings.judge.card, record)
        pairs = list(_pairs(record, settings.judge.card))
        on_progress(0, len(pairs))
        if pairs:
            try:
                _judge_all(record, pairs, settings, on_progress, log, tools)
            except StoppedError:
                pass
            finally:
                tools.fleet.dismiss_others(())
        return read_pack_run(path)


def check_judge(judge: ModelCard, record: PackRunRecord) -> None:
    """Refuse a judge who would judge itself or its own kin.

    Raises:
        RequestError: BAD_SETTING.
    """
    for contender in record.plan.contenders:
        if judge.path == contender.card.path or family(judge) == family(contender.card):
            problem = _("a judge may not be a contender, or of the same family as {name}").format(
                name=contender.card.name
            )
            raise RequestError(FailureKind.BAD_SETTING, "--judge", problem=problem)


def family(card: ModelCard) -> str:
    """Return the family of a model: the letters that its name begins with, "qwen" say."""
    found = re.match(r"[^\W\d_]+", card.name)
    return (found[0] if found else card.name).casefold()


def flip_rate(judgements: Sequence[Judgement]) -> Quantity:
    """Return how often the order of two answers changed the verdict, 0 to 1."""
    if not judgements:
        return NO_JUDGEMENTS
    return sum(judgement.is_flipped for judgement in judgements) / len(judgements)


def without_markdown(text: str) -> str:
    """Return a text without the marks that make it look better than it is."""
    plain = re.sub(r"^\s{0,3}(#{1,6}\s+|>\s?|[-*+]\s+|```.*$)", "", text, flags=re.MULTILINE)
    return re.sub(r"[*_`]{1,3}", "", plain).strip()


def verdict_of(text: str, shown: tuple[JudgeVerdict, JudgeVerdict]) -> JudgeVerdict:
    """Return what a judge's text says.

    Args:
        text: As the judge wrote it.
        shown: Who was shown as A, and who as B.
    """
    try:
        winner = msgspec.json.decode(text.strip(), type=_Verdict).winner
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return JudgeVerdict.UNREADABLE
    if winner == "tie":
        return JudgeVerdict.TIE
    return shown[_PLACES[winner]] if winner in _PLACES else JudgeVerdict.UNREADABLE


def _judge_all(
    record: PackRunRecord,
    pairs: Sequence[_Pair],
    settings: JudgeSettings,
    on_progress: Callable[[int, int], None],
    log: PackRunLog,
    tools: RunTools,
) -> None:
    plan = _judging_plan(record, settings)
    letter = settings.judge.letter
    try:
        loaded, done = warmed_up(tools, plan, letter, lambda _event: None, lambda _error: None)
        seat = seat_of(tools, loaded, done, 0)
    except GivenUpError as given_up:
        raise LargeEnoughError(
            given_up.error.kind, given_up.error.subject, detail=given_up.error.detail
        ) from given_up
    for number, pair in enumerate(pairs, 1):
        if tools.is_pause_wanted():
            raise StoppedError
        judgement = _judged(record, pair, settings, seat, tools)
        log.append(JudgementLine(judgement=judgement))
        on_progress(number, len(pairs))


def _judging_plan(record: PackRunRecord, settings: JudgeSettings) -> PackRunPlan:
    one_at_a_time = msgspec.structs.replace(record.plan.settings, mode=RunMode.MEASURE)
    return msgspec.structs.replace(
        record.plan, contenders=(settings.judge,), settings=one_at_a_time
    )


def _judged(
    record: PackRunRecord, pair: _Pair, settings: JudgeSettings, seat: Seat, tools: RunTools
) -> Judgement:
    question = record.plan.pack.item(pair.first.key.item_id).question
    texts = [without_markdown(cell.text) for cell in (pair.first, pair.second)]
    most = min(settings.most_characters, max(1, *(len(text) for text in texts)))
    first, second = (text[:most] for text in texts)
    ask = functools.partial(_ask, record, seat, tools, question)
    return Judgement(
        judge=settings.judge.card,
        item_id=pair.first.key.item_id,
        repeat=pair.first.key.repeat,
        first=pair.first.key.letter,
        second=pair.second.key.letter,
        straight=ask(first, second, (JudgeVerdict.FIRST, JudgeVerdict.SECOND)),
        turned=ask(second, first, (JudgeVerdict.SECOND, JudgeVerdict.FIRST)),
        characters_shown=most,
        first_characters=len(pair.first.text),
        second_characters=len(pair.second.text),
    )


def _ask(
    record: PackRunRecord,
    seat: Seat,
    tools: RunTools,
    question: str,
    shown_a: str,
    shown_b: str,
    shown: tuple[JudgeVerdict, JudgeVerdict],
) -> JudgeVerdict:
    request = GenerationRequest(
        messages=(Message(role=Role.USER, content=judge_prompt(question, shown_a, shown_b)),),
        max_tokens=ANSWER_TOKENS,
        sampling=SamplingSettings(),
        placement=seat.placement,
        reuse_prefix=False,
        thinking=False,
        longest_s=LONGEST_S,
        grammar=GRAMMAR,
    )
    talk = Talk(seat.worker, record.plan.run_id, tools.fleet, tools.clock)
    said = talk.ask_one(lambda number: Generate(request_id=number, request=request))
    if not isinstance(said, Generated):
        return JudgeVerdict.UNREADABLE
    return verdict_of(said.answer.text, shown)


def judge_prompt(question: str, shown_a: str, shown_b: str) -> str:
    """Return what a judge is asked."""
    return (
        "Two assistants answered the same question. Which answer is better: more correct, more "
        "helpful, with nothing made up? Do not prefer an answer for its length or its place.\n\n"
        f"Question:\n{question}\n\nAnswer A:\n{shown_a}\n\nAnswer B:\n{shown_b}\n\n"
        'Reply with JSON only: {"winner":"A"}, {"winner":"B"} or {"winner":"tie"}.'
    )


def _pairs(record: PackRunRecord, judge: ModelCard) -> Iterator[_Pair]:
    """Yield the pairs of answers to compare that this judge has not compared yet."""
    done = {
        (one.item_id, one.repeat, one.first, one.second)
        for one in record.judgements
        if one.judge.path == judge.path
    }
    groups: dict[tuple[str, int], list[Cell]] = {}
    for cell in sorted(record.cells, key=lambda cell: cell.key):
        if cell.text.strip() and _is_undecided(record, cell):
            groups.setdefault((cell.key.item_id, cell.key.repeat), []).append(cell)
    for (item_id, repeat), cells in sorted(groups.items()):
        for first, second in itertools.combinations(cells, 2):
            if (item_id, repeat, first.key.letter, second.key.letter) not in done:
                yield _Pair(first=first, second=second)


def _is_undecided(record: PackRunRecord, cell: Cell) -> bool:
    is_free = isinstance(record.plan.pack.item(cell.key.item_id).key, FreeKey)
    is_open = cell.grade.status is GradeStatus.NEEDS_HUMAN and cell.hand_grade is None
    return is_free or is_open
