"""Guesses how a question is answered from what its answer looks like."""

import re

from large_enough.domain.answer_words import ABSTAINING
from large_enough.domain.pack import AnswerType
from large_enough.packs.alike import option_form
from large_enough.packs.cells import number_from_cell
from large_enough.packs.days import day_from_cell
from large_enough.packs.drafts import Draft
from large_enough.packs.json_text import read_json
from large_enough.packs.letters import places_of
from large_enough.wording.translate import _

MOST_WORDS = 20
"""A longer answer is never given word for word: people judge it."""
_ABSTAINING = frozenset(map(option_form, ABSTAINING))
_SEVERAL = re.compile(r"[,;/&+ ]|\band\b|\bund\b|\by\b")


def guess_type(
    draft: Draft, answer: str, options: list[str], *, has_labels: bool
) -> AnswerType | None:
    """Return how a question is answered; what is not obvious is noted with the draft.

    Args:
        draft: Of the question.
        answer: As it stands in the table.
        options: To choose from, if there are any.
        has_labels: Whether a column has labels.

    Returns:
        None, with a fault, if there is no answer to guess from.
    """
    text = answer.strip()
    if not text:
        draft.blame("answer", _("it is missing"))
        return None
    if options:
        return _guess_options(text, options)
    if has_labels:
        return AnswerType.LABEL
    if option_form(text) in _ABSTAINING:
        draft.note("type", _("it was taken for a question that its document does not answer"))
        return AnswerType.UNANSWERABLE
    return _guess_text(draft, text)


def _guess_options(text: str, options: list[str]) -> AnswerType:
    if option_form(text) in map(option_form, options):
        return AnswerType.CHOICE
    places = places_of(text, options)
    return AnswerType.MULTI_CHOICE if len(places) > 1 else AnswerType.CHOICE


def _guess_text(draft: Draft, text: str) -> AnswerType:
    number = number_from_cell(text, has_decimal_comma=False)
    if number is not None and " " not in number.unit:
        return AnswerType.NUMBER
    if day_from_cell(text) is not None:
        return AnswerType.DATE
    if text.startswith("{") and isinstance(read_json(text).value, dict):
        return AnswerType.JSON
    if len(text.split()) > MOST_WORDS:
        draft.note("type", _("the answer is long, so people are to judge it"))
        return AnswerType.FREE
    return AnswerType.TEXT
