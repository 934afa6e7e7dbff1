from pathlib import Path

import pytest
from tests.helpers.gguf_files import (
    TINY_METADATA,
    TINY_SHAPES,
    RawGguf,
    Value,
    number_key,
    tensor,
    text_key,
    write_gguf,
)

from large_enough.domain.errors import FailureKind, ModelFileError
from large_enough.domain.model_card import BackendKind, ModelCard
from large_enough.domain.quantity import Unavailable
from large_enough.gguf.card import read_card
from large_enough.gguf.header import GgufHeader
from large_enough.gguf.quantisation import quantisation_name


def refusal(path: Path) -> ModelFileError:
    with pytest.raises(ModelFileError) as caught:
        read_card(path)
    return caught.value


def with_facts(tmp_path: Path, architecture: str = "llama", **facts: Value) -> Path:
    renamed = {name.replace("__", "."): value for name, value in facts.items()}
    return write_gguf(
        tmp_path / "model.gguf", {**TINY_METADATA, **renamed}, architecture=architecture
    )


def test_everything_a_header_says(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "tiny-1m-f32.gguf", {**TINY_METADATA, "general.file_type": 0})
    assert read_card(path) == ModelCard(
        path=str(path),
        name="Tiny 1M",
        size_bytes=path.stat().st_size,
        backend=BackendKind.LLAMA,
        architecture="llama",
        parameter_count=64 * 96 + 2 * 64 * 32,
        quantisation="F32",
        context_length_tokens=512,
        has_chat_template=True,
        tokenizer="gpt2",
        licence="mit",
    )


def test_what_a_header_does_not_say_is_not_made_up(tmp_path: Path) -> None:
    card = read_card(write_gguf(tmp_path / "bare.gguf", {}, {"token_embd.weight": (32, 2)}))
    assert isinstance(card.context_length_tokens, Unavailable)
    assert isinstance(card.tokenizer, Unavailable)
    assert isinstance(card.licence, Unavailable)
    assert not card.has_chat_template
    assert card.quantisation == "F32"
    assert card.name == "Bare"


def test_a_relative_path_becomes_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_gguf(tmp_path / "tiny.gguf")
    monkeypatch.chdir(tmp_path)
    assert read_card(Path("tiny.gguf")).path == str(tmp_path / "tiny.gguf")


