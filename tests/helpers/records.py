"""Builds records of rounds for tests."""

from collections.abc import Sequence

import msgspec

from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.generation import (
    Answer,
    Buffer,
    BufferKind,
    EngineBuild,
    FinishReason,
    LoadedModel,
    Placement,
    Timing,
)
from large_enough.domain.model_card import BackendKind, ModelCard
from large_enough.domain.quantity import Count, Quantity, Unavailable
from large_enough.domain.resource_use import MemoryUse, ResourceUse
from large_enough.domain.round import (
    AnswerContext,
    AnswerResult,
    Cancelled,
    Contender,
    Done,
    Failed,
    Machine,
    Mode,
    RoundPlan,
    RoundRecord,
)

NOT_READ = Unavailable(reason="not read")


def make_card(
    name: str = "SmolLM2 135M Instruct",
    *,
    backend: BackendKind = BackendKind.LLAMA,
    size_bytes: int = 98_362_432,
) -> ModelCard:
    """Return the card of a made-up file."""
    return ModelCard(
        path=f"/models/{name}.gguf",
        name=name,
        size_bytes=size_bytes,
        backend=backend,
        architecture="llama",
        parameter_count=134_515_008,
        quantisation="Q4_1",
        context_length_tokens=8192,
        has_chat_template=True,
        tokenizer="gpt2",
        licence=Unavailable(reason="the file does not say"),
        sha256="ab" * 32,
    )


def make_timing(
    *,
    total_s: float = 1.0,
    character_count: int = 200,
    decode_s: Quantity = 0.8,
    generated_token_count: int = 41,
    reused_token_count: int = 0,
) -> Timing:
    """Return the timing of one answer."""
    return Timing(
        prompt_token_count=50,
        reused_token_count=reused_token_count,
        generated_token_count=generated_token_count,
        character_count=character_count,
        template_s=0.001,
        prompt_s=0.125,
        first_token_s=0.15,
        first_answer_token_s=0.15,
        decode_s=decode_s,
        total_s=total_s,
        cpu_s=1.9,
    )


def make_answer(
    timing: Timing | None = None,
    *,
    text: str = "The fee is 1.00 EUR.",
    finish: FinishReason = FinishReason.END_OF_TEXT,
) -> Answer:
    """Return an answer with that timing."""
    return Answer(
        text=text,
        finish=finish,
        timing=timing or make_timing(),
        rendered_prompt_sha256="cd" * 32,
    )


def make_done(
    letter: str = "A",
    answer: Answer | None = None,
    *,
    needed_bytes: Count = 210_000_000,
    peak_resident_bytes: Count = NOT_READ,
) -> Done:
    """Return a finished turn."""
    memory = MemoryUse(
        needed_bytes=needed_bytes,
        weights_bytes=98_000_000,
        working_bytes=112_000_000,
        peak_resident_bytes=peak_resident_bytes,
        method="/proc/PID/status",
        sample_count=9,
    )
    return Done(
        letter=letter,
        answer=answer or make_answer(),
        resources=ResourceUse(memory=memory),
        context=make_context(),
    )


def make_context() -> AnswerContext:
    """Return the conditions of an answer."""
    return AnswerContext(
        engine=EngineBuild(
            name="llama.cpp",
            bindings_version="0.3.36",
            engine_version="b1",
            system_info="AVX2 = 1",
        ),
        loaded=LoadedModel(
            description="llama 256M Q4_1",
            parameter_count=134_515_008,
            weights_bytes=98_000_000,
            context_tokens=4096,
            vocabulary_size=49_152,
            chat_template_sha256="ef" * 32,
            load_s=0.31,
            warm_up_s=0.02,
        ),
        placement=Placement(thread_count=2, cpu_ids=(0, 1)),
        is_contended=False,
        is_pinned=True,
        system_load_before=0.04,
    )


def make_disturbed(letter: str = "A") -> Done:
    """Return a finished turn on a machine that was busy with something else."""
    done = make_done(letter)
    weights = Buffer(kind=BufferKind.WEIGHTS, device="CPU_Mapped", size_bytes=98_000_000)
    loaded = msgspec.structs.replace(done.context.loaded, buffers=(weights,))
    context = msgspec.structs.replace(done.context, loaded=loaded, system_load_before=0.9)
    return msgspec.structs.replace(done, context=context)


def make_failed(
    letter: str = "B", kind: FailureKind = FailureKind.OUT_OF_MEMORY, subject: str = "B.gguf"
) -> Failed:
    """Return a failed turn."""
    return Failed(letter=letter, error=ErrorInfo(kind=kind, subject=subject))


def make_cancelled(letter: str = "B", answer: Answer | None = None) -> Cancelled:
    """Return a stopped turn."""
    return Cancelled(letter=letter, answer=answer)


def make_plan(*cards: ModelCard, mode: Mode = Mode.MEASURED) -> RoundPlan:
    """Return a round for these models, the starter pair if none is given."""
    chosen = cards or (make_card(), make_card("Qwen2.5 Coder 0.5B", size_bytes=491_400_064))
    return RoundPlan(
        round_id="0123456789abcdef",
        session_id="session",
        prompt="What is the fee?",
        contenders=tuple(
            Contender(letter=letter, card=card)
            for letter, card in zip("ABCD", chosen, strict=False)
        ),
        mode=mode,
    )


def make_machine() -> Machine:
    """Return a made-up laptop."""
    return Machine(
        operating_system="Linux 6.8",
        cpu_name="Imaginary 5000",
        physical_core_count=4,
        logical_core_count=8,
        usable_core_count=4,
        memory_bytes=16_000_000_000,
        on_battery=False,
        python_version="3.11.9",
        program_version="0.1.0",
        source_revision=Unavailable(reason="installed"),
    )


def make_record(
    results: Sequence[AnswerResult], plan: RoundPlan | None = None, *, is_complete: bool = True
) -> RoundRecord:
    """Return the record of a round with these results."""
    return RoundRecord(
        plan=plan or make_plan(),
        machine=make_machine(),
        started_utc="2026-05-04T10:00:00+00:00",
        results=tuple(results),
        is_complete=is_complete,
        available_memory_before_bytes=7_300_000_000,
    )
