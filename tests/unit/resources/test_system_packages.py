import pytest

from large_enough.resources.system_packages import (
    family_of,
    font_package,
    install_commands,
    install_line,
    packages_of,
    x_server_package,
)

EVERY_LIBRARY = (
    "libEGL.so.1",
    "libGL.so.1",
    "libX11-xcb.so.1",
    "libX11.so.6",
    "libdbus-1.so.3",
    "libfontconfig.so.1",
    "libfreetype.so.6",
    "libglib-2.0.so.0",
    "libgthread-2.0.so.0",
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-image.so.0",
    "libxcb-keysyms.so.1",
    "libxcb-randr.so.0",
    "libxcb-render-util.so.0",
    "libxcb-render.so.0",
    "libxcb-shape.so.0",
    "libxcb-shm.so.0",
    "libxcb-sync.so.1",
    "libxcb-util.so.1",
    "libxcb-xfixes.so.0",
    "libxcb-xkb.so.1",
    "libxcb.so.1",
    "libxkbcommon-x11.so.0",
    "libxkbcommon.so.0",
)
"""What Qt misses on a minimal Debian 12."""


@pytest.mark.parametrize(
    ("release", "family"),
    [
        ({"ID": "debian"}, "debian"),
        ({"ID": "ubuntu", "ID_LIKE": "debian"}, "debian"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "debian"),
        ({"ID": "fedora"}, "fedora"),
        ({"ID": "rhel", "ID_LIKE": "fedora"}, "fedora"),
        ({"ID": "arch"}, ""),
        ({}, ""),
    ],
)
def test_family(release: dict[str, str], family: str):
    assert family_of(release) == family


@pytest.mark.parametrize("family", ["debian", "fedora"])
@pytest.mark.parametrize("library", EVERY_LIBRARY)
def test_every_library_has_a_package(family: str, library: str):
    assert packages_of([library], family)


def test_packages_are_named_once_and_sorted():
    libraries = ["libxcb-cursor.so.0", "libgthread-2.0.so.0", "libglib-2.0.so.0"]
    assert packages_of(libraries, "debian") == ("libglib2.0-0", "libxcb-cursor0")


def test_fedora_has_the_extensions_of_xcb_in_one_package():
    assert packages_of(["libxcb-randr.so.0", "libxcb-xkb.so.1"], "fedora") == ("libxcb",)


def test_what_is_not_known_is_left_out():
    assert packages_of(["libunheard.so.1"], "debian") == ()
    assert packages_of(["libunheard.so.1"], "fedora") == ()
    assert packages_of(["libGL.so.1"], "") == ()


def test_commands_of_debian():
    assert install_line(["a", "b"], "debian") == (
        "sudo apt-get update && sudo apt-get install -y a b"
    )
    update, install = install_commands(["a"], "debian")
    assert update[:2] == ("apt-get", "update")
    assert install[-1] == "a"


def test_commands_of_fedora():
    assert install_line(["a"], "fedora") == "sudo dnf install -y a"
    assert install_commands(["a"], "fedora") == (("dnf", "install", "-y", "a"),)


def test_no_command_for_nothing_or_for_unknown_systems():
    assert install_line([], "debian") == ""
    assert install_line(["a"], "") == ""
    assert install_commands(["a"], "") == ()


def test_fonts_and_display_server():
    assert font_package("debian") == "fonts-dejavu-core"
    assert x_server_package("debian") == "xvfb"
    assert font_package("") == x_server_package("") == ""
