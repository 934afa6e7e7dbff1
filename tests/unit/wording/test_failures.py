import pytest
from hypothesis import given
from hypothesis import strategies as st

from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.wording.failures import (
    FAILURES,
    MOST_FACT_CHARACTERS,
    explain,
    file_name,
    placeholders,
)
from large_enough.wording.failures_of_workers import SIGNAL_FAILURES

GIB = 1_073_741_824

REPRESENTATIVE: dict[FailureKind, tuple[ErrorInfo, tuple[str, ...]]] = {}
"""For each kind: an error as other parts raise it, and what its words must hold."""


def expect(
    kind: FailureKind, *words: str, subject: str = "/m/qwen.gguf", detail: str = "", **facts
) -> None:
    error = ErrorInfo(kind=kind, subject=subject, facts=facts, detail=detail)
    REPRESENTATIVE[kind] = (error, words)


expect(FailureKind.FILE_MISSING, "/m/qwen.gguf", "path")
expect(FailureKind.FILE_UNREADABLE, "/m/qwen.gguf", "denied", detail="Permission denied")
expect(FailureKind.NOT_GGUF, "qwen.gguf", "GGUF")
expect(FailureKind.FILE_MALFORMED, "qwen.gguf", "4000000000 keys", detail="4000000000 keys")
expect(
    FailureKind.FILE_TRUNCATED,
    "qwen.gguf",
    "0.30 GB of 0.49 GB",
    size_bytes=300_000_000,
    needed_bytes=491_400_064,
)
expect(FailureKind.SPLIT_PART_MISSING, "qwen-00002-of-00003.gguf", part="qwen-00002-of-00003.gguf")
expect(FailureKind.NOT_FIRST_SPLIT, "qwen-00001-of-00003.gguf", first="qwen-00001-of-00003.gguf")
expect(FailureKind.NOT_A_LANGUAGE_MODEL, "qwen.gguf", "a projector", reason="it is a projector")
expect(
    FailureKind.UNFINISHED_DOWNLOAD,
    "qwen.gguf.part is a download",
    "Let LM Studio finish it",
    subject="/m/qwen.gguf.part",
    app="LM Studio",
)
expect(
    FailureKind.FOLDER_UNREADABLE,
    "The models of Ollama in /usr/share/ollama cannot be read: Permission denied.",
    "other models are not affected",
    subject="/usr/share/ollama",
    detail="Permission denied",
    app="Ollama",
)
expect(
    FailureKind.NOTE_UNUSABLE,
    "What Jan noted about a model makes no sense (/m/model.yml): it names no file.",
    "with Jan",
    subject="/m/model.yml",
    app="Jan",
    problem="it names no file",
)
expect(FailureKind.UNSUPPORTED_ARCHITECTURE, "zzzzz", "newer", architecture="zzzzz")
expect(FailureKind.UNSUPPORTED_TOKENIZER, "odd-bpe", "newer", tokenizer="odd-bpe")
expect(
    FailureKind.LOAD_REFUSED,
    "qwen.gguf",
    "wrong number of tensors; expected 2131, got 720",
    detail="wrong number of tensors; expected 2131, got 720\nfailed to load model",
)
expect(
    FailureKind.DOES_NOT_FIT,
    "Qwen2.5 32B needs about 21.4 GB (19.9 GB weights + 1.07 GB context + 0.30 GB computing",
    "7.30 GB are free",
    "shorter context",
    subject="Qwen2.5 32B",
    needed_bytes=21_400_000_000,
    available_bytes=7_300_000_000,
    weights_bytes=19_900_000_000,
    repacked_bytes=0,
    kv_cache_bytes=GIB,
    compute_bytes=300_000_000,
    process_bytes=90_000_000,
)
expect(FailureKind.OUT_OF_MEMORY, "kv cache", detail="failed to allocate buffer for kv cache")
expect(FailureKind.NOT_A_CHAT_MODEL, "qwen.gguf", "Instruct")
expect(FailureKind.TEMPLATE_REJECTED, "roles must alternate", detail="roles must alternate!")
expect(FailureKind.PROMPT_TOO_LONG, "5,120", "4,096", prompt_tokens=5120, context_tokens=4096)
expect(FailureKind.ENGINE_REFUSED, "llama_decode returned -3", detail="llama_decode returned -3")
expect(FailureKind.WORKER_NOT_STARTED, "qwen.gguf", "No such file", detail="No such file")
expect(FailureKind.BINDINGS_MISSING, "llama-cpp-python", "libgomp", detail="libgomp.so.1 missing")
expect(FailureKind.BINDINGS_MISMATCH, "0.3.1", "0.3.36", found="0.3.1", expected="0.3.36")
expect(FailureKind.PROTOCOL_MISMATCH, "2.0", "1.0", worker_version="2.0", own_version="1.0")
expect(FailureKind.PROTOCOL_BROKEN, "qwen.gguf", "loaded afresh")
expect(FailureKind.KILLED, "qwen.gguf", "signal 15", signal=15)
expect(FailureKind.ILLEGAL_INSTRUCTION, "processor", "GGML_NATIVE=OFF")
expect(
    FailureKind.ENGINE_ASSERTION,
    "GGML_ASSERT(n_tokens_all <= cparams.n_batch) failed",
    detail="llama-context.cpp:1785: GGML_ASSERT(n_tokens_all <= cparams.n_batch) failed\nframe 1",
)
expect(FailureKind.CRASHED, "qwen.gguf", "signal 11", signal=11)
expect(FailureKind.EXITED, "qwen.gguf", "code 3", exit_code=3)
expect(FailureKind.STOPPED_RESPONDING, "qwen.gguf", "30.0 s", silent_s=30.0)
expect(FailureKind.INTERNAL, "KeyError: 'A'", detail="Traceback\n  File x\nKeyError: 'A'")
expect(FailureKind.NO_NETWORK, "qwen2.5-coder", "network", subject="qwen2.5-coder")
expect(FailureKind.SOURCE_FAILED, "404", detail="first: timed out\nsecond: HTTP 404")
expect(FailureKind.CHECKSUM_MISMATCH, "aa11", "bb22", "removed", expected="aa11", found="bb22")
expect(
    FailureKind.DISK_FULL, "1.12 GB", "0.20 GB", needed_bytes=1_117_320_768, free_bytes=2 * 10**8
)
expect(FailureKind.REPOSITORY_REFUSED, "a/b", "answers 401", subject="a/b", status="401")
expect(FailureKind.GATED_REPOSITORY, "a/b", "sign in", "in a browser", subject="a/b")
expect(
    FailureKind.NO_SUCH_WEIGHTS,
    "“Q3”",
    "It holds: x-Q4_0.gguf.",
    subject="a/b",
    wanted="Q3",
    candidates="x-Q4_0.gguf",
)
expect(
    FailureKind.SEVERAL_WEIGHTS,
    "that fit: x-Q4_0.gguf, x-Q8_0.gguf",
    "get a/b:x-Q4_0.gguf",
    subject="a/b",
    candidates="x-Q4_0.gguf, x-Q8_0.gguf",
    example="a/b:x-Q4_0.gguf",
)
expect(FailureKind.NO_CHECKSUM, "a/b:x.gguf", "could not be verified", subject="a/b:x.gguf")
expect(FailureKind.NOT_OURS, "it is a link", subject="/m/x.gguf", reason="it is a link")
expect(
    FailureKind.NOT_QUANTISED,
    "qwen.Q4_0.gguf",
    "has invalid data",
    subject="qwen.Q4_0.gguf",
    detail="tensor 'output.weight' has invalid data",
)
expect(FailureKind.ALREADY_THERE, "/m/qwen.Q4_0.gguf", "--force", subject="/m/qwen.Q4_0.gguf")
expect(
    FailureKind.PARENTAGE_NOT_KEPT,
    "qwen.Q4_0.gguf",
    "No space left",
    subject="qwen.Q4_0.gguf",
    problem="No space left on device",
)
expect(
    FailureKind.BASE_MODEL_MISSING,
    "pirate.gguf",
    "not here: Tiny 1M",
    "appears a second time",
    subject="/m/pirate.gguf",
    base="Tiny 1M",
)
expect(
    FailureKind.NOT_AN_ADAPTER, "pirate.gguf", "no LoRA", subject="/m/pirate.gguf", reason="no LoRA"
)
expect(
    FailureKind.ADAPTER_MISMATCH,
    "pirate.gguf",
    "SmolLM2",
    "qwen2",
    subject="/m/pirate.gguf",
    base="SmolLM2",
    reason="it was made for another architecture: qwen2",
)
expect(
    FailureKind.UNKNOWN_MODEL, "llama9", "smollm2-135m", subject="llama9", candidates="smollm2-135m"
)
expect(FailureKind.AMBIGUOUS_MODEL, "qwen", "0.5b, 1.5b", subject="qwen", candidates="0.5b, 1.5b")
expect(FailureKind.NO_MODELS, "/m", "models get", subject="/m")
expect(
    FailureKind.BAD_PROMPT_FILE,
    "/q.jsonl, row 3: “prompt” is missing",
    subject="/q.jsonl",
    row=3,
    problem="“prompt” is missing",
)
expect(
    FailureKind.BAD_PACK,
    "/p.pack.json has 4 faults: row 1, answer: it is missing",
    "packs check",
    subject="/p.pack.json",
    problem="row 1, answer: it is missing",
    fault_count=4,
    faults="row 1, answer: it is missing; row 2, id: it is missing; …",
)
expect(FailureKind.UNKNOWN_PACK, "“bank”", "fees, cards", subject="bank", candidates="fees, cards")
expect(
    FailureKind.PACK_NOT_KEPT, "/p.pack.json", "No space", subject="/p.pack.json",
    problem="No space left on device",
)  # fmt: skip
expect(
    FailureKind.BAD_SETTING, "--seed: not a number", "0 to 9", subject="--seed",
    problem="not a number", allowed="0 to 9",
)  # fmt: skip
expect(
    FailureKind.LOG_UNREADABLE, "/r.jsonl, line 7", "not JSON", subject="/r.jsonl", line=7,
    problem="not JSON",
)  # fmt: skip
expect(
    FailureKind.CANNOT_CALIBRATE, "no battery", "charger", problem="the system reports no battery"
)
expect(
    FailureKind.CALIBRATION_NOT_KEPT,
    "/config",
    "No space left",
    subject="/config",
    problem="No space left",
)
expect(FailureKind.LOG_NOT_WRITTEN, "/runs", "No space left", subject="/runs",
       problem="No space left on device")  # fmt: skip
