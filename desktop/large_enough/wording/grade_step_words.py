"""Holds a sentence for each step on the way to a grade."""

from collections.abc import Mapping

from large_enough.domain.text import to_translate

STEP_WORDS: Mapping[str, str] = {
    # The text as a whole
    "prompt_too_long": to_translate("The question is longer than the model's context."),
    "model_failed": to_translate("The model could not answer."),
    "text_empty": to_translate("The answer is empty."),
    "cut": to_translate("The answer was cut off before it gave a result."),
    "looped": to_translate("The model repeated itself and was stopped before it gave a result."),
    "timed_out": to_translate("The time was up before the answer gave a result."),
    "complete_before_cut": to_translate("The text was cut off, but only behind its answer."),
    "thoughts_left_out": to_translate("What stood between marks of thinking was left out."),
    "abstained": to_translate("It says that it cannot be known: “{phrase}”."),
    "refused": to_translate("It refuses to answer: “{phrase}”."),
    # Where the answer was found
    "found_answer_line": to_translate("The answer stands behind “ANSWER:”: “{text}”."),
    "found_boxed": to_translate("The answer stands in a box: “{text}”."),
    "found_phrase": to_translate("The answer stands behind “the answer is”: “{text}”."),
    "found_whole": to_translate("The whole text was taken as the answer."),
    "found_last_line": to_translate("The last line was taken as the answer."),
    "found_option_text": to_translate("Only one of the options occurs in the text."),
    "found_last_number": to_translate("The last number was taken as the answer: “{text}”."),
    "found_last_date": to_translate("The last date was taken as the answer: “{text}”."),
    "found_lines": to_translate("The lines of the list were taken as the answer."),
    "found_object": to_translate("The first JSON object was taken as the answer."),
    "found_by_pattern": to_translate("The question's own pattern found the answer: “{text}”."),
    "nothing_found": to_translate("Nothing in the text can be taken as an answer."),
    "several_found": to_translate("It gives several different answers: {texts}."),
    # How it was read and compared
    "read_letter": to_translate("{letter} stands for “{option}”."),
    "equal": to_translate("“{given}” is right."),
    "different": to_translate("“{given}” is not “{wanted}”."),
    "number_near": to_translate("{given} is near enough to {wanted}."),
    "number_far": to_translate("{given} is too far from {wanted}."),
    "range_given": to_translate("It gives several numbers to choose from."),
    "unit_converted": to_translate("The unit {given} was converted into {wanted}."),
    "unit_other": to_translate("The unit is {given} instead of {wanted}."),
    "unit_missing": to_translate("The unit {wanted} is missing."),
    "share_converted": to_translate("Per cent and shares count alike here."),
    "date_incomplete": to_translate("It names a day without a year; {wanted} is right."),
    "words_there": to_translate("All that must be there is there."),
    "words_missing": to_translate("“{words}” is missing."),
    "words_forbidden": to_translate("“{words}” must not be there."),
    "none_of_words": to_translate("None of these is there: {words}."),
    "pattern_found": to_translate("The pattern was found."),
    "pattern_not_found": to_translate("The pattern {pattern} was not found."),
    "pattern_too_slow": to_translate("The pattern {pattern} takes too long on this answer."),
    "pattern_unusable": to_translate("The pattern {pattern} cannot be used."),
    "entries_counted": to_translate(
        "Entries found: {found_count} of {wanted_count}; invented: {invented_count}."
    ),
    "entry_missing": to_translate("Missing in the list: “{entry}”."),
    "entry_invented": to_translate("Should not be in the list: “{entry}”."),
    "order_counted": to_translate("In the right order: {right_count} of {found_count}."),
    "json_broken": to_translate("The JSON is broken: {problem}."),
    "schema_violated": to_translate("It breaks the rule “{rule}” of the form: {message}."),
    "schema_unusable": to_translate("The JSON Schema of the question cannot be used."),
    "fields_counted": to_translate("Right fields: {right_count} of {field_count}."),
    "field_missing": to_translate("The field {field} is missing; “{wanted}” is right."),
    "field_different": to_translate("The field {field} is “{given}” instead of “{wanted}”."),
    "answer_invented": to_translate("The document does not tell, yet it answers: “{given}”."),
    "person_needed": to_translate("No rule can judge this; people do."),
}
"""By the names in `scoring.steps.StepKind`; words in braces are facts of the step."""
