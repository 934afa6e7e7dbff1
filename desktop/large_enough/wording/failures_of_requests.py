"""Words for requests that cannot be met, logs that cannot be written or read."""

from collections.abc import Mapping

from large_enough.domain.errors import FailureKind
from large_enough.domain.text import to_translate
from large_enough.wording.failure_words import FailureWords

REQUEST_FAILURES: Mapping[FailureKind, FailureWords] = {
    FailureKind.UNKNOWN_MODEL: FailureWords(
        happened=(
            to_translate(
                "“{subject}” is in the catalogue as {catalogue_id}, but not on this machine yet."
            ),
            to_translate("No model is called “{subject}”."),
            to_translate("There is no such model."),
        ),
        next_step=(
            to_translate("Fetch it with “large-enough models get {catalogue_id}”."),
            to_translate("Choose one of these: {candidates}; or give the path of a GGUF file."),
            to_translate(
                "“large-enough models list” shows what there is; or give the path of a GGUF file."
            ),
        ),
    ),
    FailureKind.AMBIGUOUS_MODEL: FailureWords(
        happened=(
            to_translate("“{subject}” fits several models: {candidates}."),
            to_translate("“{subject}” fits several models."),
            to_translate("The name fits several models."),
        ),
        next_step=(to_translate("Give more of the name, or the path of the file."),),
    ),
    FailureKind.NO_MODELS: FailureWords(
        happened=(
            to_translate("A comparison needs two models; {found} found in {subject}."),
            to_translate("There are no models in {subject} yet."),
            to_translate("There are no models here yet."),
        ),
        next_step=(
            to_translate(
                "Fetch the starter pair with “large-enough models get {ids}”, or put GGUF files "
                "into that folder."
            ),
            to_translate(
                "Fetch the starter pair (“large-enough models get”), or put GGUF files into that "
                "folder."
            ),
        ),
    ),
    FailureKind.BAD_PROMPT_FILE: FailureWords(
        happened=(
            to_translate("{subject} has several faults: {faults}."),
            to_translate("{subject}, row {row}: {problem}."),
            to_translate("{subject}: {problem}."),
            to_translate("{subject} cannot be used as a list of prompts."),
            to_translate("The file cannot be used as a list of prompts."),
        ),
        next_step=(
            to_translate(
                "Use a UTF-8 text file with one prompt a line, or JSON lines with “prompt” and, if "
                "wanted, “system” and “id”."
            ),
        ),
    ),
    FailureKind.BAD_PACK: FailureWords(
        happened=(
            to_translate("{subject} has {fault_count} faults: {faults}."),
            to_translate("{subject}: {problem}."),
            to_translate("{subject} cannot be used as a pack."),
            to_translate("The file cannot be used as a pack."),
        ),
        next_step=(
            to_translate(
                "Correct that and try again; “large-enough packs check FILE” shows every fault."
            ),
        ),
    ),
    FailureKind.UNKNOWN_PACK: FailureWords(
        happened=(
            to_translate("No pack is called “{subject}”."),
            to_translate("There is no such pack."),
        ),
        next_step=(
            to_translate("Choose one of these: {candidates}; or give the path of a file."),
            to_translate(
                "“large-enough packs list” shows what there is; or give the path of a file."
            ),
        ),
    ),
    FailureKind.PACK_NOT_KEPT: FailureWords(
        happened=(
            to_translate("The pack could not be kept as {subject}: {problem}."),
            to_translate("The pack could not be kept."),
        ),
        next_step=(to_translate("Choose another name or folder, or make room on the disk."),),
    ),
    FailureKind.BAD_SETTING: FailureWords(
        happened=(
            to_translate("{subject}: {problem}."),
            to_translate("{subject} cannot be {value}."),
            to_translate("{subject}: {last_line}."),
            to_translate("The value of {subject} cannot be used."),
            to_translate("The value of a setting cannot be used."),
        ),
        next_step=(
            to_translate("Choose {allowed}."),
            to_translate("Choose a number from {lowest} to {highest}."),
            to_translate("Change that and try again."),
        ),
    ),
    FailureKind.CANNOT_CALIBRATE: FailureWords(
        happened=(
            to_translate("The estimate cannot be calibrated: {problem}."),
            to_translate("The estimate cannot be calibrated."),
        ),
        next_step=(
            to_translate(
                "It takes a laptop that runs on its battery, with the charger unplugged and "
                "nothing else running."
            ),
        ),
    ),
    FailureKind.CALIBRATION_NOT_KEPT: FailureWords(
        happened=(
            to_translate("The calibration could not be kept in {subject}: {problem}."),
            to_translate("The calibration could not be kept."),
        ),
        next_step=(
            to_translate("Make room on the disk, or see that you may write there; then repeat it."),
        ),
    ),
    FailureKind.LOG_UNREADABLE: FailureWords(
        happened=(
            to_translate("{subject}, line {line}, cannot be read: {problem}."),
            to_translate("{subject} cannot be read: {problem}."),
            to_translate("{subject} is not a record that this program can read."),
            to_translate("A record of a round cannot be read."),
        ),
        next_step=(
            to_translate(
                "A record from a newer version opens with that version; a damaged one can be "
                "left out or deleted. Other rounds are not affected."
            ),
        ),
    ),
    FailureKind.LOG_NOT_WRITTEN: FailureWords(
        happened=(
            to_translate("The results could not be recorded in {subject}: {problem}."),
            to_translate("The results could not be recorded in {subject}."),
            to_translate("The results could not be recorded."),
        ),
        next_step=(
            to_translate(
                "Make room on the disk, or choose a folder that you may write to; what was "
                "recorded before is safe."
            ),
        ),
    ),
    FailureKind.LOG_IN_USE: FailureWords(
        happened=(
            to_translate("Another window or command is writing this run: {subject}."),
            to_translate("Another window or command is writing this run."),
        ),
        next_step=(to_translate("Wait until it has ended, or close it, then try again."),),
    ),
    FailureKind.UNKNOWN_RUN: FailureWords(
        happened=(
            to_translate("There is no run that is meant by “{subject}”."),
            to_translate("There is no run yet."),
        ),
        next_step=(to_translate("`large-enough runs list` shows all runs with their names."),),
    ),
    FailureKind.UNKNOWN_ITEM: FailureWords(
        happened=(
            to_translate("The run has no answer to a question “{subject}”."),
            to_translate("The run has no answer to such a question."),
        ),
        next_step=(
            to_translate("`large-enough runs show RUN` lists the questions with their names."),
        ),
    ),
    FailureKind.MODEL_CHANGED: FailureWords(
        happened=(
            to_translate("The file of {subject} is not the one that this run began with."),
            to_translate("A model's file is not the one that this run began with."),
        ),
        next_step=(to_translate("Put the earlier file back, or begin a new run."),),
    ),
    FailureKind.CANNOT_REGRADE: FailureWords(
        happened=(
            to_translate("The answer to “{subject}” cannot be changed: {problem}."),
            to_translate("The right answer cannot be changed so."),
        ),
        next_step=(
            to_translate(
                "Correct the pack's file, then grade the run again with it: large-enough regrade "
                "RUN --pack FILE."
            ),
        ),
    ),
}
