"""The drawer with the settings of the answers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from large_enough.resources.settings import AskingChoices
from large_enough.ui.asking_specs import answer_specs, loading_specs, sampling_specs
from large_enough.ui.setting_numbers import read_number
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.asking_drawer import AskingDrawer

SPECS = {spec.field: spec for spec in (*answer_specs(), *sampling_specs(), *loading_specs())}


@pytest.fixture
def drawer(qtbot: QtBot, theme: Theme) -> AskingDrawer:
    made = AskingDrawer(theme)
    qtbot.addWidget(made)
    made.resize(348, 600)
    made.show()
    return made


def write(qtbot: QtBot, drawer: AskingDrawer, field: str, text: str) -> None:
    line = drawer.numbers[field].field
    line.clear()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_the_usual_values_stand_in_the_empty_fields(drawer: AskingDrawer):
    hints = {field: row.field.placeholderText() for field, row in drawer.numbers.items()}
    assert hints == {
        "max_tokens": "512",
        "temperature": "0",
        "top_k": "40",
        "top_p": "0.95",
        "min_p": "0.05",
        "repeat_penalty": "1",
        "seed": "1",
        "context_tokens": "4096",
        "gpu_layers": "0",
        "thread_count": "automatic",
    }
    assert drawer.choices == AskingChoices()
    assert not drawer.reset_button.isEnabled()


def test_every_field_says_its_range(drawer: AskingDrawer):
    words = drawer.numbers["temperature"].explanation.text()
    assert words.endswith("higher values vary more. From 0 to 5.")
    assert drawer.numbers["temperature"].field.accessibleDescription() == words
    assert "From -1 to 10,000,000." in drawer.numbers["gpu_layers"].explanation.text()


def test_what_is_written_is_told(qtbot: QtBot, drawer: AskingDrawer):
    told: list[AskingChoices] = []
    drawer.changed.connect(told.append)
    write(qtbot, drawer, "temperature", "0,8")
    write(qtbot, drawer, "max_tokens", "64")
    drawer.system_box.insertPlainText("Be brief.")
    drawer.thinking.parts[2].click()
    drawer.cache.parts[1].click()
    drawer.completion.click()
    assert told[-1] == AskingChoices(
        temperature=0.8,
        max_tokens=64,
        system="Be brief.",
        thinking=False,
        cache_type="q8_0",
        is_completion=True,
    )
    assert drawer.reset_button.isEnabled()


def test_back_to_the_usual_values(qtbot: QtBot, drawer: AskingDrawer):
    drawer.show_choices(AskingChoices(seed=7, system="Be brief.", thinking=True))
    assert drawer.numbers["seed"].field.text() == "7"
    assert drawer.system_box.toPlainText() == "Be brief."
    with qtbot.waitSignal(drawer.changed) as told:
        drawer.reset_button.click()
    assert told.args == [AskingChoices()]
    assert drawer.numbers["seed"].field.text() == ""
    assert drawer.thinking.index == 0


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("temperature", "hot", "“hot” is not a number. From 0 to 5. What holds is 0."),
        ("temperature", "9", "“9” is out of range. From 0 to 5. What holds is 0."),
        ("top_k", "1.5", "“1.5” is not a whole number. From 0 to 10,000,000. What holds is 40."),
        ("thread_count", "0", "“0” is out of range. From 1 to 512. What holds is automatic."),
    ],
)
def test_nonsense_is_refused_in_words(
    qtbot: QtBot, drawer: AskingDrawer, field: str, text: str, words: str
):
    write(qtbot, drawer, field, text)
    row = drawer.numbers[field]
    assert row.remark.isVisible()
    assert row.remark.text() == words
    assert row.field.property("isWrong")
    assert row.field.accessibleDescription() == words
    row.field.clear()
    qtbot.keyClick(row.field, Qt.Key.Key_1)
    assert not row.remark.isVisible()


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("context_tokens", "4,096", 4096),
        ("context_tokens", "1 024", 1024),
        ("gpu_layers", "-1", -1),
        ("gpu_layers", "\u22121", -1),
        ("top_p", ".5", 0.5),
        ("repeat_penalty", "1,1", 1.1),
        ("seed", "4294967294", 4_294_967_294),
        ("seed", "  ", None),
    ],
)
def test_numbers_are_read_as_people_write_them(field: str, text: str, value: float | None):
    spec = SPECS[field]
    read = read_number(text, spec)
    assert read == value
    if isinstance(read, int | float):
        assert read_number(spec.number_text(read), spec) == value


@pytest.mark.parametrize("text", ["1e5", "inf", "nan", "--1", "1.2.3", "0x10", "9" * 400])
def test_other_things_are_no_numbers(text: str):
    assert type(read_number(text, SPECS["top_k"])).__name__ == "Unavailable"


def test_every_control_has_a_name_and_takes_the_keyboard(drawer: AskingDrawer):
    controls = [
        *drawer.findChildren(QLineEdit),
        *drawer.findChildren(QPlainTextEdit),
        *drawer.findChildren(QAbstractButton),
    ]
    shown = [control for control in controls if control.isVisible()]
    assert len(shown) >= 20
    choices = (*drawer.thinking.parts, *drawer.cache.parts)  # arrows lead from one to the next
    for control in shown:
        named = control.accessibleName() or getattr(control, "text", str)()
        assert named, control
        takes_tab = bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus)
        assert takes_tab is (control not in choices or control.isChecked())