@pytest.mark.parametrize(
    ("file_type", "types", "name"),
    [
        (15, [12, 12, 0], "Q4_K_M"),
        (15 + 1024, [12, 12, 0], "Q4_K_M"),
        (15, [6, 6, 8, 12], "Q4_K_M"),  # rows that do not fit into Q4_K are stored as Q5_0
        (15, [8, 8, 0], "Q8_0"),  # re-quantised by hand: the tensors decide
        (None, [2, 2, 8], "Q4_0"),
        (999, [14], "Q6_K"),
    ],
)
def test_quantisation(tmp_path: Path, file_type: int | None, types: list[int], name: str) -> None:
    sizes = {0: 1024, 2: 144, 6: 176, 8: 272, 12: 144, 14: 210}
    lines, offset = [], 0
    for index, type_id in enumerate(types):
        lines.append(tensor(f"t{index}", [256], type_id, offset))
        offset += -(-sizes[type_id] // 32) * 32
    keys = [text_key("general.architecture", "llama")]
    if file_type is not None:
        keys.append(number_key("general.file_type", file_type))
    path = RawGguf(keys=keys, tensors=lines, data=bytes(offset)).write(tmp_path / "x.gguf")
    assert read_card(path).quantisation == name


def test_no_tensors_have_no_quantisation() -> None:
    assert isinstance(quantisation_name(GgufHeader(3, {}, (), 0, 0)), Unavailable)


@pytest.mark.parametrize("kind", ["adapter", "imatrix", "mmproj", "Adapter"])
def test_files_that_go_with_a_model(tmp_path: Path, kind: str) -> None:
    info = refusal(with_facts(tmp_path, general__type=kind)).info
    assert info.kind is FailureKind.NOT_A_LANGUAGE_MODEL
    assert info.facts["reason"]


def test_statistics_need_no_architecture(tmp_path: Path) -> None:
    raw = RawGguf(keys=[text_key("general.type", "imatrix")])
    info = refusal(raw.write(tmp_path / "imatrix.gguf")).info
    assert info.kind is FailureKind.NOT_A_LANGUAGE_MODEL


@pytest.mark.parametrize(
    ("architecture", "word"),
    [
        ("clip", "see or hear"),
        ("bert", "searching"),
        ("nomic-bert-moe", "searching"),
        ("eagle3", "drafts"),
        ("llada", "diffusion"),
        ("flux", "pictures"),
        ("t5", "encoder"),
        ("wavtokenizer-dec", "sound"),
    ],
)
def test_models_of_other_kinds(tmp_path: Path, architecture: str, word: str) -> None:
    info = refusal(with_facts(tmp_path, architecture)).info
    assert info.kind is FailureKind.NOT_A_LANGUAGE_MODEL
    assert word in str(info.facts["reason"])


def test_models_that_pool_turn_text_into_numbers(tmp_path: Path) -> None:
    path = with_facts(tmp_path, "qwen3", qwen3__pooling_type=3)
    assert refusal(path).info.kind is FailureKind.NOT_A_LANGUAGE_MODEL
    path = with_facts(tmp_path, "qwen3", qwen3__pooling_type=0)
    assert read_card(path).architecture == "qwen3"


def test_a_vocabulary_alone_is_no_model(tmp_path: Path) -> None:
    info = refusal(write_gguf(tmp_path / "vocab.gguf", TINY_METADATA, {})).info
    assert info.kind is FailureKind.NOT_A_LANGUAGE_MODEL
    assert "vocabulary" in str(info.facts["reason"])


def test_a_model_must_say_how_it_is_built(tmp_path: Path) -> None:
    raw = RawGguf(keys=[text_key("general.name", "x")], tensors=[tensor("t", [1])], data=bytes(4))
    info = refusal(raw.write(tmp_path / "x.gguf")).info
    assert info.kind is FailureKind.FILE_MALFORMED
    assert "general.architecture" in info.detail


class TestSplit:
    """A model in three parts."""

    @pytest.fixture
    def parts(self, tmp_path: Path) -> list[Path]:
        paths = []
        for number, (name, shape) in enumerate(TINY_SHAPES.items()):
            first = TINY_METADATA if number == 0 else {}
            facts = {"split.no": number, "split.count": 3, "split.tensors.count": 3}
            path = tmp_path / f"tiny-{number + 1:05d}-of-00003.gguf"
            paths.append(write_gguf(path, {**first, **facts}, {name: shape}))
        return paths

    def test_all_parts_make_one_card(self, parts: list[Path]) -> None:
        card = read_card(parts[0])
        assert card.part_count == 3
        assert card.size_bytes == sum(part.stat().st_size for part in parts)
        assert card.parameter_count == 64 * 96 + 2 * 64 * 32
        assert card.name == "Tiny 1M"
        assert card.path == str(parts[0])

    def test_a_later_part_names_the_first(self, parts: list[Path]) -> None:
        info = refusal(parts[1]).info
        assert info.kind is FailureKind.NOT_FIRST_SPLIT
        assert info.facts["first"] == parts[0].name

    def test_a_missing_part_is_named(self, parts: list[Path]) -> None:
        parts[2].unlink()
        info = refusal(parts[0]).info
        assert info.kind is FailureKind.SPLIT_PART_MISSING
        assert info.facts["part"] == parts[2].name

    def test_a_part_that_is_cut_is_named(self, parts: list[Path]) -> None:
        parts[1].write_bytes(parts[1].read_bytes()[:-500])
        info = refusal(parts[0]).info
        assert info.kind is FailureKind.FILE_TRUNCATED
        assert info.subject == str(parts[1])

    def test_a_part_of_another_model_is_refused(self, parts: list[Path]) -> None:
        write_gguf(parts[1], TINY_METADATA)
        info = refusal(parts[0]).info
        assert info.kind is FailureKind.FILE_MALFORMED
        assert info.subject == str(parts[1])

    def test_a_tensor_too_many_is_refused(self, parts: list[Path]) -> None:
        facts = {"split.no": 2, "split.count": 3}
        write_gguf(parts[2], facts, {"more": (4,), "and more": (4,)})
        assert refusal(parts[0]).info.kind is FailureKind.FILE_MALFORMED

    def test_a_renamed_part_cannot_find_the_others(self, parts: list[Path]) -> None:
        renamed = parts[0].rename(parts[0].with_name("tiny.gguf"))
        assert refusal(renamed).info.kind is FailureKind.SPLIT_PART_MISSING
        later = parts[1].rename(parts[1].with_name("other.gguf"))
        assert refusal(later).info.kind is FailureKind.NOT_FIRST_SPLIT

    def test_an_absurd_number_of_parts_is_refused(self, tmp_path: Path) -> None:
        path = write_gguf(
            tmp_path / "x-00001-of-99999.gguf", {**TINY_METADATA, "split.count": 99_999}
        )
        assert refusal(path).info.kind is FailureKind.FILE_MALFORMED
