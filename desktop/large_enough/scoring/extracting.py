"""Takes the answer out of a text by the item's own pattern."""

import msgspec

from large_enough.scoring import patterns
from large_enough.scoring.answer_text import AnswerText
from large_enough.scoring.judgement import Judgement
from large_enough.scoring.patterns import PatternFault
from large_enough.scoring.steps import StepKind, step


def with_extracted(answer: AnswerText, pattern: str) -> AnswerText | Judgement:
    """Return the answer with what a pattern found, or the judgement if it found nothing.

    Args:
        answer: The answer.
        pattern: A regular expression whose first group is the answer; empty for none.
    """
    if not pattern:
        return answer
    found = patterns.last_group(pattern, answer.text)
    if found is PatternFault.UNUSABLE:
        return Judgement.unusable(step(StepKind.PATTERN_UNUSABLE, pattern=pattern))
    if found is PatternFault.TOO_SLOW:
        return Judgement.unusable(step(StepKind.PATTERN_TOO_SLOW, pattern=pattern))
    if not found:
        return Judgement.nothing(step(StepKind.PATTERN_NOT_FOUND, pattern=pattern))
    return msgspec.structs.replace(answer, extracted=str(found))