expect(FailureKind.LOG_IN_USE, "/r.jsonl", "Another window", subject="/r.jsonl")
expect(FailureKind.UNKNOWN_RUN, "“abc”", "runs list", subject="abc")
expect(FailureKind.UNKNOWN_ITEM, "“fee-017”", "runs show", subject="fee-017")
expect(FailureKind.MODEL_CHANGED, "Ant 1B", "earlier file", subject="Ant 1B")
expect(FailureKind.CANNOT_REGRADE, "“fee-017”", "not a number", subject="fee-017",
       problem="it is not a number")  # fmt: skip


def whole(error: ErrorInfo) -> str:
    explanation = explain(error)
    return f"{explanation.happened} {explanation.next_step}"


@pytest.mark.parametrize("kind", FailureKind)
def test_every_kind_names_its_facts(kind: FailureKind) -> None:
    error, words = REPRESENTATIVE[kind]
    said = whole(error)
    for word in words:
        assert word in said
    assert error.subject in said or file_name(error.subject) in said or kind in WITHOUT_FILE


WITHOUT_FILE = {
    FailureKind.CANNOT_CALIBRATE,  # the cause lies elsewhere, whatever file was in use
    FailureKind.BINDINGS_MISSING,
    FailureKind.BINDINGS_MISMATCH,
    FailureKind.PROTOCOL_MISMATCH,
    FailureKind.ENGINE_REFUSED,
    FailureKind.INTERNAL,
}


