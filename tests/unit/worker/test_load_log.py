"""Reading the memory breakdown from the engine's log."""

from large_enough.domain.generation import Buffer, BufferKind
from large_enough.worker.engine_log import LEVEL_ERROR, LEVEL_INFO, LEVEL_WARN, LogLine
from large_enough.worker.load_log import parse_buffers, parse_warnings

MIB = 1 << 20

CPU_LOG = """\
load_tensors: offloading 0 repeating layers to GPU
load_tensors:   CPU_Mapped model buffer size =   462.96 MiB
load_tensors:   CPU_REPACK model buffer size =   252.00 MiB
llama_context:        CPU  output buffer size =     0.58 MiB
llama_kv_cache:        CPU KV buffer size =    48.00 MiB
llama_kv_cache: size =   48.00 MiB (  4096 cells,  24 layers,  1/1 seqs), K (f16):   24.00 MiB
sched_reserve:        CPU compute buffer size =    17.51 MiB
"""
"""As logged by llama.cpp 0c1e57098 for Qwen2.5-Coder-0.5B."""

OTHER_LOG = """\
load_tensors:          CPU model buffer size =     0.00 MiB
load_tensors:        CUDA0 model buffer size =  1000.00 MiB
llama_kv_cache:      CUDA0 KV buffer size =    10.00 MiB
llama_kv_cache:      CUDA0 KV buffer size =     6.00 MiB
llama_memory_recurrent:      CUDA0 RS buffer size =     2.00 MiB
sched_reserve:      CUDA0 compute buffer size =    50.00 MiB
sched_reserve:  CUDA_Host compute buffer size =     4.00 MiB
sched_reserve:      CUDA0 compute buffer size =    60.00 MiB
"""


def lines(text: str) -> list[LogLine]:
    return [LogLine(LEVEL_INFO, line) for line in text.splitlines()]


def sizes(text: str) -> dict[tuple[BufferKind, str], float]:
    buffers = parse_buffers(lines(text))
    return {(buffer.kind, buffer.device): buffer.size_bytes / MIB for buffer in buffers}


def test_a_model_on_the_cpu() -> None:
    assert parse_buffers(lines(CPU_LOG)) == (
        Buffer(kind=BufferKind.WEIGHTS, device="CPU_Mapped", size_bytes=round(462.96 * MIB)),
        Buffer(kind=BufferKind.WEIGHTS, device="CPU_REPACK", size_bytes=252 * MIB),
        Buffer(kind=BufferKind.OUTPUT, device="CPU", size_bytes=round(0.58 * MIB)),
        Buffer(kind=BufferKind.KV_CACHE, device="CPU", size_bytes=48 * MIB),
        Buffer(kind=BufferKind.COMPUTE, device="CPU", size_bytes=round(17.51 * MIB)),
    )


def test_parts_of_a_cache_add_up_and_the_last_compute_buffer_counts() -> None:
    assert sizes(OTHER_LOG) == {
        (BufferKind.WEIGHTS, "CUDA0"): 1000,
        (BufferKind.KV_CACHE, "CUDA0"): 16,
        (BufferKind.RECURRENT, "CUDA0"): 2,
        (BufferKind.COMPUTE, "CUDA0"): 60,
        (BufferKind.COMPUTE, "CUDA_Host"): 4,
    }


def test_adapters_count_as_weights() -> None:
    log = "llama_adapter_lora_init_impl:        CPU LoRA buffer size =     2.00 MiB"
    assert sizes(log) == {(BufferKind.WEIGHTS, "CPU"): 2}


def test_an_empty_log_has_no_buffers() -> None:
    assert parse_buffers([]) == ()


def test_warnings_are_listed_once() -> None:
    log = [
        LogLine(LEVEL_INFO, "all is well"),
        LogLine(LEVEL_WARN, "strange token"),
        LogLine(LEVEL_WARN, "strange token"),
        LogLine(LEVEL_ERROR, "x" * 10_000),
    ]
    first, second = parse_warnings(log)
    assert first == "strange token"
    assert len(second) == 500
    assert len(parse_warnings(LogLine(LEVEL_WARN, str(n)) for n in range(1000))) == 20
