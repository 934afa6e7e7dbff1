"""What is proposed for a comparison, and in which order."""

from large_enough.comparison.model_marks import ModelRole
from large_enough.comparison.proposals import MOST_PROPOSALS, proposals
from large_enough.domain.pairing import Candidate, Ladder, LadderKind, Pair
from large_enough.resources.settings import ModelMark

QUANTISATIONS = ("Q2_K", "Q3_K_M", "Q4_K_M", "Q5_K_M", "Q6_K", "Q8_0")


def model(family: str, billions: float = 1.0, quantisation: str = "Q4_K_M") -> Candidate:
    name = f"{family} {billions:g}B"
    return Candidate(
        name=name,
        family=family,
        variant="instruct",
        parameter_count=round(billions * 1e9),
        size_label=f"{billions:g}B",
        quantisation=quantisation,
        size_bytes=round(billions * 1e9 * (1 + QUANTISATIONS.index(quantisation)) / 8),
        path=f"/models/{name}.{quantisation}.gguf",
    )


def marked(one: Candidate, role: ModelRole) -> dict[str, ModelMark]:
    return {one.path: ModelMark(fingerprint="f", role=role.value)}


def test_what_the_user_meant_comes_first() -> None:
    small, middle, large = model("One", 1), model("One", 4), model("Two", 1.1)
    marks = {**marked(small, ModelRole.DOMAIN), **marked(large, ModelRole.LARGE)}
    first, second, *_others = proposals((small, middle, large), marks)
    assert first.is_by_role
    assert first.members == (small, large)
    assert not second.is_by_role
    assert second.members == (small, middle)


def test_a_role_on_one_side_alone_means_nothing() -> None:
    small, large = model("One", 1), model("One", 4)
    (only,) = proposals((small, large), marked(large, ModelRole.LARGE))
    assert not only.is_by_role


def test_a_ladder_has_as_many_steps_as_can_take_part() -> None:
    steps = tuple(model("One", quantisation=name) for name in QUANTISATIONS)
    first, ladder, *_pairs = proposals(steps, {})
    assert isinstance(first.common, Pair)
    assert isinstance(ladder.common, Ladder)
    assert ladder.common.kind is LadderKind.QUANTISATIONS
    assert [step.quantisation for step in ladder.members] == ["Q2_K", "Q4_K_M", "Q5_K_M", "Q8_0"]
    assert ladder.common.steps == ladder.members


def test_the_same_models_are_proposed_once() -> None:
    small, large = model("One", 1), model("One", 4)
    marks = {**marked(small, ModelRole.SMALL), **marked(large, ModelRole.LARGE)}
    assert len(proposals((small, large), marks)) == 1


def test_there_is_an_end() -> None:
    many = tuple(model(f"Family {number}", 1 + number) for number in range(12))
    assert len(proposals(many, {})) == MOST_PROPOSALS
