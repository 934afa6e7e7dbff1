"""The messages between the program and one worker.

Commands go down to the worker's standard input, events come up from its standard output, each one
JSON object on a line of its own with its kind under the key `type`. A worker greets with `Ready`;
then it takes one `Load` and after `Loaded` any number of `Generate`, `Choose` and `CountTokens`,
answered with `Generated`, `Chosen` and `TokensCounted`. It works on as many answers at once as
`LoadedModel.parallel_sequences` says, and answers them in the order in which they end; further ones
wait in line. A failed command is answered with `Failed` and leaves the worker running. A worker
that has loaded nothing also takes any number of `Inspect`, each answered with `Inspected` or
`Failed`.

Quantising has a worker of its own: after `Ready` it takes one `Quantise`, tells with `Quantising`
how far it is and ends its work with `Quantised` or `Failed`.
"""

import msgspec

from large_enough.domain.dry_run import DryRun
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.generation import (
    Answer,
    Choice,
    EngineBuild,
    FinishReason,
    GenerationRequest,
    LoadedModel,
    LoadSettings,
    Placement,
)
from large_enough.domain.model_card import Adapter

PROTOCOL_MAJOR = 1
"""Changes when a message changes its meaning: workers of another major version are refused."""
PROTOCOL_MINOR = 2
"""Changes when messages or fields are added: unknown ones are ignored."""
MAX_FRAME_BYTES = 1 << 20
"""Longest line; anything longer ends the worker that sent it."""
ABORT_MARKER = "GGML_ABORT"
"""A worker writes the engine's last words to standard error, on a line behind this word."""
HEARTBEAT_PERIOD_S = 1.0
"""A worker says that it is alive this often, also while the engine computes."""


class Load(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="load"):
    """Load this model; it stays until the worker ends."""

    path: str
    settings: LoadSettings
    placement: Placement
    adapter: Adapter | None = None
    """What to add to the model."""


class Inspect(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="inspect"):
    """Find out what loading this model would take, without loading it."""

    path: str
    settings: LoadSettings


class Generate(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="generate"):
    """Answer this."""

    request_id: int
    """Chosen by the sender, never used twice in one worker's life."""
    request: GenerationRequest


class Choose(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="choose"):
    """Say how probable each of some labels is as the beginning of the answer to this."""

    request_id: int
    """As in `Generate`."""
    request: GenerationRequest
    """Of what bounds or shapes a written answer, only `longest_s` has a meaning here."""
    labels: tuple[str, ...]
    """For example "A", "B", "C": each must be a single token of the model."""


class CountTokens(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="count_tokens"):
    """Say how many tokens the prompts of these would have."""

    request_id: int
    """As in `Generate`."""
    requests: tuple[GenerationRequest, ...]
    """As many as fit into a frame; nothing but their prompts counts."""


class Quantise(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="quantise"):
    """Make a quantised copy of a model. Only a quantising worker takes it, and only once."""

    source_path: str
    """The model's file (the first part of a split one)."""
    unfinished_path: str
    """Where to write. Whatever lies there is removed when the worker ends: who wants to keep it
    gives it another name before. The name has ASCII characters only."""
    type_name: str
    """The quantisation, for example "Q4_K_M"."""
    allow_requantise: bool
    """Whether weights may be rounded that are quantised already."""
    thread_count: int


class Cancel(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="cancel"):
    """Stop that answer, also if its `Generate` has not been started yet. Others go on."""

    request_id: int


class Quit(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="quit"):
    """End the process. The end of standard input means the same."""


Command = Load | Inspect | Generate | Choose | CountTokens | Quantise | Cancel | Quit


class Ready(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="ready"):
    """First message of every worker."""

    protocol_major: int
    protocol_minor: int
    process_id: int
    monotonic_ns: int
    """The worker's clock when this was sent, to check that it is the receiver's clock too."""
    engine: EngineBuild
    foreign_modules: tuple[str, ...]
    """Modules that must not be in a worker but are (PySide6, for example): it would spoil memory
    readings. Empty when all is well."""


class Loading(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="loading"):
    """Loading has got this far."""

    fraction: float
    """0 to 1."""


class Loaded(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="loaded"):
    """The model is loaded and warmed up."""

    model: LoadedModel


class Inspected(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="inspected"):
    """What loading the model would take."""

    dry_run: DryRun


class Reading(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="reading"):
    """Prompt processing has got this far."""

    request_id: int
    done_token_count: int
    """Prompt tokens in the KV cache, reused ones included."""
    total_token_count: int


class Text(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="text"):
    """More of the answer. The first one comes at once, later ones at most every 33 ms."""

    request_id: int
    text: str
    is_thought: bool = False
    token_count: int
    """Tokens generated so far."""
    t_s: float
    """Seconds since the request's arrival in the worker."""


class Generated(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="generated"):
    """The answer has ended: finished, cut or cancelled."""

    request_id: int
    answer: Answer
    is_pinned: bool
    """Whether the worker stays on the processors it was given."""


class Chosen(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="chosen"):
    """How probable each label is."""

    request_id: int
    choice: Choice | FinishReason
    """CANCELLED or TIME_UP if it was stopped before the prompt was read."""

    @property
    def log_probabilities(self) -> tuple[float, ...]:
        """Of each label, natural logarithm, normalised over the labels; empty if it was stopped."""
        return self.choice.log_probabilities if isinstance(self.choice, Choice) else ()


class TokensCounted(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="tokens_counted"
):
    """How long the prompts are."""

    request_id: int
    counts: tuple[int | ErrorInfo, ...]
    """Tokens of each prompt after the model's template, or why it is refused: also a prompt that
    is too long for the context has a count."""


class Quantising(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="quantising"):
    """Quantising has got this far; sent when a tensor is begun."""

    fraction: float
    """Share of the weights that are done, 0 to 1."""


class Quantised(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="quantised"):
    """The whole copy is written."""

    duration_s: float
    """How long the engine took."""


class Failed(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="failed"):
    """A command could not be carried out."""

    request_id: int | None
    """The answer, choice or count that failed; None if it was the loading, or quantising."""
    error: ErrorInfo


class Heartbeat(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="heartbeat"):
    """The worker is alive."""


Event = (
    Ready
    | Loading
    | Loaded
    | Inspected
    | Reading
    | Text
    | Generated
    | Chosen
    | TokensCounted
    | Quantising
    | Quantised
    | Failed
    | Heartbeat
)
