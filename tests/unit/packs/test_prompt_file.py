import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from large_enough.domain.errors import ErrorInfo, FailureKind, RequestError
from large_enough.domain.prompt import Prompt
from large_enough.packs import prompt_file
from large_enough.packs.prompt_file import read_prompts, sample_prompts
from large_enough.wording.failures import explain


@pytest.fixture
def write(tmp_path: Path):
    def write_file(content: str | bytes, name: str = "prompts.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


def refused(path: Path) -> ErrorInfo:
    with pytest.raises(RequestError) as caught:
        read_prompts(path)
    info = caught.value.info
    assert info.kind is FailureKind.BAD_PROMPT_FILE
    assert str(path)[:200] in explain(info).happened
    return info


def test_text_has_one_prompt_a_line(write) -> None:
    path = write("What is the fee?\n\n   \n  Gebühr für 40 €?  \nLast")
    assert read_prompts(path) == (
        Prompt(id="1", domain="", text="What is the fee?"),
        Prompt(id="4", domain="", text="Gebühr für 40 €?"),
        Prompt(id="5", domain="", text="Last"),
    )


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems(write, line_end: str) -> None:
    path = write(line_end.join(["one", "two", ""]))
    assert [prompt.text for prompt in read_prompts(path)] == ["one", "two"]


def test_odd_separators_do_not_break_a_line(write) -> None:
    assert len(read_prompts(write("one\u2028still one\x0cand still\n"))) == 1


@pytest.mark.parametrize("name", ["prompts.txt", "prompts.jsonl"])
def test_a_byte_order_mark_is_no_part_of_the_prompt(write, name: str) -> None:
    line = '{"prompt": "Hi"}' if name.endswith("l") else "Hi"
    (prompt,) = read_prompts(write(b"\xef\xbb\xbf" + line.encode(), name))
    assert prompt.text == "Hi"


def test_json_lines(write) -> None:
    lines = [
        {"prompt": "Fee?", "system": "Be brief.", "id": "fee", "domain": "Banking"},
        {"prompt": "Bill?", "id": 7, "expected": "ignored"},
        {"prompt": "Day?\nIn full.", "system": None, "id": None},
    ]
    path = write("\n".join(json.dumps(line) for line in lines), "p.JSONL")
    assert read_prompts(path) == (
        Prompt(id="fee", domain="Banking", text="Fee?", system="Be brief."),
        Prompt(id="7", domain="", text="Bill?"),
        Prompt(id="3", domain="", text="Day?\nIn full."),
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("not json", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ('{"a":' * 100_000, "it is not JSON"),
        (r'{"prompt": "\ud800"}', "it is not JSON"),
        ('["prompt"]', "not a JSON object"),
        ('"prompt"', "not a JSON object"),
        ('{"question": "x"}', "“prompt” is missing"),
        ('{"prompt": 7}', "“prompt” is not a text"),
        ('{"prompt": null}', "“prompt” is empty"),
        ('{"prompt": "  "}', "“prompt” is empty"),
        ('{"prompt": "x", "system": []}', "“system” is not a text"),
        ('{"prompt": "x", "id": true}', "“id” is neither"),
        ('{"prompt": "x", "id": 1.5}', "“id” is neither"),
        ('{"prompt": "x", "id": "' + "i" * 201 + '"}', "“id” is neither"),
        ('{"prompt": "' + "x" * 200_001 + '"}', "longer than 200,000 characters"),
    ],
)
def test_bad_lines_are_named(write, line: str, problem: str) -> None:
    info = refused(write('{"prompt": "good"}\n' + line + "\n", "p.jsonl"))
    assert info.facts["row"] == 2
    assert problem in info.facts["problem"]


def test_all_faults_are_reported_together(write) -> None:
    lines = ['{"id": 1}', '{"prompt": "x"}', "rubbish", '{"prompt": ""}', "[]"]
    info = refused(write("\n".join(lines), "p.jsonl"))
    rows = [line.split(":")[0] for line in info.detail.splitlines()]
    assert rows == ["row 1", "row 3", "row 4", "row 5"]
    said = explain(info).happened
    assert "has several faults: row 1: “prompt” is missing; row 3: " in said
    assert "and 1 more" in said


def test_few_faults_are_all_said(write) -> None:
    info = refused(write("{}\n[]", "p.jsonl"))
    assert "more" not in explain(info).happened


def test_ids_must_differ(write) -> None:
    path = write('{"prompt":"a","id":"2"}\n{"prompt":"b"}\n{"prompt":"c","id":2}', "p.jsonl")
    info = refused(path)
    assert info.detail == "row 2: the id “2” was used before\nrow 3: the id “2” was used before"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("hi".encode("utf-16"), "UTF-16; save it as UTF-8"),
        (b"\xfe\xff\0h\0i", "UTF-16; save it as UTF-8"),
        ("hi".encode("utf-32"), "UTF-32; save it as UTF-8"),
        (b"\0\0\xfe\xff\0\0\0h", "UTF-32; save it as UTF-8"),
        ("hi".encode("utf-16-le"), "zero bytes"),
    ],
)
def test_foreign_encodings_are_named(write, content: bytes, problem: str) -> None:
    assert problem in refused(write(content)).facts["problem"]


