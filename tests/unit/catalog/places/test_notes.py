import os
import sys
from pathlib import Path

import pytest

from large_enough.catalog.places.notes import (
    LONGEST_NOTE_BYTES,
    UnusableNoteError,
    line_after,
    read_note,
    simple_yaml,
    text_in_json,
)


def problem_of(path: Path) -> str:
    with pytest.raises(UnusableNoteError) as caught:
        read_note(path)
    return str(caught.value)


def test_a_note_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "note"
    path.write_bytes(b"x" * LONGEST_NOTE_BYTES)
    assert len(read_note(path)) == LONGEST_NOTE_BYTES


def test_what_is_no_note(tmp_path: Path) -> None:
    assert problem_of(tmp_path / "no") == "it is not there"
    assert problem_of(tmp_path) == "it is no regular file"
    assert problem_of(tmp_path / "a\0b").startswith("it cannot be read: ")
    large = tmp_path / "large"
    large.write_bytes(b"x" * (LONGEST_NOTE_BYTES + 1))
    assert problem_of(large) == "it is too large for a note"
    endless = tmp_path / "endless"
    endless.symlink_to(endless)
    assert problem_of(endless).startswith("it cannot be read: ")


def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    if sys.platform == "win32":
        return  # has no pipes among its files
    os.mkfifo(tmp_path / "pipe")
    assert problem_of(tmp_path / "pipe") == "it is no regular file"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"folder": "/models", "other": [1, {}]}', "/models"),
        ('{"folder": 5}', ""),
        ('{"other": "/models"}', ""),
        ('["folder"]', ""),
        ("{", ""),
        ('{"folder": ' + "[" * 100_000, ""),
        ('{"folder": "\\ud800"}', ""),
    ],
)
def test_one_text_of_a_json_file(tmp_path: Path, content: str, expected: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content, encoding="utf-8")
    assert text_in_json(path, "folder") == expected
    assert text_in_json(tmp_path / "no", "folder") == ""


def test_one_line_of_a_settings_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.ini"
    path.write_bytes(b"[General]\r\nmodelPath= /models/ \r\nmodelPath=/other\n\xff\n")
    assert line_after(path, "modelPath=") == "/models/"
    assert line_after(path, "device=") == ""
    assert line_after(tmp_path / "no", "modelPath=") == ""


def test_values_of_a_yaml_file() -> None:
    content = """\
# written by Jan
model_path: llamacpp/models/ada/model.gguf
name: "Ada \\"small\\" C:\\\\models"   # a comment
mmproj_path: 'it''s here'
size_bytes: 4096
embedding: false # no
empty:
long: >-
  /Users/ada/a folder
  with blanks/model.gguf
list:
  - name: inside
  - other
table: {name: inside}
"quoted key": 1
  indented: 2
"""
    assert simple_yaml(content.encode()) == {
        "model_path": "llamacpp/models/ada/model.gguf",
        "name": 'Ada "small" C:\\models',
        "mmproj_path": "it's here",
        "size_bytes": "4096",
        "embedding": "false",
        "empty": "",
        "long": "/Users/ada/a folder with blanks/model.gguf",
        "list": "",
        "table": "",
    }


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"name: \xff\xfe", "it is no text"),
        (b"a: 1\n" * 1001, "it is too large for a note"),
        (b"name: " + b"x" * 5000, "it is too large for a note"),
        (b"name: &anchor x", "it uses a form of YAML that is not read here"),
        (b"name: *anchor", "it uses a form of YAML that is not read here"),
        (b"name: !!python/object:os.system x", "it uses a form of YAML that is not read here"),
        (b'name: "without end', "it uses a form of YAML that is not read here"),
        (b'name: "\\u0041"', "it uses a form of YAML that is not read here"),
        (b"name: 'without end", "it uses a form of YAML that is not read here"),
        (b"name: |\n  text", "it uses a form of YAML that is not read here"),
    ],
)
def test_other_forms_of_yaml_are_refused(content: bytes, problem: str) -> None:
    with pytest.raises(UnusableNoteError, match=problem):
        simple_yaml(content)


def test_a_line_that_is_hard_to_match_takes_no_time() -> None:
    quotes = b'name: "' + b'\\"' * 2000
    with pytest.raises(UnusableNoteError):
        simple_yaml(quotes)
