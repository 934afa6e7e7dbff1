"""The archive with real files, and the drawings that are painted from its rounds."""

import os
from pathlib import Path

import msgspec
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from tests.helpers.records import make_card, make_done, make_machine, make_plan, make_record

from large_enough.domain.costing import Costing
from large_enough.domain.model_card import BackendKind
from large_enough.figures.primitives import (
    ColourRole,
    Drawing,
    Line,
    Marker,
    Point,
    Polyline,
    Rectangle,
    Text,
)
from large_enough.resources.paths import HOME_VARIABLE
from large_enough.store.example_race import example_race
from large_enough.store.run_log import RoundLog
from large_enough.ui.archive import ELSEWHERE, Archive, Format, Wish
from large_enough.ui.background import Background
from large_enough.ui.drawing_painter import colours_of, paint_drawing
from large_enough.ui.past_rounds import PastRounds
from large_enough.ui.tokens import DARK, LIGHT, Tokens

COSTING = Costing()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def archive(home: Path) -> Archive:
    return Archive({**os.environ, HOME_VARIABLE: str(home)})


def write_round(home: Path) -> Path:
    folder = home / "data" / "rounds"
    with RoundLog.create(
        folder, make_plan(), make_machine(), "2026-05-04T10:00:00+00:00", 1
    ) as log:
        log.append(make_done("A"))
        log.append(make_done("B"))
        log.finish()
        return log.path


def test_rounds_are_found_and_read(home: Path, archive: Archive):
    assert archive.find(Wish()) == ()
    path = write_round(home)
    (summary,) = archive.find(Wish(text="fee"))
    assert summary.path == str(path)
    assert archive.find(Wish(text="weather", is_everything=True)) == ()
    logged = archive.read(summary.path)
    assert logged.problem is None
    assert logged.record is not None
    assert logged.record.is_complete


def test_the_example_can_be_read(archive: Archive):
    logged = archive.example()
    assert logged.problem is None
    assert logged.record is not None


@pytest.mark.parametrize("form", Format)
def test_documents_are_written_in_one_step(archive: Archive, tmp_path: Path, form: Format):
    data = archive.document(make_record([make_done("A"), make_done("B")]), form, COSTING)
    target = tmp_path / "out" / f"round.{form.value}"
    archive.save(str(target), data)
    assert target.read_bytes() == data
    assert [file.name for file in target.parent.iterdir()] == [target.name]


def test_a_folder_in_the_way_is_an_error(archive: Archive, tmp_path: Path):
    with pytest.raises(OSError, match=r"director|folder|exists|denied"):
        archive.save(str(tmp_path), b"data")


def test_speed_is_only_explained_on_the_machine_it_was_recorded_on(archive: Archive):
    record = msgspec.structs.replace(example_race(), machine=make_machine())
    words = archive.why_speed(record, lambda: True)
    assert [sentence[:20] for sentence in words] == ["A: Each token reads ", "B: Each token reads "]
    assert all(ELSEWHERE.reason in sentence for sentence in words)


def test_scripted_answers_need_no_explanation(archive: Archive):
    plan = make_plan(make_card(backend=BackendKind.ECHO))
    (words,) = archive.why_speed(make_record([make_done("A")], plan), lambda: True)
    assert "the answer is scripted" in words


def test_a_measurement_ends_with_the_program(archive: Archive, background: Background):
    rounds = PastRounds(archive, background, lambda: False)
    assert not rounds._is_busy()
    rounds.close()
    assert rounds._is_busy()


# --- drawings


def painted(drawing: Drawing, tokens: Tokens) -> QImage:
    image = QImage(100, 100, QImage.Format.Format_ARGB32)
    image.fill(QColor(tokens.card))
    painter = QPainter(image)
    paint_drawing(painter, drawing, tokens)
    painter.end()
    return image


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_everything_is_painted_where_it_belongs(qapp: QApplication, tokens: Tokens):
    drawing = Drawing(
        width=100,
        height=100,
        title="t",
        summary="s",
        primitives=(
            Rectangle(corner=Point(0, 0), width=20, height=20, role=ColourRole.CONTENDER_A),
            Line(start=Point(0, 50), end=Point(100, 50), role=ColourRole.INK, width=4),
            Polyline(points=(Point(60, 10), Point(90, 10)), role=ColourRole.CONTENDER_B, width=6),
            Marker(middle=Point(50, 80), letter="D", size=30),
            Text(place=Point(0, 98), text="x", role=ColourRole.SOFT_INK),
        ),
    )
    image, colours = painted(drawing, tokens), colours_of(tokens)
    assert set(colours) == set(ColourRole)
    for (x, y), role in (
        ((10, 10), ColourRole.CONTENDER_A),
        ((50, 50), ColourRole.INK),
        ((75, 10), ColourRole.CONTENDER_B),
        ((40, 70), ColourRole.CONTENDER_D),
        ((50, 30), ColourRole.GROUND),
    ):
        assert image.pixelColor(x, y).name() == colours[role]


def test_dashes_leave_gaps(qapp: QApplication):
    dashed = Polyline(
        points=(Point(0, 10), Point(100, 10)), role=ColourRole.INK, width=2, dashes=(10, 10)
    )
    drawing = Drawing(width=100, height=100, title="t", summary="s", primitives=(dashed,))
    image = painted(drawing, LIGHT)
    names = [image.pixelColor(x, 10).name() for x in (5, 15, 25, 35)]
    assert names == [LIGHT.ink, LIGHT.card, LIGHT.ink, LIGHT.card]
