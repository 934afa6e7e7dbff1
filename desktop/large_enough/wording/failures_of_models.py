"""Words for everything that can be wrong with a model file, its loading or its fetching."""

from collections.abc import Mapping

from large_enough.domain.errors import FailureKind
from large_enough.domain.text import to_translate
from large_enough.wording.failure_words import FailureWords

_FETCH_AGAIN = to_translate("Delete it, then fetch it again, or choose another model.")
_ANOTHER_FILE = to_translate("Choose another model file.")

MODEL_FAILURES: Mapping[FailureKind, FailureWords] = {
    FailureKind.FILE_MISSING: FailureWords(
        happened=(
            to_translate("There is no file {subject}."),
            to_translate("The model file is not there."),
        ),
        next_step=(
            to_translate("Check the path, or put the disk or stick back that held the file."),
        ),
    ),
    FailureKind.FILE_UNREADABLE: FailureWords(
        happened=(
            to_translate("{subject} cannot be read: {last_line}."),
            to_translate("{subject} cannot be read."),
            to_translate("The file cannot be read."),
        ),
        next_step=(
            to_translate("Check that you may read the file, and that its disk is connected."),
        ),
    ),
    FailureKind.NOT_GGUF: FailureWords(
        happened=(
            to_translate("{file} is not a GGUF file, whatever its name says."),
            to_translate("The file is not a GGUF file, whatever its name says."),
        ),
        next_step=(
            to_translate(
                "Choose a model in GGUF format. A download that gave you a web page or a pointer "
                "of a few bytes instead of the model must be repeated."
            ),
        ),
    ),
    FailureKind.FILE_MALFORMED: FailureWords(
        happened=(
            to_translate(
                "{file} starts like a GGUF file, but its header makes no sense: {last_line}."
            ),
            to_translate("{file} starts like a GGUF file, but its header makes no sense."),
            to_translate("The model file's header makes no sense."),
        ),
        next_step=(_FETCH_AGAIN,),
    ),
    FailureKind.FILE_TRUNCATED: FailureWords(
        happened=(
            to_translate("{file} is cut off: it has {size_bytes} of {needed_bytes}."),
            to_translate("{file} is cut off before its end."),
            to_translate("The model file is cut off before its end."),
        ),
        next_step=(
            to_translate("The download or copy was probably interrupted: fetch or copy it again."),
        ),
    ),
    FailureKind.SPLIT_PART_MISSING: FailureWords(
        happened=(
            to_translate("{file} is one of several parts, and {part} is missing."),
            to_translate("{file} is one of several parts: {last_line}."),
            to_translate("{file} is one of several parts, and another part is missing."),
            to_translate("A part of this split model is missing."),
        ),
        next_step=(to_translate("Put all parts of the model into the same folder."),),
    ),
    FailureKind.NOT_FIRST_SPLIT: FailureWords(
        happened=(
            to_translate("{file} is a later part of a split model."),
            to_translate("The file is a later part of a split model."),
        ),
        next_step=(
            to_translate("Open the first part instead: {first}."),
            to_translate("Open the first part instead; its name holds 00001-of-."),
        ),
    ),
    FailureKind.NOT_A_LANGUAGE_MODEL: FailureWords(
        happened=(
            to_translate("{file} is not a model that can answer: {reason}."),
            to_translate("{file} ({architecture}) is not a model that can answer."),
            to_translate("{file} is not a model that can answer."),
            to_translate("The file is not a model that can answer."),
        ),
        next_step=(
            to_translate("Choose the language model itself, usually the largest file of its set."),
        ),
    ),
    FailureKind.UNFINISHED_DOWNLOAD: FailureWords(
        happened=(
            to_translate("{file} is a download that has not ended."),
            to_translate("The file is a download that has not ended."),
        ),
        next_step=(
            to_translate("Let {app} finish it, or delete it there."),
            to_translate("Let the program that fetches it finish, or delete it."),
        ),
    ),
    FailureKind.FOLDER_UNREADABLE: FailureWords(
        happened=(
            to_translate("The models of {app} in {subject} cannot be read: {last_line}."),
            to_translate("The folder {subject} cannot be read: {last_line}."),
            to_translate("A folder of models cannot be read."),
        ),
        next_step=(
            to_translate(
                "Get the right to read that folder if you want its models; other models are not "
                "affected."
            ),
        ),
    ),
    FailureKind.NOTE_UNUSABLE: FailureWords(
        happened=(
            to_translate("What {app} noted about a model makes no sense ({subject}): {problem}."),
            to_translate("The note about a model makes no sense ({subject}): {problem}."),
            to_translate("A note about a model makes no sense."),
        ),
        next_step=(
            to_translate("Fetch the model again with {app}; other models are not affected."),
            to_translate("Fetch the model again; other models are not affected."),
        ),
    ),
    FailureKind.UNSUPPORTED_ARCHITECTURE: FailureWords(
        happened=(
            to_translate(
                "{file} is built as “{architecture}”, which this version of llama.cpp does not "
                "know."
            ),
            to_translate("{file} is built in a way that this version of llama.cpp does not know."),
            to_translate(
                "The model is built in a way that this version of llama.cpp does not know."
            ),
        ),
        next_step=(
            to_translate(
                "Choose another model, or a newer version of Large Enough if the model is new."
            ),
        ),
    ),
    FailureKind.UNSUPPORTED_TOKENIZER: FailureWords(
        happened=(
            to_translate(
                "{file} splits text with “{tokenizer}”, which this version of llama.cpp does not "
                "know."
            ),
            to_translate(
                "{file} splits text in a way that this version of llama.cpp does not know."
            ),
            to_translate(
                "The model splits text in a way that this version of llama.cpp does not know."
            ),
        ),
        next_step=(
            to_translate(
                "Choose another model, or a newer version of Large Enough if the model is new."
            ),
        ),
    ),
    FailureKind.LOAD_REFUSED: FailureWords(
        happened=(
            to_translate("llama.cpp refused to load {file}: {first_line}."),
            to_translate("llama.cpp refused to load {file}."),
            to_translate("llama.cpp refused to load the model."),
        ),
        next_step=(
            to_translate("Fetch the file again in case it is damaged, or choose another model."),
        ),
    ),
    FailureKind.DOES_NOT_FIT: FailureWords(
        happened=(
            to_translate(
                "{file} needs about {needed_bytes} ({parts}), {available_bytes} are free. "
                "It was not loaded."
            ),
            to_translate(
                "{file} needs about {needed_bytes}, {available_bytes} are free. It was not loaded."
            ),
            to_translate("{file} needs more memory than is free. It was not loaded."),
            to_translate("The model needs more memory than is free. It was not loaded."),
        ),
        next_step=(
            to_translate(
                "Close other programs, choose a shorter context, or a smaller or more strongly "
                "quantised model."
            ),
        ),
    ),
    FailureKind.OUT_OF_MEMORY: FailureWords(
        happened=(
            to_translate("The memory did not suffice for {file} with this context: {first_line}."),
            to_translate("The memory did not suffice for {file} with this context."),
            to_translate("The memory did not suffice for the model with this context."),
        ),
        next_step=(
            to_translate(
                "Choose a shorter context or a smaller model; with a graphics card, keep fewer "
                "layers on it."
            ),
        ),
    ),
    FailureKind.NO_NETWORK: FailureWords(
        happened=(
            to_translate("{subject} could not be fetched: no network connection to its sources."),
            to_translate("Nothing could be fetched: there is no network connection."),
        ),
        next_step=(
            to_translate(
                "Connect and try again (what has arrived is kept), or copy the file into the "
                "models folder by hand."
            ),
        ),
    ),
    FailureKind.SOURCE_FAILED: FailureWords(
        happened=(
            to_translate("{subject} could not be fetched from any of its sources: {last_line}."),
            to_translate("{subject} could not be fetched from any of its sources."),
            to_translate("The model could not be fetched from any of its sources."),
        ),
        next_step=(
            to_translate(
                "Try again in a while (what has arrived is kept), or copy the file into the "
                "models folder by hand."
            ),
        ),
    ),
    FailureKind.CHECKSUM_MISMATCH: FailureWords(
        happened=(
            to_translate(
                "{subject} arrived, but is not the published file: its SHA-256 is {found}, not "
                "{expected}. It was removed."
            ),
            to_translate("{subject} arrived, but is not the published file. It was removed."),
            to_translate("The file that arrived is not the published one. It was removed."),
        ),
        next_step=(
            to_translate(
                "Fetch it again; if this happens twice, something between you and the source "
                "changes files."
            ),
        ),
    ),
    FailureKind.DISK_FULL: FailureWords(
        happened=(
            to_translate("{subject} needs {needed_bytes} of disk space, {free_bytes} are free."),
            to_translate("The disk has no room left for {subject}."),
            to_translate("The disk is full."),
        ),
        next_step=(to_translate("Make room, or choose a models folder on another disk."),),
    ),
    FailureKind.REPOSITORY_REFUSED: FailureWords(
        happened=(
            to_translate("{subject} does not open: the server answers {status}."),
            to_translate("The repository does not open."),
        ),
        next_step=(
            to_translate(
                "Check its name. Where the publisher wants an account or a signature, fetch the "
                "file in a browser and name it with “large-enough models add”."
            ),
        ),
    ),
    FailureKind.GATED_REPOSITORY: FailureWords(
        happened=(
            to_translate(
                "{subject} is only for those who sign in and agree to its publisher's terms, "
                "which this program does not do."
            ),
            to_translate(
                "The repository is only for those who sign in and agree to its publisher's terms."
            ),
        ),
        next_step=(
            to_translate(
                "Agree and fetch the file in a browser, then drop it on the window or name it with "
                "“large-enough models add”; or choose another publisher of this model."
            ),
        ),
    ),
    FailureKind.NO_SUCH_WEIGHTS: FailureWords(
        happened=(
            to_translate("{subject} holds no GGUF file that fits “{wanted}”."),
            to_translate("{subject} holds no GGUF file that can be used."),
            to_translate("The repository holds no such GGUF file."),
        ),
        next_step=(
            to_translate("It holds: {candidates}."),
            to_translate("Look for a repository whose name ends in GGUF."),
        ),
    ),
    FailureKind.SEVERAL_WEIGHTS: FailureWords(
        happened=(
            to_translate("{subject} holds several GGUF files that fit: {candidates}."),
            to_translate("{subject} holds several GGUF files that fit."),
            to_translate("The repository holds several GGUF files that fit."),
        ),
        next_step=(
            to_translate("Choose one, for example “large-enough models get {example}”."),
            to_translate("Choose one: put a colon and its name or quantisation behind."),
        ),
    ),
    FailureKind.NO_CHECKSUM: FailureWords(
        happened=(
            to_translate(
                "{subject} is not fetched: neither the catalogue nor the server tells its size "
                "and SHA-256, so that it could not be verified."
            ),
            to_translate("The file is not fetched: it could not be verified."),
        ),
        next_step=(to_translate("Choose another model, or another publisher of this one."),),
    ),
    FailureKind.NOT_OURS: FailureWords(
        happened=(
            to_translate("{subject} was not removed: {reason}."),
            to_translate(
                "{subject} was not removed: it was neither fetched nor made by Large Enough."
            ),
            to_translate(
                "The file was not removed: it was neither fetched nor made by Large Enough."
            ),
        ),
        next_step=(to_translate("Delete it yourself if it is not needed any more."),),
    ),
}
