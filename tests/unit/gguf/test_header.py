import struct
from pathlib import Path

import pytest
from tests.helpers.gguf_files import (
    ARRAY,
    BOOL,
    F32,
    STRING,
    TINY_METADATA,
    TINY_SHAPES,
    U8,
    U32,
    U64,
    RawGguf,
    key,
    list_key,
    number_key,
    string,
    tensor,
    text_key,
    write_gguf,
)

from large_enough.domain.errors import FailureKind, ModelFileError
from large_enough.gguf.header import GgufHeader, read_header


def read(tmp_path: Path, raw: RawGguf) -> GgufHeader:
    return read_header(raw.write(tmp_path / "model.gguf"))


def refusal(path: Path) -> ModelFileError:
    with pytest.raises(ModelFileError) as caught:
        read_header(path)
    return caught.value


def malformed(tmp_path: Path, raw: RawGguf) -> str:
    info = refusal(raw.write(tmp_path / "model.gguf")).info
    assert info.kind is FailureKind.FILE_MALFORMED
    assert info.subject == str(tmp_path / "model.gguf")
    return info.detail


def test_reads_what_the_formats_own_writer_wrote(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "tiny.gguf", {**TINY_METADATA, "x.ratio": 0.5, "x.flag": True})
    header = read_header(path)
    assert header.version == 3
    assert header.text("general.architecture") == "llama"
    assert header.integer("llama.block_count") == 2
    assert header.metadata["x.ratio"] == 0.5
    assert header.metadata["x.flag"] is True
    assert "tokenizer.ggml.tokens" not in header.metadata
    assert header.list_lengths == {"tokenizer.ggml.tokens": 3}
    assert {tensor.name: tensor.shape for tensor in header.tensors} == TINY_SHAPES
    assert header.file_size_bytes == path.stat().st_size
    last = header.tensors[-1]
    assert header.data_offset_bytes + last.offset_bytes + last.size_bytes <= header.file_size_bytes
    assert sum(tensor.element_count for tensor in header.tensors) == 64 * 96 + 2 * 64 * 32


def test_keeps_short_lists_of_numbers(tmp_path: Path) -> None:
    heads = [4] * 40
    header = read_header(write_gguf(tmp_path / "x.gguf", {"llama.attention.head_count_kv": heads}))
    assert header.integers("llama.attention.head_count_kv") == tuple(heads)
    assert header.integer("llama.attention.head_count_kv") is None


def test_leaves_long_lists_out(tmp_path: Path) -> None:
    elements = struct.pack("<5000I", *range(5000))
    keys = [list_key("types", U32, 5000, elements), text_key("after", "it")]
    header = read(tmp_path, RawGguf(keys=keys))
    assert "types" not in header.metadata
    assert header.list_lengths["types"] == 5000
    assert header.text("after") == "it"


def test_steps_over_vocabularies_larger_than_what_is_read_at_once(tmp_path: Path) -> None:
    words = b"".join(string(b"w" * (number % 40)) for number in range(120_000))
    keys = [list_key("tokens", STRING, 120_000, words), number_key("after", 7)]
    raw = RawGguf(keys=keys, tensors=[tensor("t", [4])], data=bytes(16))
    header = read(tmp_path, raw)
    assert len(words) > 3 << 20
    assert header.integer("after") == 7
    assert header.tensors[0].size_bytes == 16


def test_reads_version_2(tmp_path: Path) -> None:
    assert read(tmp_path, RawGguf(version=struct.pack("<I", 2))).version == 2


def test_invalid_utf8_is_replaced(tmp_path: Path) -> None:
    header = read(tmp_path, RawGguf(keys=[text_key("general.name", b"caf\xe9 \xff")]))
    assert header.text("general.name") == "caf\ufffd \ufffd"


def test_a_text_too_long_to_keep_is_left_out(tmp_path: Path) -> None:
    keys = [text_key("huge", b"x" * (2 << 20)), text_key("after", "it")]
    header = read(tmp_path, RawGguf(keys=keys))
    assert "huge" not in header.metadata
    assert header.text("after") == "it"


