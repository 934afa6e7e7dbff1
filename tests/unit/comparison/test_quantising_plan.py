"""What quantising will give."""

from pathlib import Path

import msgspec
import pytest
from tests.helpers.gguf_files import write_gguf
from tests.helpers.rounds import scripted_card, write_script

from large_enough.comparison.quantising_plan import plan_quantising, possible_plans
from large_enough.domain.errors import FailureKind, ModelFileError, RequestError
from large_enough.domain.model_card import ModelCard
from large_enough.gguf.card import read_card

SHAPES = {"token_embd.weight": (64, 3), "blk.0.attn_q.weight": (64, 64)}


@pytest.fixture
def card(tmp_path: Path) -> ModelCard:
    return read_card(write_gguf(tmp_path / "tiny-f32.gguf", shapes=SHAPES))


def refusal(card: ModelCard, type_name: str) -> RequestError:
    with pytest.raises(RequestError) as caught:
        plan_quantising(card, type_name, Path("models"))
    assert caught.value.info.kind is FailureKind.BAD_SETTING
    return caught.value


def test_a_plan_says_where_and_how_large(card: ModelCard, tmp_path: Path) -> None:
    plan = plan_quantising(card, "q8_0", tmp_path / "copies")
    assert plan.target_path == tmp_path / "copies" / "tiny.Q8_0.gguf"
    assert plan.forecast.type_name == "Q8_0"
    assert plan.forecast.size_bytes < card.size_bytes
    assert not plan.is_larger
    assert not plan.is_requantised
    assert not plan.target_path.parent.exists()


def test_a_larger_copy_is_known_as_such(card: ModelCard, tmp_path: Path) -> None:
    small = msgspec.structs.replace(card, size_bytes=100)
    assert plan_quantising(small, "F16", tmp_path).is_larger


def test_types_are_named_when_one_is_unknown(card: ModelCard) -> None:
    facts = refusal(card, "Q9").info.facts
    assert facts["problem"] == "there is no such type"
    assert "Q4_K_M" in str(facts["allowed"])


def test_the_same_type_again_makes_no_sense(card: ModelCard) -> None:
    same = msgspec.structs.replace(card, quantisation="Q8_0")
    assert refusal(same, "q8_0").info.facts["problem"] == "the model is of that type already"


def test_a_script_has_no_weights(tmp_path: Path) -> None:
    assert "scripted" in str(refusal(scripted_card(write_script(tmp_path, "ant")), "Q8_0").info)


def test_a_file_that_has_gone(card: ModelCard) -> None:
    Path(card.path).unlink()
    with pytest.raises(ModelFileError) as caught:
        plan_quantising(card, "Q8_0", Path("models"))
    assert caught.value.info.kind is FailureKind.FILE_MISSING


def test_everything_that_can_be_made_is_known_at_once(card: ModelCard, tmp_path: Path) -> None:
    half = msgspec.structs.replace(card, quantisation="F16")
    names = [plan.forecast.type_name for plan in possible_plans(half, tmp_path)]
    assert (names[0], names[-1]) == ("BF16", "Q2_K")
    assert "F16" not in names


def test_a_script_cannot_be_quantised_to_anything(tmp_path: Path) -> None:
    with pytest.raises(RequestError) as caught:
        possible_plans(scripted_card(write_script(tmp_path, "ant")), tmp_path)
    assert "no weights" in str(caught.value.info.facts["problem"])
