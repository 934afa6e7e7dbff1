"""What is asked of a model, what it answers, and how long each part took."""

import enum

import msgspec

from large_enough.domain.quantity import Count, Quantity, Unavailable, ratio


class Role(enum.StrEnum):
    """Who says a message of a conversation."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One turn of a conversation."""

    role: Role
    content: str


class PromptStyle(enum.StrEnum):
    """How the prompt is given to the model."""

    CHAT = "chat"
    """Through the model's own chat template."""
    COMPLETION = "completion"
    """As raw text to be continued: for base models, which have no chat template."""


class CacheType(enum.StrEnum):
    """Number format of the KV cache, named as in ggml."""

    F16 = "f16"
    Q8_0 = "q8_0"
    Q4_0 = "q4_0"


class LoadSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How a model is loaded. A change of any of these needs a fresh worker."""

    context_tokens: int = 4096
    """Size of the context (prompt and answer together); the engine pads it to a multiple of 256."""
    batch_tokens: int = 2048
    """Largest number of prompt tokens given to the engine in one call (llama.cpp's `n_batch`)."""
    ubatch_tokens: int = 512
    """Number of prompt tokens computed at once (llama.cpp's `n_ubatch`)."""
    gpu_layers: int = 0
    """Layers to keep on the GPU; 0 runs on the CPU alone, -1 puts all of them there."""
    cache_type: CacheType = CacheType.F16
    """Number format of keys and values."""
    use_mmap: bool = True
    """Map the file into memory instead of copying it."""
    use_repack: bool = True
    """Let the CPU backend re-arrange weights for speed (costs a second copy of them)."""
    parallel_sequences: int = 1
    """Most answers computed at once, each with `context_tokens` of its own. With more than one,
    nothing that is measured about a single answer means anything."""


class Placement(msgspec.Struct, frozen=True, kw_only=True):
    """The share of the processor that a worker may use for one answer."""

    thread_count: int
    """Threads that compute, for prompt processing and generation alike."""
    cpu_ids: tuple[int, ...] | None = None
    """Logical processors to stay on; None leaves the choice to the operating system."""


class SamplingSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How the next token is chosen. The default is greedy: the same answer every time."""

    temperature: float = 0.0
    """0 always takes the most probable token; higher values vary more."""
    top_k: int = 40
    """Keep this many candidates; 0 keeps all."""
    top_p: float = 0.95
    """Keep the most probable candidates that together reach this probability."""
    min_p: float = 0.05
    """Drop candidates below this share of the most probable one."""
    repeat_penalty: float = 1.0
    """Above 1 discourages tokens that occurred lately; 1 is neutral."""
    repeat_last_tokens: int = 64
    """How far back the repeat penalty looks."""
    seed: int = 1
    """Start of the random sequence, 0 to 4294967294; used when the temperature is above 0."""


class GenerationRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One prompt for one model."""

    messages: tuple[Message, ...]
    """The conversation so far, ending with the user's message."""
    style: PromptStyle = PromptStyle.CHAT
    """With `COMPLETION` the contents of the messages are joined by blank lines."""
    max_tokens: int = 512
    """The answer is cut after this many tokens."""
    stop: tuple[str, ...] = ()
    """Texts that end the answer; they are not part of it."""
    sampling: SamplingSettings = SamplingSettings()
    placement: Placement
    reuse_prefix: bool = True
    """Keep what the KV cache already holds of this conversation; off for measured pack items."""
    thinking: bool | None = None
    """Handed to the template as `enable_thinking`; None leaves the model's own default."""
    longest_s: float | None = None
    """The answer is cut after so much time, counted from when its turn comes; None: no limit."""
    longest_characters: int | None = None
    """The answer, thoughts included, is cut after so many characters; None: no limit."""
    stops_loops: bool = False
    """Cut an answer that only repeats itself (see `worker.loop_guard`)."""
    grammar: str = ""
    """Allow only what this grammar allows, in llama.cpp's notation (GBNF); empty allows all.
    Thoughts are bound by it too."""
    wants_token_probabilities: bool = False
    """Record how probable the model thought each token; costs time."""


class FinishReason(enum.StrEnum):
    """Why an answer ended."""

    END_OF_TEXT = "end_of_text"
    """The model said that it had finished."""
    STOP_TEXT = "stop_text"
    """One of the stop texts appeared."""
    LENGTH = "length"
    """`max_tokens` or `longest_characters` was reached."""
    CONTEXT_FULL = "context_full"
    """No room was left in the context."""
    CANCELLED = "cancelled"
    """The user stopped it."""
    TIME_UP = "time_up"
    """`longest_s` was reached."""
    LOOPING = "looping"
    """The model only repeated itself."""


class Timing(msgspec.Struct, frozen=True, kw_only=True):
    """Durations and counts of one answer, taken inside the worker on its own monotonic clock.

    The definitions follow llama.cpp's llama-bench where it has one: prompt processing and
    generation are measured apart, and the clock is read after `llama_synchronize`.
    """

    prompt_token_count: int
    """Tokens of the whole prompt, as the model's template and tokenizer made them."""
    reused_token_count: int
    """Prompt tokens that were still in the KV cache and not computed again."""
    generated_token_count: int
    """Tokens of the answer, thoughts included, the end-of-text token left out."""
    character_count: int
    """Characters of the answer as shown, thoughts included."""
    template_s: float
    """Rendering the chat template and splitting the prompt into tokens."""
    prompt_s: Quantity
    """Prompt processing: from the first prompt token computed to the last."""
    first_token_s: Quantity
    """Time to first token: from the request's arrival in the worker to the first token sampled."""
    first_answer_token_s: Quantity
    """As `first_token_s`, for the first token that is not part of the model's thoughts."""
    decode_s: Quantity
    """Generation: from the first token sampled to the last one."""
    total_s: float
    """From the request's arrival in the worker to the end of the answer."""
    cpu_s: Quantity
    """Processor time the worker used in that time, summed over its threads."""

    @property
    def prompt_tokens_per_s(self) -> Quantity:
        """Prompt processing speed, over the tokens that were really computed."""
        computed = self.prompt_token_count - self.reused_token_count
        if computed < MIN_COMPUTED_PROMPT_TOKENS:
            return Unavailable(reason="nearly all of the prompt was already in memory")
        return ratio(float(computed), self.prompt_s)

    @property
    def generation_tokens_per_s(self) -> Quantity:
        """Generation speed: (n - 1) tokens between the first and the last one."""
        if self.generated_token_count < 2:
            return Unavailable(reason="fewer than two tokens")
        return ratio(float(self.generated_token_count - 1), self.decode_s)

    @property
    def characters_per_s(self) -> Quantity:
        """Characters of the answer for each second of generation.

        Tokens of different models hold different amounts of text, so this is the figure that
        compares them.
        """
        if self.generated_token_count < 2:
            return Unavailable(reason="fewer than two tokens")
        return ratio(float(self.character_count), self.decode_s)


MIN_COMPUTED_PROMPT_TOKENS = 8
"""Below this, one batch's fixed cost says more than the speed (our choice)."""


class Chunk(msgspec.Struct, frozen=True, array_like=True):
    """One piece of an answer's text as it appeared: enough to replay it at its true speed."""

    t_s: float
    """Seconds since the request's arrival in the worker."""
    character_count: int
    """Characters shown so far, thoughts included."""
    token_count: int
    """Tokens generated so far."""


class TokenProbability(msgspec.Struct, frozen=True, array_like=True):
    """A token of an answer and how probable the model thought it."""

    text: str
    log_probability: float
    """Natural logarithm, over the whole vocabulary, before any sampling settings."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What one model gave to one prompt."""

    text: str
    """The answer without the model's thoughts."""
    thoughts: str = ""
    """What a thinking model wrote before it answered."""
    finish: FinishReason
    timing: Timing
    timeline: tuple[Chunk, ...] = ()
    """When the text appeared; thoughts come first, then the answer."""
    rendered_prompt_sha256: str
    """SHA-256 of the prompt text after the template: equal prompts have equal hashes."""
    token_probabilities: tuple[TokenProbability, ...] = ()
    """Of the first tokens, thoughts included; empty unless the request wanted them."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """Which of some labels a model would begin its answer with."""

    log_probabilities: tuple[float, ...]
    """Of each label, natural logarithm, normalised over the labels: together they are certain. A
    label's token with and without a space before it count together."""
    share: float
    """Probability, 0 to 1, that the model's answer would begin with any of the labels at all. A
    small one says that it would have written something else."""
    prompt_token_count: int
    rendered_prompt_sha256: str
    """As in `Answer`."""
    total_s: float
    """From the request's arrival in the worker to the end."""


class BufferKind(enum.StrEnum):
    """What a block of the engine's memory holds."""

    WEIGHTS = "weights"
    KV_CACHE = "kv_cache"
    RECURRENT = "recurrent"
    COMPUTE = "compute"
    OUTPUT = "output"


class Buffer(msgspec.Struct, frozen=True, kw_only=True):
    """One block of memory as the engine logged it while loading."""

    kind: BufferKind
    device: str
    """The engine's name for where it lies: CPU_Mapped, CPU_REPACK, CPU, CUDA0, Metal ..."""
    size_bytes: int


class LoadedModel(msgspec.Struct, frozen=True, kw_only=True):
    """What the engine says about a model once it is loaded."""

    description: str
    """The engine's own short name, for example "llama 256M Q4_1"."""
    parameter_count: int
    weights_bytes: int
    context_tokens: int
    """The context the engine really set up (padded), for each answer that is computed at once."""
    vocabulary_size: int
    chat_template_sha256: str | Unavailable
    """Hash of the chat template in use, or why there is none."""
    load_s: float
    """Loading the file and setting up the context; the page cache may have been cold or warm."""
    warm_up_s: float
    """The first computation after loading, not counted in any answer."""
    buffers: tuple[Buffer, ...] = ()
    """Memory the engine set aside, as it logged it."""
    warnings: tuple[str, ...] = ()
    """Warnings that the engine logged while loading."""
    parallel_sequences: int = 1
    """Answers that are really computed at once. 1 although more were wanted: this model cannot."""

    @property
    def is_on_processor(self) -> bool:
        """Whether all weights are known to lie where the processor computes with them."""
        devices = [buffer.device for buffer in self.buffers if buffer.kind is BufferKind.WEIGHTS]
        return bool(devices) and all(is_processor_device(device) for device in devices)

    @property
    def is_on_gpu(self) -> bool:
        """Whether any of its memory lies on a graphics device.

        `..._Host` is memory of the machine that a card may read. A build with CUDA also computes
        long prompts on the card when no layer is kept there, so all buffers count.
        """
        return any(
            not is_processor_device(buffer.device) and not buffer.device.endswith("_Host")
            for buffer in self.buffers
        )


def is_processor_device(device: str) -> bool:
    """Return whether a buffer so named is memory that the processor computes with.

    "AMX" is what ggml calls weights laid out for the matrix units of Intel's server processors
    (ggml/src/ggml-cpu/amx/amx.cpp).
    """
    return device.startswith("CPU") or device == "AMX"


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """One device the engine can compute on."""

    name: str
    description: str
    kind: str
    """cpu, gpu, integrated_gpu or accelerator."""
    memory_bytes: Count
    """Total memory of the device as the engine reports it."""


class EngineBuild(msgspec.Struct, frozen=True, kw_only=True):
    """Which engine answered, exactly."""

    name: str
    """llama.cpp, or echo for the scripted one."""
    bindings_version: str
    """Version of llama-cpp-python (of this program, for the scripted backend)."""
    engine_version: str
    """Version and commit of llama.cpp and ggml."""
    system_info: str
    """The engine's own line on instruction sets, OpenMP and backends."""
    devices: tuple[Device, ...] = ()
