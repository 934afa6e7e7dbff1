"""What the command prints, and what it tells the shell."""

import io
from pathlib import Path

import pytest
from rich.console import Console
from tests.helpers.fit_world import FakeEngine, sources, write_card
from tests.helpers.records import make_card

from large_enough.cli.fit_view import fit_document, show_fits
from large_enough.cli.models_fit import exit_code_of
from large_enough.comparison.fitting import fit_models
from large_enough.domain.fit import GroupFit
from large_enough.domain.generation import LoadSettings
from large_enough.domain.model_card import BackendKind


def group(tmp_path: Path, available_bytes: int) -> GroupFit:
    cards = [write_card(tmp_path / "One.gguf"), make_card("Script", backend=BackendKind.ECHO)]
    wishes = [(card, LoadSettings()) for card in cards]
    return fit_models(wishes, sources(FakeEngine(), available_bytes), together=False)


def shown(found: GroupFit) -> str:
    text = io.StringIO()
    show_fits(Console(file=text, width=40), found)
    return text.getvalue()


@pytest.mark.parametrize(
    ("available_bytes", "verdict", "exit_code"),
    [(100_000_000_000, "fits", 0), (1_870_000_000, "tight", 0), (500_000_000, "does not fit", 1)],
)
def test_verdicts(tmp_path: Path, available_bytes: int, verdict: str, exit_code: int) -> None:
    found = group(tmp_path, available_bytes)
    row = shown(found).splitlines()[1]
    assert row.startswith("One")
    assert verdict in row
    assert exit_code_of(found) == exit_code


def test_columns_are_aligned_and_long_lines_are_not_broken(tmp_path: Path) -> None:
    lines = shown(group(tmp_path, 500_000_000)).splitlines()
    assert (
        len({line.index(word) for line, word in zip(lines, ("verdict", "does"), strict=False)}) == 1
    )
    assert any(len(line) > 60 for line in lines)
    assert "Script   " in lines[2]


def test_a_scripted_model_is_no_failure(tmp_path: Path) -> None:
    found = group(tmp_path, 100_000_000_000)
    assert "It is scripted" in shown(found)
    models = fit_document(found)["models"]
    assert isinstance(models, list)
    assert [model["type"] for model in models] == ["fit", "unjudged"]
    assert models[0]["verdict"] == "fits"
