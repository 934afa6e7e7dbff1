"""Reading from the engine's log how far quantising has come."""

from large_enough.worker.engine_log import LEVEL_INFO, LogLine
from large_enough.worker.llama_quantiser import TensorWatch


def shares(counts: tuple[int, ...], *texts: str) -> list[float]:
    told: list[float] = []
    watch = TensorWatch(told.append)
    watch.expect(counts)
    for text in texts:
        watch.read(LogLine(LEVEL_INFO, text))
    return told


def test_the_share_of_the_weights_before_a_tensor_is_told() -> None:
    told = shares(
        (60, 30, 10),
        "llama_model_loader: loaded meta data",
        "[   1/   3] token_embd.weight    - [ 6, 10, 1, 1], type =    f32, ",
        "converting to q8_0 .. ",
        "[   2/   3] blk.0.attn_q.weight  - [ 6,  5, 1, 1], type =    f32, ",
        "[   3/   3] blk.0.attn_norm.weight",
    )
    assert told == [0.0, 0.6, 0.9]


def test_numbers_that_make_no_sense_are_passed_over() -> None:
    assert shares((1, 1), "[   0/   2] a", "[ 999/   2] a", "[x/2] a") == []
    assert shares((), "[   1/   2] a") == [0.0]
