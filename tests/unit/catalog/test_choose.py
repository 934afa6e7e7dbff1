from pathlib import Path

import pytest
from tests.helpers.catalogue_entries import tiny_entry
from tests.helpers.gguf_files import write_gguf
from tests.helpers.rounds import write_script

from large_enough.catalog.choose import resolve, similar_names, suggest_pair
from large_enough.domain.errors import FailureKind, ModelFileError, RequestError
from large_enough.domain.model_card import BackendKind, ModelCard
from large_enough.domain.quantity import Count, Unavailable

UNKNOWN = Unavailable(reason="not known")


def card(
    name: str,
    parameter_count: Count = 1000,
    *,
    file_name: str = "",
    catalog_id: str | None = None,
    architecture: str = "llama",
    has_chat_template: bool = True,
    backend: BackendKind = BackendKind.LLAMA,
    size_bytes: int = 1000,
) -> ModelCard:
    return ModelCard(
        path=f"/models/{file_name or name.lower().replace(' ', '-') + '.gguf'}",
        name=name,
        size_bytes=size_bytes,
        backend=backend,
        catalog_id=catalog_id,
        architecture=architecture,
        parameter_count=parameter_count,
        quantisation="Q4_0",
        context_length_tokens=UNKNOWN,
        has_chat_template=has_chat_template,
        tokenizer=UNKNOWN,
        licence=UNKNOWN,
    )


SMOLLM2 = card("SmolLM2 135M Instruct", 135, catalog_id="smollm2-135m-instruct")
QWEN_05 = card("Qwen2.5 Coder 0.5B Instruct", 630, architecture="qwen2")
QWEN_15 = card("Qwen2.5 Coder 1.5B Instruct", 1777, architecture="qwen2")
HERE = (SMOLLM2, QWEN_05, QWEN_15)


def refusal(name: str, cards: tuple[ModelCard, ...] = HERE, **more: object) -> RequestError:
    with pytest.raises(RequestError) as caught:
        resolve(name, cards, more.get("entries", ()))  # type: ignore[arg-type]
    assert caught.value.info.subject == name
    return caught.value


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("smollm2-135m-instruct", SMOLLM2),
        ("SmolLM2-135M-Instruct", SMOLLM2),
        ("smol", SMOLLM2),
        ("0.5b", QWEN_05),
        ("coder 1.5", QWEN_15),
        ("qwen 1.5B", QWEN_15),
        ("Qwen2.5 Coder 0.5B Instruct", QWEN_05),
        ("qwen2.5-coder-0.5b-instruct.gguf", QWEN_05),
    ],
)
def test_a_part_of_a_name_suffices(name: str, expected: ModelCard) -> None:
    assert resolve(name, HERE, ()) == expected


def test_a_whole_name_wins_over_parts_of_longer_ones() -> None:
    longer = card("SmolLM2 135M Instruct Extra")
    assert resolve("smollm2 135m instruct", (longer, SMOLLM2), ()) == SMOLLM2


def test_several_that_fit_are_named() -> None:
    info = refusal("qwen").info
    assert info.kind is FailureKind.AMBIGUOUS_MODEL
    assert info.facts["candidates"] == "Qwen2.5 Coder 0.5B Instruct, Qwen2.5 Coder 1.5B Instruct"


def test_twins_are_told_apart_by_their_files() -> None:
    twins = (card("Twin", file_name="twin-q4.gguf"), card("Twin", file_name="twin-q8.gguf"))
    assert refusal("twin", twins).info.facts["candidates"] == "twin-q4.gguf, twin-q8.gguf"
    assert resolve("twin-q8.gguf", twins, ()) == twins[1]


def test_an_unknown_name_gets_suggestions() -> None:
    info = refusal("smollm3").info
    assert info.kind is FailureKind.UNKNOWN_MODEL
    assert info.facts["candidates"] == "smollm2-135m-instruct"
    everything = str(refusal("zzz").info.facts["candidates"])
    assert "Qwen2.5 Coder 1.5B Instruct" in everything
    assert refusal("zzz", ()).info.facts == {}


@pytest.mark.parametrize("name", ["", "---", " ", "x" * 5000])
def test_a_name_that_nothing_can_have_means_nothing(name: str) -> None:
    assert refusal(name).info.kind is FailureKind.UNKNOWN_MODEL


def test_a_model_of_the_catalogue_that_is_not_here(tmp_path: Path) -> None:
    info = refusal("tiny", (), entries=(tiny_entry(),)).info
    assert info.kind is FailureKind.UNKNOWN_MODEL
    assert info.facts["catalogue_id"] == "tiny"


def test_very_many_candidates_are_cut() -> None:
    many = tuple(card(f"Model {number}") for number in range(30))
    assert str(refusal("model", many).info.facts["candidates"]).endswith("…")


def test_a_file_is_read(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "tiny-1m.gguf")
    assert resolve(str(path), HERE, ()).name == "Tiny 1M"
    script = write_script(tmp_path, "ant")
    assert resolve(str(script), HERE, ()).backend is BackendKind.ECHO


def test_a_file_that_was_found_before_keeps_its_card(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "tiny.gguf")
    entry = tiny_entry(size_bytes=path.stat().st_size)
    found = resolve(str(path), (), (entry,))
    assert found.catalog_id == "tiny"
    assert resolve(str(path), (found,), ()) == found


@pytest.mark.parametrize("name", ["no/such/file.gguf", "gone.gguf", "no.echo.json", "a\0.gguf"])
def test_a_path_to_nothing_is_told_as_such(name: str) -> None:
    with pytest.raises(ModelFileError) as caught:
        resolve(name, HERE, ())
    assert caught.value.info.kind is FailureKind.FILE_MISSING


