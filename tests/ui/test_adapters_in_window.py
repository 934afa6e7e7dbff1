"""Models with an adapter: rows and contenders of their own."""

from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from tests.ui.fakes import LARGE, SMALL, FakeModels
from tests.ui.program import Program

from large_enough.domain.found_model import AdaptedModel
from large_enough.domain.model_card import Adapter, ModelCard
from large_enough.resources.settings import load_settings
from large_enough.ui.model_rows import ModelRow, Room

PIRATE = Adapter(path="/models/pirate.gguf", name="Pirate", size_bytes=1_000_000)
ADAPTED = SMALL.with_adapter(PIRATE)


@pytest.fixture
def adapted(models: FakeModels) -> AdaptedModel:
    found = msgspec.structs.replace(models.found_of(SMALL), card=ADAPTED, shown_name=ADAPTED.name)
    one = AdaptedModel(found=found, base_model="Small One", is_meant=True)
    models.adapted = (one,)
    return one


def open_models(qtbot: QtBot, program: Program) -> None:
    program.start(qtbot)
    program.window.rail.models.click()
    qtbot.waitUntil(lambda: all(row.room is not Room.NOT_KNOWN for row in rows(program)))


def rows(program: Program) -> tuple[ModelRow, ...]:
    return program.models.table.rows


def contenders(program: Program) -> list[str]:
    return [card.reference for card in program.arena.pane_row.cards]


@pytest.mark.usefixtures("adapted")
class TestAdapted:
    """An adapter that its model takes."""

    def test_it_is_a_row_behind_its_model(self, qtbot: QtBot, program: Program) -> None:
        open_models(qtbot, program)
        names = [row.name for row in rows(program)]
        assert names == ["Small One", "Small One + Pirate", "Large One"]
        assert program.models.facts.text().startswith("2 models")

    def test_its_card_tells_of_the_adapter(self, qtbot: QtBot, program: Program) -> None:
        open_models(qtbot, program)
        program.models.table.go_to(ADAPTED.reference)
        panel = program.models.panel
        assert panel.name.text() == "Small One + Pirate"
        assert panel.origin.text() == "With an adapter that was made for Small One."
        assert PIRATE.path in {label.text() for label in panel.findChildren(QLabel)}
        assert not panel.copies_button.isVisible()
        assert not panel.remove_button.isVisible()

    def test_it_takes_part_beside_its_model(
        self, qtbot: QtBot, program: Program, folder: Path
    ) -> None:
        open_models(qtbot, program)
        program.models.table.go_to(ADAPTED.reference)
        program.models.panel.letters.actions()[1].trigger()
        assert contenders(program) == [SMALL.reference, ADAPTED.reference]
        picker = program.arena.pane_row.panes["B"].head.picker
        assert picker.accessibleName() == "Model of contender B: Small One + Pirate"
        assert load_settings(folder)[0].last_contenders == (SMALL.path, ADAPTED.reference)

    def test_it_takes_part_again_the_next_time(self, qtbot: QtBot, program: Program) -> None:
        program.start(qtbot, (ADAPTED.reference, LARGE.path))
        assert contenders(program) == [ADAPTED.reference, LARGE.reference]
        assert not program.window.notices.isVisible()

    def test_changing_to_it_begins_a_new_conversation(self, qtbot: QtBot, program: Program) -> None:
        program.start(qtbot, (SMALL.path, LARGE.path))
        program.arena.pane_row.panes["A"].answer.add_text("old")
        program.arena.pane_row.panes["A"].answer.finish()
        program.arena.put_model("A", ADAPTED)
        assert program.arena.pane_row.panes["A"].answer.raw == ""

    def test_it_is_in_the_menus_and_marked_there(self, qtbot: QtBot, program: Program) -> None:
        program.start(qtbot, (ADAPTED.reference, LARGE.path))
        menu = program.arena.pane_row.panes["A"].head.picker.menu_of_models
        checked = [action.text() for action in menu.actions() if action.isChecked()]
        assert len(checked) == 1
        assert checked[0].startswith("Small One + Pirate")

    def test_its_round_keeps_it(self, qtbot: QtBot, program: Program) -> None:
        program.start(qtbot, (ADAPTED.reference, LARGE.path))
        program.arena.ask()
        (plan,) = program.runner.plans
        assert [one.card.adapter for one in plan.contenders] == [PIRATE, None]

    def test_both_files_are_checked(self, qtbot: QtBot, program: Program) -> None:
        open_models(qtbot, program)
        program.models.table.go_to(ADAPTED.reference)
        panel = program.models.panel
        panel.check.button.click()
        qtbot.waitUntil(lambda: not panel.check.is_running)
        qtbot.waitUntil(lambda: any("cdcd" in label.text() for label in panel.findChildren(QLabel)))


def test_an_adapter_of_another_model_is_said_to_be_one(
    qtbot: QtBot, program: Program, models: FakeModels, adapted: AdaptedModel
) -> None:
    odd = msgspec.structs.replace(adapted, base_model="Other One", is_meant=False)
    models.adapted = (odd,)
    open_models(qtbot, program)
    program.models.table.go_to(ADAPTED.reference)
    origin = program.models.panel.origin
    assert origin.text().startswith("The adapter was made for another model, Other One.")
    assert origin.property("tone") == "warning"


def test_two_adapters_of_one_model_are_two_contenders(program: Program) -> None:
    other = SMALL.with_adapter(msgspec.structs.replace(PIRATE, path="/models/poet.gguf"))
    cards: tuple[ModelCard, ...] = (ADAPTED, other)
    program.arena.show_contenders(cards)
    assert contenders(program) == [ADAPTED.reference, other.reference]
