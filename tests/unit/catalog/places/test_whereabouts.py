from pathlib import Path

import pytest

from large_enough.catalog.places.whereabouts import Whereabouts

HOME = Path("/home/ada").absolute()


def user(platform: str, **environ: str) -> Whereabouts:
    return Whereabouts(environ, HOME, platform)


@pytest.mark.parametrize(
    ("platform", "data", "local_data", "config", "caches"),
    [
        ("linux", ".local/share", ".local/share", ".config", ".cache"),
        ("freebsd14", ".local/share", ".local/share", ".config", ".cache"),
        (
            "darwin",
            "Library/Application Support",
            "Library/Application Support",
            "Library/Application Support",
            "Library/Caches",
        ),
        ("win32", "AppData/Roaming", "AppData/Local", "AppData/Roaming", "AppData/Local"),
    ],
)
def test_usual_folders(platform: str, data: str, local_data: str, config: str, caches: str) -> None:
    one = user(platform)
    assert one.data == HOME / data
    assert one.local_data == HOME / local_data
    assert one.config == HOME / config
    assert one.caches == HOME / caches


def test_folders_that_were_moved() -> None:
    linux = user("linux", XDG_DATA_HOME="/d", XDG_CONFIG_HOME="/c", XDG_CACHE_HOME="/x")
    assert (linux.data, linux.config, linux.caches) == (Path("/d"), Path("/c"), Path("/x"))
    windows = user("win32", APPDATA="/roaming", LOCALAPPDATA="/local")
    assert (windows.data, windows.local_data) == (Path("/roaming"), Path("/local"))
    assert (windows.config, windows.caches) == (Path("/roaming"), Path("/local"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" /models \n", Path("/models")),
        ("~", HOME),
        ("~/models", HOME / "models"),
        ("models", None),
        ("../models", None),
        ("", None),
        ("/a\0b", None),
    ],
)
def test_only_absolute_paths_are_taken(text: str, expected: Path | None) -> None:
    assert user("linux").absolute(text) == expected
    assert user("linux", SOME=text).named("SOME") == expected


def test_the_home_is_that_of_the_environment() -> None:
    environ = {"HOME": "/home/grace", "USERPROFILE": "/users/grace"}
    assert Whereabouts.of_user(environ, "linux").home == Path("/home/grace")
    assert Whereabouts.of_user(environ, "win32").home == Path("/users/grace")
    assert Whereabouts.of_user({}, "linux").home == Path.home()