@pytest.mark.parametrize("kind", FailureKind)
def test_sentences_are_whole_and_not_dull(kind: FailureKind) -> None:
    for error in (REPRESENTATIVE[kind][0], ErrorInfo(kind=kind)):
        explanation = explain(error)
        for sentence in (explanation.happened, explanation.next_step):
            assert sentence.endswith(".")
            assert ".." not in sentence
            assert "{" not in sentence
            assert len(sentence.split()) >= 3
        assert explanation.happened != explanation.next_step
        assert "an error occurred" not in explanation.happened.lower()


@pytest.mark.parametrize("kind", FailureKind)
def test_the_last_alternative_needs_no_facts(kind: FailureKind) -> None:
    assert placeholders(FAILURES[kind].happened[-1]) == set()
    assert placeholders(FAILURES[kind].next_step[-1]) == set()


@pytest.mark.parametrize("words", SIGNAL_FAILURES.values())
def test_signals_have_a_sentence_without_facts(words) -> None:
    assert placeholders(words.happened[-1]) == set()
    assert placeholders(words.next_step[-1]) == set()


def test_no_two_kinds_say_the_same() -> None:
    said = [explain(ErrorInfo(kind=kind)).happened for kind in FailureKind]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("kind", "facts", "detail", "words"),
    [
        (
            FailureKind.UNKNOWN_MODEL,
            {"catalogue_id": "qwen2.5-coder-1.5b-instruct"},
            "",
            "not on this machine yet. Fetch it with “large-enough models get qwen2.5-coder-1.5b",
        ),
        (
            FailureKind.NO_MODELS,
            {"found": 1, "ids": "a b"},
            "",
            "1 found in x. Fetch the starter pair with “large-enough models get a b”",
        ),
        (
            FailureKind.BAD_SETTING,
            {"value": -1.0, "lowest": 0.0, "highest": 100.0},
            "",
            "x cannot be -1.0. Choose a number from 0.0 to 100.0.",
        ),
        (FailureKind.BAD_SETTING, {}, "there is no prompt", "x: there is no prompt. Change"),
        (FailureKind.NOT_A_LANGUAGE_MODEL, {"architecture": "bert"}, "", "x (bert) is not a model"),
        (FailureKind.SPLIT_PART_MISSING, {}, "odd names", "x is one of several parts: odd names."),
        (FailureKind.BINDINGS_MISMATCH, {}, "n_ctx is 0", "made for: n_ctx is 0. Install"),
        (
            FailureKind.EXITED,
            {"exit_code": 1},
            "Traceback\nKeyError: 5",
            "ended by itself (code 1): KeyError: 5. Ask again",
        ),
        (
            FailureKind.TEMPLATE_REJECTED,
            {"message": "roles must alternate."},
            "long",
            "refused this conversation: roles must alternate. Leave",
        ),
        (
            FailureKind.CHECKSUM_MISMATCH,
            {"found": "ab" * 32, "expected": "cd" * 32},
            "",
            "its SHA-256 is abababababab…, not cdcdcdcdcdcd…. It was removed.",
        ),
        (
            FailureKind.DOES_NOT_FIT,
            {"needed_bytes": 10**9, "available_bytes": 1, "reserve_bytes": 500_000_000},
            "",
            "needs about 1.00 GB (0.50 GB kept free), 1 bytes are free.",
        ),
    ],
)
def test_facts_of_different_origins(kind, facts, detail, words) -> None:
    assert words in whole(ErrorInfo(kind=kind, subject="x", facts=facts, detail=detail))


