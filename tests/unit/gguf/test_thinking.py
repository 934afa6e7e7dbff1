"""Which models think, and how many of their weights a token uses."""

import pytest
from tests.unit.gguf.test_memory import header, tensor

from large_enough.domain.quantity import Unavailable
from large_enough.gguf.active_parameters import active_parameter_count
from large_enough.gguf.thinking import THINKING_TAGS, thinks
from large_enough.worker.thoughts import FAMILIES

WEIGHT = tensor("blk.0.ffn_up.weight", (8, 8), 0, 1000)
EXPERTS = tensor("blk.0.ffn_up_exps.weight", (8, 8, 8), 0, 8000)


def test_every_family_of_thoughts_is_known() -> None:
    assert {family.signature for family in FAMILIES} == set(THINKING_TAGS)


@pytest.mark.parametrize(("used", "active"), [(2, 64 + 128), (1, 64 + 64)])
def test_experts_count_by_their_share(used: int, active: int) -> None:
    mixture = header("llama", (WEIGHT, EXPERTS), expert_used_count=used, expert_count=8)
    assert active_parameter_count(mixture) == active


def test_all_weights_of_a_dense_model_are_in_use() -> None:
    assert active_parameter_count(header("llama", (WEIGHT,))) == 64


def test_experts_without_a_number_are_not_guessed() -> None:
    assert isinstance(active_parameter_count(header("llama", (WEIGHT, EXPERTS))), Unavailable)


def test_without_a_template_nothing_is_said() -> None:
    assert isinstance(thinks(header("llama", (WEIGHT,))), Unavailable)
