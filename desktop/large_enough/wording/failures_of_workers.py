"""Words for everything that can go wrong while a model answers."""

from collections.abc import Mapping

from large_enough.domain.errors import FailureKind
from large_enough.domain.text import to_translate
from large_enough.wording.failure_words import FailureWords

OUT_OF_MEMORY_SIGNAL = 9
"""SIGKILL: what the kernel sends when memory has run out, though others may send it too."""
BUS_ERROR_SIGNALS = (7, 10)
"""SIGBUS on Linux, on macOS: the mapped model file can no longer be read."""

_LESS_MEMORY = to_translate(
    "Close other programs, choose a shorter context or a smaller model, then ask again."
)
_AGAIN_THEN_REPORT = to_translate(
    "Ask again: the model is loaded afresh. If it happens again, report it with the details."
)
_REINSTALL = to_translate(
    "Install Large Enough again, so that all its parts are of the same version."
)

WORKER_FAILURES: Mapping[FailureKind, FailureWords] = {
    FailureKind.NOT_A_CHAT_MODEL: FailureWords(
        happened=(
            to_translate("{file} has no chat template: it continues text, it does not answer."),
            to_translate("The model has no chat template: it continues text, it does not answer."),
        ),
        next_step=(
            to_translate(
                "Choose a model named “Instruct” or “Chat”, or let this one complete a text."
            ),
        ),
    ),
    FailureKind.TEMPLATE_REJECTED: FailureWords(
        happened=(
            to_translate("The chat template in {file} refused this conversation: {message}."),
            to_translate("The chat template in {file} refused this conversation: {last_line}."),
            to_translate("The chat template in {file} refused this conversation."),
            to_translate("The model's chat template refused this conversation."),
        ),
        next_step=(
            to_translate(
                "Leave the system message out, start a new conversation, or choose another model."
            ),
        ),
    ),
    FailureKind.PROMPT_TOO_LONG: FailureWords(
        happened=(
            to_translate(
                "The prompt has {prompt_tokens} tokens; the context of {subject} holds "
                "{context_tokens}, with room for the answer."
            ),
            to_translate(
                "The prompt has {prompt_tokens} tokens; the context holds {context_tokens}, with "
                "room for the answer."
            ),
            to_translate("The prompt does not fit into the model's context."),
        ),
        next_step=(to_translate("Shorten the prompt, or choose a longer context."),),
    ),
    FailureKind.ENGINE_REFUSED: FailureWords(
        happened=(
            to_translate("llama.cpp stopped computing the answer: {first_line}."),
            to_translate("llama.cpp stopped computing the answer."),
        ),
        next_step=(_AGAIN_THEN_REPORT,),
    ),
    FailureKind.WORKER_NOT_STARTED: FailureWords(
        happened=(
            to_translate("The process that runs {subject} could not be started: {last_line}."),
            to_translate("The process that runs the model could not be started."),
        ),
        next_step=(
            to_translate(
                "Check that memory is free and that no virus scanner blocks Python, then ask again."
            ),
        ),
    ),
    FailureKind.BINDINGS_MISSING: FailureWords(
        happened=(
            to_translate("llama-cpp-python, which runs the models, cannot be loaded: {last_line}."),
            to_translate("llama-cpp-python, which runs the models, is not installed."),
        ),
        next_step=(to_translate("Install it as the README says; “make run” does it by itself."),),
    ),
    FailureKind.BINDINGS_MISMATCH: FailureWords(
        happened=(
            to_translate(
                "llama-cpp-python is version {found}; this program needs exactly {expected}."
            ),
            to_translate(
                "llama-cpp-python is not the version this program was made for: {last_line}."
            ),
            to_translate("llama-cpp-python is not the version this program was made for."),
        ),
        next_step=(
            to_translate("Install llama-cpp-python=={expected} into the same environment."),
            _REINSTALL,
        ),
    ),
    FailureKind.PROTOCOL_MISMATCH: FailureWords(
        happened=(
            to_translate(
                "The model's process speaks version {worker_version}, the program {own_version}: "
                "parts of two installations are mixed."
            ),
            to_translate(
                "The model's process and the program do not speak the same version: parts of two "
                "installations are mixed."
            ),
        ),
        next_step=(_REINSTALL,),
    ),
    FailureKind.PROTOCOL_BROKEN: FailureWords(
        happened=(
            to_translate("The process that ran {file} sent something unreadable and was ended."),
            to_translate("The process that ran the model sent something unreadable and was ended."),
        ),
        next_step=(_AGAIN_THEN_REPORT,),
    ),
    FailureKind.KILLED: FailureWords(
        happened=(
            to_translate("The process that ran {file} was ended from outside (signal {signal})."),
            to_translate("The process that ran {file} was ended from outside."),
            to_translate("The process that ran the model was ended from outside."),
        ),
        next_step=(to_translate("Ask again: the model is loaded afresh."),),
    ),
    FailureKind.ILLEGAL_INSTRUCTION: FailureWords(
        happened=(
            to_translate(
                "This processor lacks an instruction that llama.cpp was built to use; {file} "
                "cannot run."
            ),
            to_translate("This processor lacks an instruction that llama.cpp was built to use."),
        ),
        next_step=(
            to_translate(
                "Build llama-cpp-python on this machine, or with CMAKE_ARGS=-DGGML_NATIVE=OFF, as "
                "the README says."
            ),
        ),
    ),
    FailureKind.ENGINE_ASSERTION: FailureWords(
        happened=(
            to_translate("llama.cpp found a fault in itself while running {file}: {first_line}."),
            to_translate("llama.cpp found a fault in itself while running {file}."),
            to_translate("llama.cpp found a fault in itself and ended."),
        ),
        next_step=(_AGAIN_THEN_REPORT,),
    ),
    FailureKind.CRASHED: FailureWords(
        happened=(
            to_translate("The process that ran {file} crashed (signal {signal})."),
            to_translate("The process that ran {file} crashed (code {exit_code})."),
            to_translate("The process that ran {file} crashed."),
            to_translate("The process that ran the model crashed."),
        ),
        next_step=(_AGAIN_THEN_REPORT,),
    ),
    FailureKind.EXITED: FailureWords(
        happened=(
            to_translate(
                "The process that ran {file} ended by itself (code {exit_code}): {last_line}."
            ),
            to_translate("The process that ran {file} ended by itself (code {exit_code})."),
            to_translate("The process that ran {file} ended by itself."),
            to_translate("The process that ran the model ended by itself."),
        ),
        next_step=(_AGAIN_THEN_REPORT,),
    ),
    FailureKind.STOPPED_RESPONDING: FailureWords(
        happened=(
            to_translate("{file} gave no sign of life for {silent_s}, so its process was ended."),
            to_translate("{file} gave no sign of life any more, so its process was ended."),
            to_translate("The model gave no sign of life any more, so its process was ended."),
        ),
        next_step=(_LESS_MEMORY,),
    ),
    FailureKind.INTERNAL: FailureWords(
        happened=(
            to_translate("Large Enough made a mistake of its own: {last_line}."),
            to_translate("Large Enough made a mistake of its own."),
        ),
        next_step=(to_translate("Try again. If it happens again, report it with the details."),),
    ),
}

_MEMORY_RAN_OUT = FailureWords(
    happened=(
        to_translate(
            "The process that ran {file} was killed, probably by the system because memory ran out."
        ),
        to_translate(
            "The process that ran the model was killed, probably by the system because memory ran "
            "out."
        ),
    ),
    next_step=(_LESS_MEMORY,),
)
_FILE_WENT_AWAY = FailureWords(
    happened=(
        to_translate(
            "{file} could not be read any more while it was in use: the file was cut, or its disk "
            "went away."
        ),
        to_translate(
            "The model file could not be read any more while it was in use: it was cut, or its "
            "disk went away."
        ),
    ),
    next_step=(to_translate("Check the file and its disk, then ask again."),),
)

SIGNAL_FAILURES: Mapping[tuple[FailureKind, int], FailureWords] = {
    (FailureKind.KILLED, OUT_OF_MEMORY_SIGNAL): _MEMORY_RAN_OUT,
    **{
        (kind, signal): _FILE_WENT_AWAY
        for kind in (FailureKind.KILLED, FailureKind.CRASHED)
        for signal in BUS_ERROR_SIGNALS
    },
}
"""Words for signals that tell more than their kind of failure does."""
