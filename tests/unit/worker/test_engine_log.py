"""Catching what the engine says."""

import pytest

from large_enough.worker.engine_log import EngineLog, LogLine


def test_lines_are_kept_without_debugging_and_progress() -> None:
    log = EngineLog()
    log.add(2, "loading\n")
    log.add(1, "too much\n")
    log.add(5, "....")
    log.add(2, "\n")
    log.add(2, "done")
    assert log.lines == (LogLine(2, "loading"), LogLine(2, "done"))


def test_where_an_adapter_lies_is_of_no_matter(capfd: pytest.CaptureFixture[str]) -> None:
    log = EngineLog()
    log.add(3, "lora for 'blk.0.attn_q.weight' cannot use buft 'CPU_REPACK', fallback to CPU\n")
    assert log.lines == ()
    assert capfd.readouterr().err == ""


def test_each_new_line_is_told() -> None:
    told: list[LogLine] = []
    log = EngineLog(told.append)
    for level, text in ((2, "[   1/   2] a"), (1, "too much"), (5, "..."), (3, "odd")):
        log.add(level, text)
    assert told == [LogLine(2, "[   1/   2] a"), LogLine(3, "odd")]


def test_a_continued_line_is_put_together() -> None:
    log = EngineLog()
    log.add(5, "of nothing")
    log.add(2, "sizes:")
    log.add(5, " 1,")
    log.add(5, " 2\n")
    assert log.lines == (LogLine(2, "sizes: 1, 2"),)


def test_warnings_are_passed_on_to_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    log = EngineLog()
    log.add(2, "fine")
    log.add(3, "strange")
    log.add(4, "bad\n")
    assert capfd.readouterr().err == "strange\nbad\n"


def test_our_own_abort_is_no_error(capfd: pytest.CaptureFixture[str]) -> None:
    log = EngineLog()
    log.add(4, "process_ubatch: failed to compute graph, compute status: 1\n")
    log.add(4, "graph_compute: ggml_backend_sched_graph_compute_async failed with error 1\n")
    log.add(4, "llama_decode: failed to decode, ret = 2\n")
    log.add(3, "decode: removing memory module entries for seq_id = 0, pos = [0, +inf)\n")
    assert log.lines == ()
    assert capfd.readouterr().err == ""


def test_the_log_is_bounded_and_can_be_cleared() -> None:
    log = EngineLog()
    for number in range(10_000):
        log.add(2, str(number))
    assert len(log.lines) == 4000
    assert log.lines[-1] == LogLine(2, "9999")
    log.clear()
    assert log.lines == ()
