from large_enough.resources.display import Obstacle, ObstacleKind
from large_enough.wording.no_window import no_window_text


def test_no_display():
    assert "no display" in no_window_text(Obstacle(kind=ObstacleKind.NO_DISPLAY))


def test_an_unreachable_display_is_named():
    obstacle = Obstacle(kind=ObstacleKind.DISPLAY_UNREACHABLE, display=":7")
    assert no_window_text(obstacle) == "The display :7 does not answer."


def test_pyside_is_missing():
    assert "PySide6" in no_window_text(Obstacle(kind=ObstacleKind.QT_MISSING))


def test_missing_libraries_come_with_the_command():
    obstacle = Obstacle(
        kind=ObstacleKind.LIBRARIES_MISSING, libraries=("libGL.so.1", "libxcb-cursor.so.0")
    )
    text = no_window_text(obstacle, family="debian")
    assert "libGL.so.1, libxcb-cursor.so.0" in text
    assert text.endswith("sudo apt-get update && sudo apt-get install -y libgl1 libxcb-cursor0")


def test_missing_libraries_where_no_package_is_known():
    obstacle = Obstacle(kind=ObstacleKind.LIBRARIES_MISSING, libraries=("libGL.so.1",))
    assert no_window_text(obstacle, family="").endswith("libGL.so.1.")


def test_the_linkers_own_words_where_nothing_else_is_known():
    obstacle = Obstacle(kind=ObstacleKind.LIBRARIES_MISSING, detail="GLIBC_2.39 not found")
    assert "GLIBC_2.39 not found" in no_window_text(obstacle, family="debian")