def test_many_long_texts_do_not_fill_the_memory(tmp_path: Path) -> None:
    keys = [text_key(f"key {number}", b"x" * (1 << 20)) for number in range(40)]
    header = read(tmp_path, RawGguf(keys=keys))
    assert sum(len(str(value)) for value in header.metadata.values()) <= 16 << 20


def test_numbers_are_not_taken_for_each_other(tmp_path: Path) -> None:
    keys = [key("flag", BOOL, b"\1"), key("ratio", F32, struct.pack("<f", 2.0))]
    header = read(tmp_path, RawGguf(keys=keys))
    assert header.integer("flag") is None
    assert header.integer("ratio") is None
    assert header.text("flag") is None
    assert header.integers("flag") is None


def test_respects_the_alignment(tmp_path: Path) -> None:
    keys = [number_key("general.alignment", 64)]
    tensors = [tensor("a", [3]), tensor("b", [3], offset=64)]
    raw = RawGguf(keys=keys, tensors=tensors, data=bytes(76), alignment=64)
    header = read(tmp_path, raw)
    assert header.data_offset_bytes % 64 == 0


@pytest.mark.parametrize("content", [b"", b"GG", b"hello", b"<!DOCTYPE html>", b"ggml\3\0\0\0"])
def test_other_files_are_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(content)
    assert refusal(path).info.kind is FailureKind.NOT_GGUF


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / "no.gguf").info.kind is FailureKind.FILE_MISSING
    assert refusal(Path("a\0b.gguf")).info.kind is FailureKind.FILE_MISSING
    (tmp_path / "file").touch()
    assert refusal(tmp_path / "file" / "x.gguf").info.kind is FailureKind.FILE_MISSING


def test_a_folder_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path).info.kind is FailureKind.FILE_UNREADABLE


@pytest.mark.parametrize(
    ("version", "word"),
    [
        (struct.pack(">I", 3), "big-endian"),
        (struct.pack("<I", 1), "version 1"),
        (struct.pack("<I", 4), "version 4"),
        (struct.pack("<I", 0), "version 0"),
    ],
)
def test_versions_that_cannot_be_read(tmp_path: Path, version: bytes, word: str) -> None:
    assert word in malformed(tmp_path, RawGguf(version=version))


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ([key("", U8, b"\0")], "empty"),
        ([number_key("twice", 1), number_key("twice", 2)], "twice"),
        ([key("odd", 13, bytes(8))], "unknown type 13"),
        ([list_key("nested", ARRAY, 1, struct.pack("<IQ", U8, 1) + b"\0")], "unknown type 9"),
        ([list_key("endless", STRING, 1 << 60, b"")], "texts"),
        ([list_key("endless", U64, 1 << 60, b"")], "bytes"),
        ([key("endless", STRING, struct.pack("<Q", 1 << 63))], "bytes"),
        ([list_key("words", STRING, 2, string("a") + struct.pack("<Q", 1 << 63))], "bytes"),
        ([struct.pack("<Q", 1 << 63)], "bytes"),
        ([number_key("general.alignment", 0)], "alignment"),
        ([number_key("general.alignment", 24)], "alignment"),
        ([text_key("general.alignment", "32")], "alignment"),
        ([key("general.alignment", F32, struct.pack("<f", 32.0))], "alignment"),
        ([key(b"k" * (2 << 20), U8, b"\0")], "longer"),
    ],
)
def test_keys_that_make_no_sense(tmp_path: Path, keys: list[bytes], word: str) -> None:
    assert word in malformed(tmp_path, RawGguf(keys=keys))


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ([tensor("t", [1] * 5)], "5 dimensions"),
        ([tensor("t", [32], type_id=4)], "no longer in use"),
        ([tensor("t", [32], type_id=99)], "newer than this program"),
        ([tensor("t", [33], type_id=2)], "Q4_0"),
        ([tensor("t", [1 << 62, 1 << 62])], "impossible shape"),
        ([tensor("t", [1 << 63])], "impossible shape"),
        ([tensor("t" * 64, [1])], "too long"),
        ([tensor("t", [8], offset=32)], "starts at 32, not at 0"),
        ([tensor("t", [8]), tensor("t", [8], offset=32)], "same name"),
        ([tensor("t", [8]), tensor("u", [8], offset=0)], "starts at 0, not at 32"),
        (
            [tensor("a", [1 << 61]), tensor("b", [1 << 61], offset=1 << 63)],
            "larger than any disk",
        ),
    ],
)
def test_tensors_that_make_no_sense(tmp_path: Path, lines: list[bytes], word: str) -> None:
    assert word in malformed(tmp_path, RawGguf(tensors=lines, data=bytes(64)))