class TestPair:
    """Two models to begin with."""

    def test_the_starter_pair_where_both_are_here(self) -> None:
        small = card("Small", 10, catalog_id="one")
        large = card("Large", 20, catalog_id="two")
        entries = (
            tiny_entry(identifier="one"),
            tiny_entry(identifier="two", size_class="large"),
        )
        assert suggest_pair((*HERE, large, small), entries) == (small, large)

    def test_else_two_sizes_of_one_family(self) -> None:
        assert suggest_pair(HERE) == (QWEN_05, QWEN_15)

    def test_a_family_needs_a_clear_step(self) -> None:
        near = card("Qwen2.5 Coder 0.6B Instruct", 700, architecture="qwen2")
        assert suggest_pair((SMOLLM2, QWEN_05, near)) == (SMOLLM2, QWEN_05)

    def test_else_the_smallest_and_the_next_clear_step(self) -> None:
        other = card("Other 200M", 200)
        huge = card("Huge 70B", 70_000)
        assert suggest_pair((huge, QWEN_05, other, SMOLLM2)) == (SMOLLM2, QWEN_05)

    def test_else_whatever_there_is(self) -> None:
        near = card("Near 150M", 150)
        assert suggest_pair((near, SMOLLM2)) == (SMOLLM2, near)
        assert suggest_pair((SMOLLM2,)) == (SMOLLM2,)
        assert suggest_pair(()) == ()

    def test_models_that_chat_come_first(self) -> None:
        base = card("Base 1M", 1, has_chat_template=False)
        assert suggest_pair((base, *HERE)) == (QWEN_05, QWEN_15)
        assert suggest_pair((base, SMOLLM2)) == (base, SMOLLM2)

    def test_scripts_only_where_there_is_nothing_else(self) -> None:
        scripts = tuple(
            card(name, UNKNOWN, backend=BackendKind.ECHO, size_bytes=size)
            for name, size in (("ant", 10), ("dinosaur", 1000))
        )
        assert suggest_pair((*scripts, SMOLLM2)) == (SMOLLM2,)
        assert suggest_pair(scripts) == scripts


BLOB = card("Qwen3 4B", file_name="sha256-" + "0" * 64)
STUDIO = card("Qwen3 8B", file_name="qwen3-8b-q4_k_m.gguf")
OTHER_NAMES = {
    BLOB.path: ["qwen3:latest", "hf.co/bartowski/Qwen3-GGUF:Q4_0"],
    STUDIO.path: ["lmstudio-community/Qwen3-8B-GGUF/qwen3-8b-q4_k_m.gguf", "copy.gguf"],
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("qwen3:latest", BLOB),
        ("QWEN3:LATEST", BLOB),
        ("qwen3", BLOB),  # the usual tag may be left out, as in Ollama
        ("hf.co/bartowski/Qwen3-GGUF:Q4_0", BLOB),
        ("bartowski/Qwen3", BLOB),
        ("lmstudio-community/Qwen3-8B-GGUF/qwen3-8b-q4_k_m.gguf", STUDIO),
        ("Qwen3-8B-GGUF", STUDIO),
        ("qwen3-8b-q4_k_m.gguf", STUDIO),
        ("copy.gguf", STUDIO),  # the name of another copy
        ("lmstudio 8b", STUDIO),
    ],
)
def test_names_that_other_programs_give(name: str, expected: ModelCard) -> None:
    assert resolve(name, (BLOB, STUDIO), (), OTHER_NAMES) == expected


@pytest.mark.parametrize("name", ["opy.gguf", "./copy.gguf", "nobody/Qwen3", "8B-GGUF/x.gguf"])
def test_a_path_to_nothing_is_not_taken_for_a_part_of_a_name(name: str) -> None:
    with pytest.raises(ModelFileError) as caught:
        resolve(name, (BLOB, STUDIO), (), OTHER_NAMES)
    assert caught.value.info.kind is FailureKind.FILE_MISSING


def test_a_file_that_is_there_comes_before_a_part_of_a_name(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "copy.gguf")
    assert resolve(str(path), (BLOB, STUDIO), (), OTHER_NAMES).path == str(path)


def test_models_of_the_same_name_are_told_apart_by_other_names() -> None:
    twice = card("Qwen3 4B", file_name="sha256-" + "1" * 64)
    names = {BLOB.path: ["qwen3:4b"], twice.path: ["qwen3:4b-fp16"]}
    with pytest.raises(RequestError) as caught:
        resolve("Qwen3 4B", (BLOB, twice), (), names)
    assert caught.value.info.facts["candidates"] == "qwen3:4b, qwen3:4b-fp16"


def test_an_entry_is_meant_by_its_whole_id_first() -> None:
    entries = (tiny_entry(identifier="phi-4-mini"), tiny_entry(identifier="phi-4"))
    with pytest.raises(RequestError) as caught:
        resolve("phi-4", (), entries)
    assert caught.value.info.facts["catalogue_id"] == "phi-4"
    with pytest.raises(RequestError) as caught:
        resolve("mini", (), entries)
    assert caught.value.info.facts["catalogue_id"] == "phi-4-mini"


def test_names_like_one_that_is_not_known() -> None:
    known = [f"model-{number}" for number in range(12)]
    assert similar_names("phi4", ["phi-4", "qwen3-4b"]) == "phi-4"
    assert similar_names("zzz", known).endswith("model-7, …")
