"""Quantised copies: chosen, made, given up, shown with their parent."""

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from tests.helpers.records import make_card
from tests.ui.fake_maker import FakeMaker, make_parentage
from tests.ui.fakes import SMALL, FakeForecaster, FakeModels
from tests.ui.program import Program

from large_enough.comparison.quantising_plan import QuantisingPlan
from large_enough.domain.errors import EngineError, FailureKind
from large_enough.ui.widgets.quantise_dialog import QuantiseDialog


def open_dialog(qtbot: QtBot, program: Program) -> QuantiseDialog:
    """Go to the first model and want copies of it."""
    if not program.window.isVisible():
        program.start(qtbot)
    program.window.rail.models.click()
    program.models.table.go_to(SMALL.path)
    program.models.panel.copies_button.click()
    qtbot.waitUntil(lambda: bool(program.window.findChildren(QuantiseDialog)))
    (dialog,) = program.window.findChildren(QuantiseDialog)
    return dialog


def choose(dialog: QuantiseDialog, *type_names: str) -> None:
    for row in dialog.rows:
        if row.plan.forecast.type_name in type_names:
            row.switch.click()


def make(qtbot: QtBot, program: Program, *type_names: str) -> None:
    dialog = open_dialog(qtbot, program)
    choose(dialog, *type_names)
    dialog.make_button.click()


def shown_types(dialog: QuantiseDialog) -> list[str]:
    return [row.plan.forecast.type_name for row in dialog.rows if row.isVisible()]


def test_types_are_offered_with_their_size_and_use(qtbot: QtBot, program: Program) -> None:
    dialog = open_dialog(qtbot, program)
    assert shown_types(dialog) == ["F16", "Q8_0", "Q4_K_M", "Q2_K"]
    row = next(row for row in dialog.rows if row.plan.forecast.type_name == "Q4_K_M")
    assert row.switch.accessibleName() == "Q4_K_M"
    assert row.switch.accessibleDescription() == (
        "about 29 MB, 30 % of the original, 4.8 bits for each weight. the usual choice for "
        "laptops: small, and most answers stay as good"
    )
    assert not dialog.make_button.isEnabled()
    dialog.all_button.click()
    assert "Q4_0" in shown_types(dialog)
    dialog.cancel_button.click()


def test_the_room_is_told_before(qtbot: QtBot, program: Program, maker: FakeMaker) -> None:
    maker.free_bytes = 60_000_000
    dialog = open_dialog(qtbot, program)
    choose(dialog, "Q4_K_M", "Q2_K")
    assert dialog.make_button.text() == "Make 2 copies"
    assert dialog.room.text() == "That needs 50 MB of the 60 MB that are free on the disk."
    choose(dialog, "Q8_0")
    assert dialog.room.text().startswith("The disk has no room for that")
    assert not dialog.make_button.isEnabled()
    dialog.cancel_button.click()


def test_rounding_twice_is_said_before(qtbot: QtBot, program: Program, maker: FakeMaker) -> None:
    maker.twice_rounded = 0.9
    dialog = open_dialog(qtbot, program)
    assert "quality suffers twice" in dialog.remarks.text()
    assert dialog.remarks.isVisible()
    dialog.cancel_button.click()


def test_what_is_there_is_not_made_again(qtbot: QtBot, program: Program, maker: FakeMaker) -> None:
    maker.present = frozenset({"Q8_0"})
    dialog = open_dialog(qtbot, program)
    row = next(row for row in dialog.rows if row.plan.forecast.type_name == "Q8_0")
    assert not row.switch.isEnabled()
    assert "here already" in row.switch.accessibleDescription()
    dialog.cancel_button.click()


def test_copies_are_made_one_after_the_other_and_join_the_table(
    qtbot: QtBot, program: Program, models: FakeModels, maker: FakeMaker
) -> None:
    def arrive(plan: QuantisingPlan) -> None:
        path, type_name = str(plan.target_path), plan.forecast.type_name
        card = msgspec.structs.replace(
            make_card(f"Small One {type_name}"), path=path, quantisation=type_name
        )
        models.cards += (card,)
        maker.known_parents[path] = make_parentage(plan.parent, type_name, was_quantised=True)

    maker.on_made = arrive
    make(qtbot, program, "Q8_0", "Q4_K_M")
    qtbot.waitUntil(lambda: len(program.models.table.rows) == 4)
    assert maker.asked == ["Q8_0", "Q4_K_M"]
    qtbot.waitUntil(lambda: program.models.table.current_key.endswith("Q4_K_M.gguf"))
    origin = program.models.panel.origin
    qtbot.waitUntil(
        lambda: (
            origin.text()
            == "Q4_K_M, made here from Small One (Q4_1). Its weights were rounded twice."
        )
    )
    assert program.window.notices.words.startswith("Q4_K_M of Small One is here")
    assert not program.models.making.isVisible()


