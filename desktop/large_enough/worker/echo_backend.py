"""Plays back a script as if a model answered.

In everything the program can see it behaves like the real backend, since both are driven by the
same loop. Delays are waits that a cancel cuts short.
"""

import hashlib
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from large_enough import __version__
from large_enough.domain.clock import Clock
from large_enough.domain.dry_run import DryRun
from large_enough.domain.echo_script import (
    LOADED,
    PROMPT_PLACEHOLDER,
    EchoAnswer,
    EchoScript,
    EndKind,
    parse_end,
    read_script,
)
from large_enough.domain.errors import EngineError, FailureKind
from large_enough.domain.generation import (
    Answer,
    Buffer,
    BufferKind,
    EngineBuild,
    GenerationRequest,
    LoadedModel,
    LoadSettings,
    Placement,
    PromptStyle,
)
from large_enough.domain.model_card import Adapter
from large_enough.domain.quantity import Unavailable
from large_enough.worker.answering import (
    PreparedPrompt,
    PromptRead,
    Step,
    Stopwatch,
    make_answer,
)
from large_enough.worker.backend import Output
from large_enough.worker.echo_faults import Faults
from large_enough.worker.placement import ProcessorShare
from large_enough.worker.request_check import check_load, check_prompt_length, check_request
from large_enough.worker.thoughts import THINK

PAGE_BYTES = 4096
"""One byte written for each of these makes memory really taken."""
MAX_TOKEN_CHARACTERS = 4096
"""A longer word is several tokens, as with any tokenizer."""
STEPS = 10
"""Progress reports while a scripted model is loaded or a scripted prompt is read."""


