"""Judges answers that name one label of a closed set."""

from large_enough.domain.pack import LabelKey
from large_enough.scoring.answer_text import AnswerText
from large_enough.scoring.graders.choice import judge_pick
from large_enough.scoring.judgement import Judgement

NAME = "label/1"


def judge(key: LabelKey, answer: AnswerText) -> Judgement:
    """Judge which label was named; labels are shown without letters."""
    return judge_pick(key.answer, key.labels, answer, has_letters=False)
