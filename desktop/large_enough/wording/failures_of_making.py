"""Words for everything that can go wrong when quantised copies are made."""

from collections.abc import Mapping

from large_enough.domain.errors import FailureKind
from large_enough.domain.text import to_translate
from large_enough.wording.failure_words import FailureWords

MAKING_FAILURES: Mapping[FailureKind, FailureWords] = {
    FailureKind.NOT_QUANTISED: FailureWords(
        happened=(
            to_translate("{file} could not be made: {first_line}."),
            to_translate("{file} could not be made."),
            to_translate("The quantised copy could not be made."),
        ),
        next_step=(to_translate("Choose another type, or another file of the same model."),),
    ),
    FailureKind.ALREADY_THERE: FailureWords(
        happened=(
            to_translate("{subject} is there already. It was left alone."),
            to_translate("The file is there already. It was left alone."),
        ),
        next_step=(
            to_translate("Allow it to be replaced (--force), or give the old file another name."),
        ),
    ),
    FailureKind.PARENTAGE_NOT_KEPT: FailureWords(
        happened=(
            to_translate(
                "{subject} was made, but which model it comes from could not be noted: {problem}."
            ),
            to_translate("The copy was made, but which model it comes from could not be noted."),
        ),
        next_step=(
            to_translate(
                "The file can be used all the same; make room on the disk before the next one."
            ),
        ),
    ),
}
