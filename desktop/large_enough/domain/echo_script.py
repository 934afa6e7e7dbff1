"""The script of a make-believe model: what an `*.echo.json` file may say.

The scripted backend plays such a file back as if a model had answered: for tests, and for
demonstrations on a machine without models. Nothing it shows is ever a measurement of a model.

    {
      "name": "Parrot",
      "answers": [
        {"text": "You said: {prompt}", "token_delay_s": 0.02},
        {"tokens": ["One", " two"], "end": "crash_abort"}
      ]
    }

The answers are given in turn, the first one again after the last; one with `when` only to prompts
that hold that text, and then before all others. So what is said does not depend on the order in
which several prompts arrive at once. An answer ends as `end` says; `failed:KIND` and `exit:CODE`
take a parameter.
"""

import enum
from pathlib import Path
from typing import Annotated

import msgspec

from large_enough.domain.errors import FailureKind, ModelFileError

MAX_SCRIPT_BYTES = 1 << 20
"""Longer files are refused unread."""

PROMPT_PLACEHOLDER = "{prompt}"
"""Replaced by the user's last message wherever it stands in a text."""

Seconds = Annotated[float, msgspec.Meta(ge=0, le=600)]
TokenCount = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
ByteCount = Annotated[int, msgspec.Meta(ge=0, le=1 << 40)]
AllocatedBytes = Annotated[int, msgspec.Meta(ge=0, le=1 << 33)]
Weight = Annotated[float, msgspec.Meta(gt=0, le=1e9)]
SequenceCount = Annotated[int, msgspec.Meta(ge=1, le=64)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Text = Annotated[str, msgspec.Meta(max_length=1_000_000)]


class EndKind(enum.StrEnum):
    """How a scripted step ends."""

    END_OF_TEXT = "end_of_text"
    """As it should."""
    LENGTH = "length"
    """Tokens go on for ever, from the start again, until `max_tokens` cuts them."""
    FAILED = "failed"
    """`failed:KIND`: with the `FailureKind` KIND; the worker lives on."""
    EXIT = "exit"
    """`exit:CODE`: the process leaves with that exit code."""
    KILLED = "killed"
    """The process is killed from outside (SIGKILL), as for lack of memory."""
    CRASH_ABORT = "crash_abort"
    """A failed assertion of the engine (SIGABRT), with its message."""
    CRASH_SEGV = "crash_segv"
    """A memory fault (SIGSEGV)."""
    ILLEGAL_INSTRUCTION = "illegal_instruction"
    """The processor lacks an instruction (SIGILL)."""
    HANG = "hang"
    """Nothing more comes, also after a cancel; heartbeats go on."""
    HANG_SILENT = "hang_silent"
    """Nothing more comes at all, no heartbeat either."""
    GARBAGE = "garbage"
    """Something that is no message appears on the channel."""
    HUGE_FRAME = "huge_frame"
    """A line longer than the protocol allows appears on the channel."""


class StartKind(enum.StrEnum):
    """How the scripted worker greets."""

    NORMAL = "normal"
    WRONG_PROTOCOL_VERSION = "wrong_protocol_version"
    """It speaks another major version."""
    GARBAGE = "garbage"
    """Its first line is no message."""
    SILENT = "silent"
    """It never greets."""


class End(msgspec.Struct, frozen=True, kw_only=True):
    """An `end` taken apart."""

    kind: EndKind
    failure: FailureKind | None = None
    """Of `failed:KIND`."""
    exit_code: int = 0
    """Of `exit:CODE`."""


class EchoAnswer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One scripted answer."""

    text: Text = ""
    """What to say; split into tokens at spaces."""
    tokens: Annotated[tuple[Text, ...], msgspec.Meta(max_length=100_000)] = ()
    """What to say, token by token; takes the place of `text`."""
    when: Text = ""
    """Give this answer to prompts whose user's last message holds this text, and to no others."""
    label_weights: Annotated[dict[Text, Weight], msgspec.Meta(max_length=100)] = {}
    """Asked to choose between labels: how much each weighs, 1 if it is not named. Without any, the
    first label that is a word of `text` is nine times as probable as another."""
    token_probability: Annotated[float, msgspec.Meta(gt=0, le=1)] = 0.9
    """How probable each token is said to have been."""
    think: Text = ""
    """What a thinking model says first, between its tags."""
    prompt_token_count: TokenCount | None = None
    """Length of the prompt; None counts its words."""
    prompt_delay_s: Seconds = 0.0
    """Time that reading the prompt takes."""
    token_delay_s: Seconds = 0.0
    """Time that each token takes."""
    end: str = EndKind.END_OF_TEXT.value
    """An `EndKind`, after all tokens have been said."""

    def __post_init__(self) -> None:
        """Check the end, so that a wrong script is refused when it is read."""
        parse_end(self.end)


class EchoScript(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A make-believe model: the whole content of an `*.echo.json` file."""

    name: Name
    """Name to show."""
    size_bytes: ByteCount | None = None
    """Size that its file is said to have; None takes the script's own."""
    architecture: Name = "echo"
    quantisation: Name | None = None
    """None: none."""
    parameter_count: ByteCount | None = None
    """None: not known."""
    context_length_tokens: Annotated[int, msgspec.Meta(ge=1, le=1 << 30)] | None = None
    """Longest context it is said to know; None: not known."""
    has_chat_template: bool = True
    """Without one, asking it in chat style fails."""
    start: StartKind = StartKind.NORMAL
    """How the worker greets, if it is told of the script on its command line (`--script`)."""
    load_s: Seconds = 0.0
    """Time that loading takes."""
    load_end: str = "loaded"
    """"loaded", or how loading ends otherwise: an `EndKind`."""
    parallel_sequences: SequenceCount = 64
    """Most answers that it can give at once; a load that wants more gets these."""
    allocate_bytes: AllocatedBytes = 0
    """Memory that is really taken and touched while the model is loaded."""
    answers: Annotated[tuple[EchoAnswer, ...], msgspec.Meta(min_length=1, max_length=10_000)]

    def __post_init__(self) -> None:
        """Check the end of loading, so that a wrong script is refused when it is read."""
        if self.load_end != LOADED:
            parse_end(self.load_end)


LOADED = "loaded"
"""`load_end` of a model that loads as it should."""


def parse_end(text: str) -> End:
    """Take the `end` of a step apart.

    Raises:
        ValueError: It is none of `EndKind`, or its parameter is missing or wrong.
    """
    word, _, parameter = text.partition(":")
    kind = EndKind(word)
    if kind is EndKind.FAILED:
        return End(kind=kind, failure=FailureKind(parameter))
    if kind is EndKind.EXIT:
        return End(kind=kind, exit_code=_exit_code(parameter))
    if parameter:
        message = f"{word} takes no parameter"
        raise ValueError(message)
    return End(kind=kind)


def decode_script(data: bytes, subject: str) -> EchoScript:
    """Read a script from the bytes of its file.

    Args:
        data: JSON.
        subject: Name of the file, for the error.

    Raises:
        ModelFileError: It is too long, no JSON, or says something that a script cannot say.
    """
    if len(data) > MAX_SCRIPT_BYTES:
        raise ModelFileError(
            FailureKind.FILE_MALFORMED, subject, detail=f"longer than {MAX_SCRIPT_BYTES} bytes"
        )
    try:
        return msgspec.json.decode(data, type=EchoScript)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ModelFileError(FailureKind.FILE_MALFORMED, subject, detail=str(error)) from error


def read_script(path: Path) -> EchoScript:
    """Read the script in a file.

    Raises:
        ModelFileError: The file is missing, cannot be read, or is no script.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_SCRIPT_BYTES + 1)
    except FileNotFoundError as error:
        raise ModelFileError(FailureKind.FILE_MISSING, str(path)) from error
    except OSError as error:
        raise ModelFileError(FailureKind.FILE_UNREADABLE, str(path), detail=str(error)) from error
    return decode_script(data, str(path))


def _exit_code(text: str) -> int:
    code = int(text)
    if not 0 <= code <= 255:
        message = f"exit code {code} is not within 0 to 255"
        raise ValueError(message)
    return code
