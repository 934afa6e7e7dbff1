"""Makes cells: what became of a question, with its grade."""

import math
from dataclasses import dataclass

import msgspec

from large_enough.comparison.pack_run_questions import Question
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.generation import Answer, Choice, FinishReason
from large_enough.domain.grade import Grade, GradeStatus, Reply, ReplyEnd
from large_enough.domain.pack import Pack
from large_enough.domain.pack_run import NO_TIMES, NOT_ANSWERED, NOT_WRITTEN, Cell
from large_enough.domain.quantity import Count
from large_enough.domain.round import Done
from large_enough.scoring.grading import grade

_ENDS = {
    FinishReason.END_OF_TEXT: ReplyEnd.FINISHED,
    FinishReason.STOP_TEXT: ReplyEnd.FINISHED,
    FinishReason.LENGTH: ReplyEnd.LENGTH,
    FinishReason.CONTEXT_FULL: ReplyEnd.CONTEXT_FULL,
    FinishReason.TIME_UP: ReplyEnd.TIMEOUT,
    FinishReason.LOOPING: ReplyEnd.LOOPING,
}
"""A cancelled answer is no answer: it is asked again."""

_NOT_GRADED_YET = Grade(status=GradeStatus.ERROR, score=0.0, grader="")


def grade_cell(pack: Pack, cell: Cell) -> Grade:
    """Judge an answer by the key that a pack has now.

    Args:
        pack: Has the item; how it was asked stands in the cell.
        cell: The answer.
    """
    item = pack.item(cell.key.item_id)
    reply = Reply(
        text=cell.text,
        thoughts=cell.thoughts,
        end=cell.end,
        shown_choices=cell.shown_choices,
        language=pack.language,
    )
    return grade(item.key, reply, extract=item.extract)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellMaker:
    """Makes the cells of one contender's answers, and grades them."""

    pack: Pack
    """With the keys as they are now."""

    def measured(self, question: Question, done: Done, setup_id: int, started_utc: str) -> Cell:
        """Return the cell of an answer that was measured."""
        cell = self.written(question, done.answer, setup_id, started_utc)
        return msgspec.structs.replace(
            cell, timing=done.answer.timing, resources=done.resources, context=done.context
        )

    def written(self, question: Question, answer: Answer, setup_id: int, started_utc: str) -> Cell:
        """Return the cell of an answer that was given beside others: without times."""
        return self._graded(
            question,
            started_utc,
            _ENDS[answer.finish],
            setup_id=setup_id,
            text=answer.text,
            thoughts=answer.thoughts,
            prompt_token_count=answer.timing.prompt_token_count,
            answer_token_count=answer.timing.generated_token_count,
            rendered_prompt_sha256=answer.rendered_prompt_sha256,
            token_probabilities=answer.token_probabilities,
            timing=NO_TIMES,
            resources=NO_TIMES,
            context=NO_TIMES,
        )

    def chosen(self, question: Question, choice: Choice, setup_id: int, started_utc: str) -> Cell:
        """Return the cell of an option that a model finds most probable."""
        found = choice.log_probabilities
        best = max(range(len(found)), key=lambda index: _comparable(found[index]))
        return self._graded(
            question,
            started_utc,
            ReplyEnd.FINISHED,
            setup_id=setup_id,
            text=question.labels[best],
            prompt_token_count=choice.prompt_token_count,
            rendered_prompt_sha256=choice.rendered_prompt_sha256,
            option_log_probabilities=found,
            option_share=choice.share,
            answer_token_count=NOT_WRITTEN,
            timing=NOT_WRITTEN,
            resources=NOT_WRITTEN,
            context=NOT_WRITTEN,
        )

    def overflow(
        self, question: Question, setup_id: int | None, prompt_tokens: Count, started_utc: str
    ) -> Cell:
        """Return the cell of a question that the context has no room for: it is not asked."""
        return self._unanswered(
            question,
            ReplyEnd.OVERFLOW,
            started_utc,
            setup_id=setup_id,
            prompt_token_count=prompt_tokens,
        )

    def timed_out(self, question: Question, setup_id: int | None, started_utc: str) -> Cell:
        """Return the cell of a question whose time was up before anything was chosen."""
        return self._unanswered(question, ReplyEnd.TIMEOUT, started_utc, setup_id=setup_id)

    def failed(
        self, question: Question, error: ErrorInfo, setup_id: int | None, started_utc: str
    ) -> Cell:
        """Return the cell of a question that a model could not answer."""
        is_too_long = error.kind is FailureKind.PROMPT_TOO_LONG
        return self._unanswered(
            question,
            ReplyEnd.OVERFLOW if is_too_long else ReplyEnd.FAILED,
            started_utc,
            setup_id=setup_id,
            error=error,
        )

    def _unanswered(
        self, question: Question, end: ReplyEnd, started_utc: str, **known: object
    ) -> Cell:
        return self._graded(
            question,
            started_utc,
            end,
            timing=NOT_ANSWERED,
            resources=NOT_ANSWERED,
            context=NOT_ANSWERED,
            answer_token_count=NOT_ANSWERED,
            **known,
        )

    def _graded(self, question: Question, started_utc: str, end: ReplyEnd, **known: object) -> Cell:
        cell = Cell(
            key=question.key,
            system=question.asked.system,
            prompt=question.asked.prompt,
            shown_choices=question.asked.shown_choices,
            end=end,
            started_utc=started_utc,
            grade=_NOT_GRADED_YET,
        )
        cell = msgspec.structs.replace(cell, **known)
        return msgspec.structs.replace(cell, grade=grade_cell(self.pack, cell))


def _comparable(log_probability: float) -> float:
    return -math.inf if math.isnan(log_probability) else log_probability
