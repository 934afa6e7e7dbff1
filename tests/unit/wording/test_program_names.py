import pytest

from large_enough.domain.found_model import OTHER_APPS, ModelApp
from large_enough.wording.program_names import PROGRAM_NAMES, keeper_text


def test_every_other_program_has_a_name() -> None:
    assert set(PROGRAM_NAMES) == set(OTHER_APPS)


@pytest.mark.parametrize("app", ModelApp)
def test_every_keeper_can_be_told(app: ModelApp) -> None:
    assert keeper_text(app)


def test_names_are_those_of_their_makers() -> None:
    assert keeper_text(ModelApp.LLAMA_CPP) == "llama.cpp"
    assert keeper_text(ModelApp.OWN) == "models folder"
