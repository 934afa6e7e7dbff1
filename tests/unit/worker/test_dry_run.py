"""What is read from the engine's log of a dry run."""

import pytest

from large_enough.worker.dry_run import cache_bytes
from large_enough.worker.engine_log import LEVEL_INFO, LogLine

MIB = 1 << 20


def lines(*texts: str) -> list[LogLine]:
    return [LogLine(LEVEL_INFO, text) for text in texts]


@pytest.mark.parametrize(
    ("texts", "mebibytes"),
    [
        ((), 0),
        (("llama_kv_cache:        CPU KV buffer size =     0.00 MiB",), 0),
        (
            ("llama_kv_cache: size =   45.00 MiB (  2048 cells,  30 layers), K (f16): 22.50 MiB",),
            45,
        ),
        (  # windows and whole context apart
            (
                "llama_kv_cache: size =    8.00 MiB (   512 cells,   4 layers,  1/1 seqs)",
                "llama_kv_cache: size =   12.50 MiB (   768 cells,  20 layers,  1/1 seqs)",
            ),
            20.5,
        ),
        (("llama_memory_recurrent: size =    1.25 MiB (     1 cells,  1 layers)",), 1.25),
    ],
)
def test_the_cache_is_read_from_its_own_line(texts: tuple[str, ...], mebibytes: float) -> None:
    assert cache_bytes(lines(*texts)) == mebibytes * MIB