def test_a_wrong_byte_is_named_with_its_row(write) -> None:
    info = refused(write(b"one\ntwo\nGeb\xfchr\n"))
    assert info.facts == {"row": 3, "problem": "byte 0xFC is not UTF-8; save the file as UTF-8"}


@pytest.mark.parametrize("content", ["", "\n \n\t\n", "\ufeff"])
def test_an_empty_file(write, content: str) -> None:
    assert refused(write(content)).facts["problem"] == "it holds no prompts"


def test_too_large_a_file(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(prompt_file.MAX_FILE_BYTES + 1)
    assert "larger than 16 MB" in refused(path).facts["problem"]


def test_too_many_prompts(write) -> None:
    path = write("x\n" * (prompt_file.MAX_PROMPT_COUNT + 1))
    assert "more than 10,000 prompts" in refused(path).facts["problem"]


def test_too_long_a_prompt(write) -> None:
    info = refused(write("short\n" + "x" * 200_001))
    assert info.facts["row"] == 2


@pytest.mark.parametrize("name", ["prompts.csv", "prompts", "prompts.json"])
def test_other_kinds_of_files(write, name: str) -> None:
    assert "must end in .txt or .jsonl" in refused(write("x", name)).facts["problem"]


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    assert "no such file" in refused(tmp_path / "none.txt").facts["problem"]
    assert "not an ordinary file" in refused(tmp_path / "folder.txt").facts["problem"]
    too_long = tmp_path / ("x" * 5000 + ".txt")
    assert "cannot be read" in refused(too_long).facts["problem"]


def test_a_pipe_does_not_hang_the_program(tmp_path: Path) -> None:
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.txt")
        assert "not an ordinary file" in refused(tmp_path / "pipe.txt").facts["problem"]


def test_samples_come_from_three_domains() -> None:
    samples = sample_prompts()
    assert len(samples) == 3
    assert len({prompt.id for prompt in samples}) == 3
    assert len({prompt.domain for prompt in samples}) == 3
    for prompt in samples:
        assert prompt.domain
        assert 100 < len(prompt.text) < 800
        assert prompt.text == prompt.text.strip()
        assert not prompt.system


@given(content=st.binary(max_size=200), is_json=st.booleans())
def test_any_bytes_give_prompts_or_a_named_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, is_json: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / ("any.jsonl" if is_json else "any.txt")
    path.write_bytes(content)
    try:
        prompts = read_prompts(path)
    except RequestError as error:
        found = explain(error.info).happened
    else:
        found = prompts[0].text
    assert found.strip()
