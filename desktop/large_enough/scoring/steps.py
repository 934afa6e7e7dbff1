"""Names the steps on the way from an answer's text to its grade."""

import enum

from large_enough.domain.grade import GradeStep


class StepKind(enum.StrEnum):
    """What was done or noticed. `wording.grade_words` has a sentence for each."""

    # The text as a whole
    PROMPT_TOO_LONG = "prompt_too_long"
    MODEL_FAILED = "model_failed"
    TEXT_EMPTY = "text_empty"
    CUT = "cut"
    LOOPED = "looped"
    TIMED_OUT = "timed_out"
    COMPLETE_BEFORE_CUT = "complete_before_cut"
    THOUGHTS_LEFT_OUT = "thoughts_left_out"
    ABSTAINED = "abstained"
    REFUSED = "refused"

    # Where the answer was found
    FOUND_ANSWER_LINE = "found_answer_line"
    FOUND_BOXED = "found_boxed"
    FOUND_PHRASE = "found_phrase"
    FOUND_WHOLE = "found_whole"
    FOUND_LAST_LINE = "found_last_line"
    FOUND_OPTION_TEXT = "found_option_text"
    FOUND_LAST_NUMBER = "found_last_number"
    FOUND_LAST_DATE = "found_last_date"
    FOUND_LINES = "found_lines"
    FOUND_OBJECT = "found_object"
    FOUND_BY_PATTERN = "found_by_pattern"
    NOTHING_FOUND = "nothing_found"
    SEVERAL_FOUND = "several_found"

    # How it was read and compared
    READ_LETTER = "read_letter"
    EQUAL = "equal"
    DIFFERENT = "different"
    NUMBER_NEAR = "number_near"
    NUMBER_FAR = "number_far"
    RANGE_GIVEN = "range_given"
    UNIT_CONVERTED = "unit_converted"
    UNIT_OTHER = "unit_other"
    UNIT_MISSING = "unit_missing"
    SHARE_CONVERTED = "share_converted"
    DATE_INCOMPLETE = "date_incomplete"
    WORDS_THERE = "words_there"
    WORDS_MISSING = "words_missing"
    WORDS_FORBIDDEN = "words_forbidden"
    NONE_OF_WORDS = "none_of_words"
    PATTERN_FOUND = "pattern_found"
    PATTERN_NOT_FOUND = "pattern_not_found"
    PATTERN_TOO_SLOW = "pattern_too_slow"
    PATTERN_UNUSABLE = "pattern_unusable"
    ENTRIES_COUNTED = "entries_counted"
    ENTRY_MISSING = "entry_missing"
    ENTRY_INVENTED = "entry_invented"
    ORDER_COUNTED = "order_counted"
    JSON_BROKEN = "json_broken"
    SCHEMA_VIOLATED = "schema_violated"
    SCHEMA_UNUSABLE = "schema_unusable"
    FIELDS_COUNTED = "fields_counted"
    FIELD_MISSING = "field_missing"
    FIELD_DIFFERENT = "field_different"
    ANSWER_INVENTED = "answer_invented"
    PERSON_NEEDED = "person_needed"


_LONGEST_FACT_CHARACTERS = 200


def step(kind: StepKind, **facts: str | float) -> GradeStep:
    """Return a step; texts that are long are cut, because a record holds thousands of steps."""
    return GradeStep(
        kind=kind.value,
        facts={name: _short(fact) for name, fact in facts.items()},
    )


def _short(fact: str | float) -> str | float:
    if not isinstance(fact, str) or len(fact) <= _LONGEST_FACT_CHARACTERS:
        return fact
    return fact[: _LONGEST_FACT_CHARACTERS - 1] + "…"
