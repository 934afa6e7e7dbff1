"""What can go wrong, as data.

Inside a process an error is raised; between processes and into the log it travels as `ErrorInfo`.
Neither holds a sentence: `wording.failures` turns a `FailureKind` and its facts into what happened
and what to do next, in the user's language.

    LargeEnoughError
    ├── ModelFileError      a model file cannot be read, or is not what it should be
    ├── FetchError          a model could not be fetched
    ├── EngineError         the engine refused to load or to answer
    ├── ProtocolError       a message between two processes makes no sense
    ├── RequestError        the user asked for something that is not there
    └── StoreError          a log cannot be written or read
"""

import enum
from typing import Self

import msgspec


class FailureKind(enum.StrEnum):
    """Every cause that a user can be told about. `wording.failures` has a sentence for each."""

    # The model file
    FILE_MISSING = "file_missing"
    FILE_UNREADABLE = "file_unreadable"
    NOT_GGUF = "not_gguf"
    FILE_MALFORMED = "file_malformed"
    FILE_TRUNCATED = "file_truncated"
    SPLIT_PART_MISSING = "split_part_missing"
    NOT_FIRST_SPLIT = "not_first_split"
    NOT_A_LANGUAGE_MODEL = "not_a_language_model"
    UNFINISHED_DOWNLOAD = "unfinished_download"
    FOLDER_UNREADABLE = "folder_unreadable"
    NOTE_UNUSABLE = "note_unusable"
    UNSUPPORTED_ARCHITECTURE = "unsupported_architecture"
    UNSUPPORTED_TOKENIZER = "unsupported_tokenizer"

    # Loading it
    LOAD_REFUSED = "load_refused"
    ADAPTER_MISMATCH = "adapter_mismatch"
    NOT_AN_ADAPTER = "not_an_adapter"
    BASE_MODEL_MISSING = "base_model_missing"
    DOES_NOT_FIT = "does_not_fit"
    OUT_OF_MEMORY = "out_of_memory"

    # Answering with it
    NOT_A_CHAT_MODEL = "not_a_chat_model"
    TEMPLATE_REJECTED = "template_rejected"
    PROMPT_TOO_LONG = "prompt_too_long"
    ENGINE_REFUSED = "engine_refused"

    # The worker process
    WORKER_NOT_STARTED = "worker_not_started"
    BINDINGS_MISSING = "bindings_missing"
    BINDINGS_MISMATCH = "bindings_mismatch"
    PROTOCOL_MISMATCH = "protocol_mismatch"
    PROTOCOL_BROKEN = "protocol_broken"
    KILLED = "killed"
    ILLEGAL_INSTRUCTION = "illegal_instruction"
    ENGINE_ASSERTION = "engine_assertion"
    CRASHED = "crashed"
    EXITED = "exited"
    STOPPED_RESPONDING = "stopped_responding"
    INTERNAL = "internal"

    # Getting models
    NO_NETWORK = "no_network"
    SOURCE_FAILED = "source_failed"
    CHECKSUM_MISMATCH = "checksum_mismatch"
    DISK_FULL = "disk_full"
    REPOSITORY_REFUSED = "repository_refused"
    GATED_REPOSITORY = "gated_repository"
    NO_SUCH_WEIGHTS = "no_such_weights"
    SEVERAL_WEIGHTS = "several_weights"
    NO_CHECKSUM = "no_checksum"
    NOT_OURS = "not_ours"

    # Making models
    NOT_QUANTISED = "not_quantised"
    ALREADY_THERE = "already_there"

    # What the user asked for
    UNKNOWN_MODEL = "unknown_model"
    AMBIGUOUS_MODEL = "ambiguous_model"
    NO_MODELS = "no_models"
    BAD_PROMPT_FILE = "bad_prompt_file"
    BAD_PACK = "bad_pack"
    UNKNOWN_PACK = "unknown_pack"
    PACK_NOT_KEPT = "pack_not_kept"
    BAD_SETTING = "bad_setting"
    CANNOT_CALIBRATE = "cannot_calibrate"

    # The log and the settings
    LOG_UNREADABLE = "log_unreadable"
    LOG_NOT_WRITTEN = "log_not_written"
    LOG_IN_USE = "log_in_use"
    UNKNOWN_RUN = "unknown_run"
    UNKNOWN_ITEM = "unknown_item"
    MODEL_CHANGED = "model_changed"
    CANNOT_REGRADE = "cannot_regrade"
    CALIBRATION_NOT_KEPT = "calibration_not_kept"
    PARENTAGE_NOT_KEPT = "parentage_not_kept"


class ErrorInfo(msgspec.Struct, frozen=True, kw_only=True):
    """One failure, ready to be logged, sent and put into words."""

    kind: FailureKind
    """What happened."""
    subject: str = ""
    """The file, model or setting it happened to; empty if there is none."""
    facts: dict[str, str | int | float] = {}
    """Parameters of the sentence; numbers carry their unit in the key, e.g. `needed_bytes`."""
    detail: str = ""
    """Technical text for "Details": the engine's own message, log lines or a trace."""


class LargeEnoughError(Exception):
    """Base of all errors that this program raises on purpose; carries an `ErrorInfo`."""

    def __init__(
        self,
        kind: FailureKind,
        subject: str = "",
        *,
        detail: str = "",
        **facts: str | float,
    ) -> None:
        self.info = ErrorInfo(kind=kind, subject=subject, facts=dict(facts), detail=detail)
        super().__init__(": ".join(part for part in (kind.value, subject, detail) if part))

    @classmethod
    def from_info(cls, info: ErrorInfo) -> Self:
        """Return the error that carries what another process, or a record, told of."""
        return cls(info.kind, info.subject, detail=info.detail, **info.facts)


class ModelFileError(LargeEnoughError):
    """A model file cannot be read, or is not what it should be."""


class FetchError(LargeEnoughError):
    """A model could not be fetched."""


class EngineError(LargeEnoughError):
    """The engine refused to load a model or to answer a prompt."""


class ProtocolError(LargeEnoughError):
    """A message between two processes makes no sense."""


class RequestError(LargeEnoughError):
    """The user asked for something that is not there or cannot be."""


class StoreError(LargeEnoughError):
    """A log cannot be written or read."""