class ScriptedEngine:
    """Gives the tokens of one scripted answer."""

    hidden_tags: Mapping[int, str] = {}

    def __init__(
        self,
        answer: EchoAnswer,
        pieces: Sequence[bytes],
        cancelled: threading.Event,
        faults: Faults,
    ) -> None:
        self._answer = answer
        self._pieces = pieces
        self._faults = faults
        self._end = parse_end(answer.end)
        # One that is going to hang does not listen from its first token on.
        hangs = self._end.kind in {EndKind.HANG, EndKind.HANG_SILENT}
        self._cancelled = threading.Event() if hangs else cancelled
        self._next = 0

    def read(
        self, tokens: Sequence[int], *, reuse: bool, on_progress: Callable[[int], None]
    ) -> PromptRead:
        """Take the time that reading the prompt is said to take."""
        del reuse
        on_progress(0)
        for step in range(1, STEPS + 1):
            if self._cancelled.wait(self._answer.prompt_delay_s / STEPS):
                return PromptRead(0, is_cancelled=True)
            on_progress(len(tokens) * step // STEPS)
        return PromptRead(0, is_cancelled=False)

    def sample(self) -> int:
        """Return the next token; behind the last one the scripted end comes."""
        if self._next == len(self._pieces):
            if self._end.kind is EndKind.LENGTH and self._pieces:
                self._next = 0
            else:
                self._faults.happen(self._end)
        self._next += 1
        return self._next - 1

    def piece(self, token: int) -> bytes | None:
        """Return a token's bytes; None behind the last one."""
        return self._pieces[token] if token < len(self._pieces) else None

    def decode(self, token: int) -> Step:
        """Take the time that a token is said to take."""
        del token
        if self._cancelled.wait(self._answer.token_delay_s):
            return Step.CANCELLED
        return Step.DONE


class EchoBackend:
    """Runs a scripted model."""

    def __init__(self, clock: Clock, faults: Faults) -> None:
        self._clock = clock
        self._faults = faults
        self._cancelled = threading.Event()
        self._share = ProcessorShare()
        self._script: EchoScript | None = None
        self._answer_count = 0
        self._context_tokens = 0
        self._memory = bytearray()

    @property
    def build(self) -> EngineBuild:
        """This program itself."""
        return EngineBuild(
            name="echo",
            bindings_version=__version__,
            engine_version=__version__,
            system_info="scripted: nothing is computed",
        )

    @property
    def is_pinned(self) -> bool:
        """Whether this process stays on the processors it was given."""
        return self._share.is_pinned

    def set_cancelled(self, is_cancelled: bool) -> None:
        """Raise or lower the flag that stops the answer in hand."""
        if is_cancelled:
            self._cancelled.set()
        else:
            self._cancelled.clear()

    def load(
        self,
        path: str,
        settings: LoadSettings,
        placement: Placement,
        on_progress: Callable[[float], None],
        adapter: Adapter | None = None,
    ) -> LoadedModel:
        """Read the script and take the time and the memory it asks for; it takes no adapter.

        Raises:
            ModelFileError: There is no such script.
            LargeEnoughError: The script says so.
        """
        del adapter
        check_load(settings, placement.thread_count)
        self._share.apply(placement)
        started_ns = self._clock.monotonic_ns()
        script = read_script(Path(path))
        for step in range(STEPS):
            on_progress(step / STEPS)
            self._cancelled.wait(script.load_s / STEPS)
        self._memory = bytearray(script.allocate_bytes)
        self._memory[::PAGE_BYTES] = b"\x01" * len(self._memory[::PAGE_BYTES])
        if script.load_end != LOADED:
            self._faults.happen(parse_end(script.load_end))
        self._script = script
        self._context_tokens = settings.context_tokens
        load_s = (self._clock.monotonic_ns() - started_ns) / 1e9
        return _loaded_model(script, Path(path), settings, load_s)

    def inspect(self, path: str, settings: LoadSettings) -> DryRun:
        """Return what the script sets aside.

        Raises:
            ModelFileError: There is no such script.
        """
        script = read_script(Path(path))
        taken = Buffer(kind=BufferKind.COMPUTE, device="CPU", size_bytes=script.allocate_bytes)
        return DryRun(
            context_tokens=settings.context_tokens,
            weights_bytes=0,
            kv_cache_bytes=0,
            buffers=(taken,),
        )

    def generate(self, request: GenerationRequest, arrived_ns: int, output: Output) -> Answer:
        """Play the next answer of the script.

        Raises:
            LargeEnoughError: The script says so, or the request is impossible.
        """
        watch = Stopwatch(self._clock, arrived_ns)
        check_request(request)
        self._share.apply(request.placement)
        script = self._loaded_script(request.style)
        answer = script.answers[self._answer_count % len(script.answers)]
        self._answer_count += 1
        with watch.preparing_prompt():
            prompt = _prepare(answer, request)
        check_prompt_length(len(prompt.tokens), self._context_tokens)
        pieces = _pieces(answer, request.messages[-1].content)
        engine = ScriptedEngine(answer, pieces, self._cancelled, self._faults)
        return make_answer(engine, prompt, request, output, watch)

    def _loaded_script(self, style: PromptStyle) -> EchoScript:
        if self._script is None:
            raise EngineError(FailureKind.ENGINE_REFUSED, detail="no script is loaded")
        if style is PromptStyle.CHAT and not self._script.has_chat_template:
            raise EngineError(FailureKind.NOT_A_CHAT_MODEL, self._script.name)
        return self._script


def _prepare(answer: EchoAnswer, request: GenerationRequest) -> PreparedPrompt:
    """Return a prompt of as many tokens as the script says, or as there are words."""
    text = "\n\n".join(f"{message.role}: {message.content}" for message in request.messages)
    return PreparedPrompt(
        tokens=range(answer.prompt_token_count or max(1, len(text.split()))),
        text_sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        tags=THINK if request.style is PromptStyle.CHAT else None,
    )


def _pieces(answer: EchoAnswer, prompt: str) -> list[bytes]:
    """Return the answer's tokens, the user's message put in where the script wants it."""
    tokens = answer.tokens or _words(answer.text)
    if answer.think:
        tokens = ("<think>", *_words(answer.think), "</think>", *tokens)
    texts = (token.replace(PROMPT_PLACEHOLDER, prompt) for token in tokens)
    return [
        text[start : start + MAX_TOKEN_CHARACTERS].encode()
        for text in texts
        for start in range(0, len(text), MAX_TOKEN_CHARACTERS)
    ]


def _words(text: str) -> tuple[str, ...]:
    """Cut a text into words, each with the whitespace before it."""
    return tuple(re.findall(r"\s*\S+|\s+$", text))


def _loaded_model(
    script: EchoScript, path: Path, settings: LoadSettings, load_s: float
) -> LoadedModel:
    size_bytes = path.stat().st_size if script.size_bytes is None else script.size_bytes
    buffers = [Buffer(kind=BufferKind.WEIGHTS, device="scripted", size_bytes=size_bytes)]
    if script.allocate_bytes:
        taken = Buffer(kind=BufferKind.COMPUTE, device="CPU", size_bytes=script.allocate_bytes)
        buffers.append(taken)
    return LoadedModel(
        description=f"scripted: {script.name}",
        parameter_count=script.parameter_count or 0,
        weights_bytes=size_bytes,
        context_tokens=settings.context_tokens,
        vocabulary_size=max(len(_pieces(answer, "")) for answer in script.answers),
        chat_template_sha256=Unavailable(reason="a script has no chat template"),
        load_s=load_s,
        warm_up_s=0.0,
        buffers=tuple(buffers),
    )