def test_signal_nine_is_probably_memory() -> None:
    said = whole(ErrorInfo(kind=FailureKind.KILLED, subject="/m/a.gguf", facts={"signal": 9}))
    assert "a.gguf was killed, probably by the system because memory ran out" in said
    assert "smaller model" in said


@pytest.mark.parametrize("kind", [FailureKind.KILLED, FailureKind.CRASHED])
def test_bus_error_is_about_the_file(kind: FailureKind) -> None:
    said = whole(ErrorInfo(kind=kind, subject="/m/a.gguf", facts={"signal": 7}))
    assert "a.gguf could not be read any more" in said


def test_windows_exit_code_of_a_crash() -> None:
    error = ErrorInfo(kind=FailureKind.CRASHED, subject="a", facts={"exit_code": 3221225477})
    assert "code 3221225477" in whole(error)


def test_several_faults_come_before_the_first_one() -> None:
    error = ErrorInfo(
        kind=FailureKind.BAD_PROMPT_FILE,
        subject="/q.txt",
        facts={"row": 2, "problem": "one", "faults": "row 2: one; row 4: two"},
    )
    assert explain(error).happened == "/q.txt has several faults: row 2: one; row 4: two."


def test_long_facts_are_cut() -> None:
    error = ErrorInfo(
        kind=FailureKind.NOT_A_LANGUAGE_MODEL, subject="/m/a.gguf", facts={"reason": "x" * 9999}
    )
    assert len(explain(error).happened) < MOST_FACT_CHARACTERS + 100


def test_impossible_amounts_are_left_out() -> None:
    for amount in (float("nan"), float("inf"), 10**400, -(10**400)):
        error = ErrorInfo(
            kind=FailureKind.DOES_NOT_FIT,
            subject="Big",
            facts={"needed_bytes": amount, "available_bytes": 1, "weights_bytes": amount},
        )
        assert explain(error).happened == ("Big needs more memory than is free. It was not loaded.")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/home/me/a.gguf", "a.gguf"),
        ("C:\\models\\a.gguf", "a.gguf"),
        ("C:/models/a.gguf", "a.gguf"),
        ("\\\\host\\share\\a.gguf", "a.gguf"),
        ("Qwen/Qwen2.5 32B", "Qwen/Qwen2.5 32B"),
        ("", ""),
    ],
)
def test_file_name(path: str, name: str) -> None:
    assert file_name(path) == name


@given(
    kind=st.sampled_from(FailureKind),
    subject=st.text(max_size=40),
    detail=st.text(max_size=80),
    facts=st.dictionaries(
        st.one_of(
            st.sampled_from(
                ["signal", "needed_bytes", "row", "problem", "file", "parts", "silent_s", "{", ""]
            ),
            st.text(max_size=8),
        ),
        st.one_of(st.text(max_size=20), st.integers(), st.floats()),
        max_size=6,
    ),
)
def test_never_raises(kind, subject, detail, facts) -> None:
    error = ErrorInfo(kind=kind, subject=subject, facts=facts, detail=detail)
    explanation = explain(error)
    assert explanation.happened
    assert explanation.next_step