def test_how_far_it_is_is_shown(qtbot: QtBot, program: Program, maker: FakeMaker) -> None:
    maker.may_finish.clear()
    make(qtbot, program, "Q8_0", "Q4_K_M")
    band = program.models.making
    qtbot.waitUntil(lambda: "43 %, 12 s left" in band.words.text())
    assert band.title.text() == "Making Q8_0 of Small One, copy 1 of 2"
    assert band.progress.fraction == 0.43
    maker.may_finish.set()
    qtbot.waitUntil(lambda: not band.isVisible())


def test_copies_can_be_given_up(qtbot: QtBot, program: Program, maker: FakeMaker) -> None:
    maker.may_finish.clear()
    make(qtbot, program, "Q8_0", "Q4_K_M")
    band = program.models.making
    qtbot.waitUntil(band.isVisible)
    band.cancel_button.click()
    qtbot.waitUntil(lambda: not band.isVisible())
    assert maker.asked == ["Q8_0"]
    assert not program.arena.prompt_card.is_hindered


def test_one_that_fails_is_told_and_the_others_are_made(
    qtbot: QtBot, program: Program, maker: FakeMaker
) -> None:
    maker.failures["Q8_0"] = EngineError(FailureKind.NOT_QUANTISED, "Small One.Q8_0.gguf")
    failures: list[object] = []
    program.models_flow.failed.connect(failures.append)
    make(qtbot, program, "Q8_0", "Q4_K_M")
    qtbot.waitUntil(lambda: program.window.notices.words.startswith("Q4_K_M of Small One is here"))
    assert len(failures) == 1


def test_nothing_can_be_asked_meanwhile(
    qtbot: QtBot, program: Program, maker: FakeMaker, forecaster: FakeForecaster
) -> None:
    maker.may_finish.clear()
    make(qtbot, program, "Q8_0")
    card = program.arena.prompt_card
    assert not card.ask_button.isEnabled()
    assert "A copy of a model is being made" in card.explanation.text()
    program.arena.ask()
    assert program.runner.plans == []
    program.window.rail.doctor.click()
    assert not program.doctor.may_check
    maker.may_finish.set()
    qtbot.waitUntil(card.ask_button.isEnabled)
    program.arena.ask()
    assert len(program.runner.plans) == 1


def test_no_copy_is_made_while_models_answer(
    qtbot: QtBot, program: Program, maker: FakeMaker
) -> None:
    program.start(qtbot)
    program.arena.ask()
    program.window.rail.models.click()
    program.models.panel.copies_button.click()
    assert program.window.notices.words == "A round is running. Make copies once it has ended."
    assert program.window.findChildren(QuantiseDialog) == []


def test_a_round_that_began_behind_the_dialog_goes_first(
    qtbot: QtBot, program: Program, maker: FakeMaker
) -> None:
    dialog = open_dialog(qtbot, program)
    choose(dialog, "Q8_0")
    program.arena.ask()
    dialog.make_button.click()
    assert maker.asked == []
    assert program.window.notices.words == "A round is running. Make copies once it has ended."


def test_the_dialog_is_gone_through_by_keyboard(qtbot: QtBot, program: Program) -> None:
    dialog = open_dialog(qtbot, program)
    row = dialog.rows[0]
    row.switch.setFocus()
    qtbot.keyClick(row.switch, Qt.Key.Key_Space)
    assert dialog.plans == (row.plan,)
    assert dialog.make_button.text() == "Make 1 copy"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: program.window.findChildren(QuantiseDialog) == [])


def test_the_language_waits_for_a_copy(qtbot: QtBot, program: Program, maker: FakeMaker) -> None:
    maker.may_finish.clear()
    make(qtbot, program, "Q8_0")
    assert program.back_rooms.is_at_work
    maker.may_finish.set()
    qtbot.waitUntil(lambda: not program.back_rooms.is_at_work)


def test_it_is_asked_before_a_copy_is_lost(
    qtbot: QtBot, program: Program, maker: FakeMaker
) -> None:
    maker.may_finish.clear()
    make(qtbot, program, "Q8_0")
    program.window.close()
    (box,) = program.window.findChildren(QMessageBox)
    assert box.text() == "A copy of a model is still being made. Give it up and quit?"
    assert program.window.isVisible()
    box.reject()
    maker.may_finish.set()
    qtbot.waitUntil(lambda: not program.arena.is_making)
    program.window.close()
    assert not program.window.isVisible()


def test_one_larger_than_the_original_says_so(
    qtbot: QtBot, program: Program, maker: FakeMaker
) -> None:
    maker.growth = 2.0
    dialog = open_dialog(qtbot, program)
    assert shown_types(dialog) == ["Q4_K_M", "Q4_0", "Q2_K"]
    dialog.all_button.click()
    row = next(row for row in dialog.rows if row.plan.forecast.type_name == "Q8_0")
    assert "cannot be better" in row.switch.accessibleDescription()
    dialog.cancel_button.click()
