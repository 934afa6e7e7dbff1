"""Words for everything that can go wrong with quantised copies, with adapters."""

from collections.abc import Mapping

from large_enough.domain.errors import FailureKind
from large_enough.domain.text import to_translate
from large_enough.wording.failure_words import FailureWords

_ITS_OWN_MODEL = to_translate("Choose the model that the adapter was made for.")

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
    FailureKind.NOT_AN_ADAPTER: FailureWords(
        happened=(
            to_translate("{file} is not an adapter that can be added to a model: {reason}."),
            to_translate("{file} is not an adapter that can be added to a model."),
            to_translate("The file is not an adapter that can be added to a model."),
        ),
        next_step=(to_translate("Choose a LoRA adapter in GGUF format."),),
    ),
    FailureKind.BASE_MODEL_MISSING: FailureWords(
        happened=(
            to_translate(
                "The adapter {file} cannot be used alone, and the model that it was made for is "
                "not here: {base}."
            ),
            to_translate(
                "The adapter {file} cannot be used alone, and no model here is of the kind that it "
                "was made for."
            ),
            to_translate("An adapter cannot be used alone, and its model is not here."),
        ),
        next_step=(
            to_translate("Get that model: it then appears a second time, with the adapter added."),
        ),
    ),
    FailureKind.ADAPTER_MISMATCH: FailureWords(
        happened=(
            to_translate("The adapter {file} does not fit {base}: {reason}."),
            to_translate("llama.cpp could not add the adapter {file} to the model: {first_line}."),
            to_translate("The adapter {file} does not fit the model."),
            to_translate("The adapter does not fit the model."),
        ),
        next_step=(_ITS_OWN_MODEL,),
    ),
}