@pytest.mark.parametrize("field", ["key_count", "tensor_count"])
def test_counts_beyond_any_model(tmp_path: Path, field: str) -> None:
    detail = malformed(tmp_path, RawGguf(**{field: 1 << 40}))  # type: ignore[arg-type]
    assert "more than a model has" in detail


def test_a_download_that_was_cut_is_told_with_both_sizes(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "tiny.gguf")
    whole = path.read_bytes()
    last = read_header(path).tensors[-1]
    path.write_bytes(whole[:-1000])
    error = refusal(path)
    assert error.info.kind is FailureKind.FILE_TRUNCATED
    assert error.info.facts["size_bytes"] == len(whole) - 1000
    needed_bytes = error.info.facts["needed_bytes"]
    assert needed_bytes == len(whole) - (-last.size_bytes % 32)


def test_a_file_cut_in_its_header_is_told(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "tiny.gguf")
    header_bytes = read_header(path).data_offset_bytes
    whole = path.read_bytes()
    for size in range(4, header_bytes - 32, 7):
        path.write_bytes(whole[:size])
        assert refusal(path).info.kind is FailureKind.FILE_TRUNCATED


def test_a_header_larger_than_any_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sparse.gguf"
    head = RawGguf(keys=[list_key("padding", U8, 300 << 20, b"")]).build()
    path.write_bytes(head)
    with path.open("r+b") as file:
        file.truncate(400 << 20)  # holes: takes no room on the disk
    error = refusal(path)
    assert error.info.kind is FailureKind.FILE_MALFORMED
    assert "larger than that of any model" in error.info.detail


def test_an_empty_tensor_table_is_no_error_here(tmp_path: Path) -> None:
    header = read(tmp_path, RawGguf())
    assert header.tensors == ()
    assert header.data_offset_bytes == header.file_size_bytes


def test_a_tensor_may_be_empty_or_a_single_number(tmp_path: Path) -> None:
    lines = [tensor("none", [0]), tensor("one", [])]
    header = read(tmp_path, RawGguf(tensors=lines, data=bytes(4)))
    assert [tensor.size_bytes for tensor in header.tensors] == [0, 4]


def test_a_hostile_name_is_cut_in_the_message(tmp_path: Path) -> None:
    raw = RawGguf(keys=[key("\x01" * 100_000, 99, b"")])
    assert len(malformed(tmp_path, raw)) < 1000


def test_lists_are_kept_up_to_a_limit_of_all_together(tmp_path: Path) -> None:
    keys = [list_key(f"list{number}", U8, 4096, bytes(4096)) for number in range(100)]
    header = read(tmp_path, RawGguf(keys=keys))
    assert len(header.list_lengths) == 100
    assert sum(len(value) for value in header.metadata.values() if isinstance(value, tuple)) == (
        64 * 4096
    )


def test_what_follows_the_table_is_not_taken_for_tensors(tmp_path: Path) -> None:
    raw = RawGguf(tensors=[tensor("t", [8])], tensor_count=100_000, data=bytes(1_000_000))
    assert "same name" in malformed(tmp_path, raw)
