"""Knows which package of a Linux distribution brings a shared library that Qt needs.

Debian's names were tried on Debian 12; on Ubuntu 24.04 some of these packages carry the suffix t64
and still answer to the old name. Fedora's names were not tried.
"""

import platform
from collections.abc import Iterable, Mapping

_DEBIAN = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}

_FEDORA = {
    "libEGL.so.1": "libglvnd-egl",
    "libGL.so.1": "libglvnd-glx",
    "libX11-xcb.so.1": "libX11-xcb",
    "libX11.so.6": "libX11",
    "libbrotlidec.so.1": "libbrotli",
    "libdbus-1.so.3": "dbus-libs",
    "libfontconfig.so.1": "fontconfig",
    "libfreetype.so.6": "freetype",
    "libglib-2.0.so.0": "glib2",
    "libgssapi_krb5.so.2": "krb5-libs",
    "libgthread-2.0.so.0": "glib2",
    "libwayland-client.so.0": "libwayland-client",
    "libwayland-cursor.so.0": "libwayland-cursor",
    "libwayland-egl.so.1": "libwayland-egl",
    "libxcb-cursor.so.0": "xcb-util-cursor",
    "libxcb-icccm.so.4": "xcb-util-wm",
    "libxcb-image.so.0": "xcb-util-image",
    "libxcb-keysyms.so.1": "xcb-util-keysyms",
    "libxcb-render-util.so.0": "xcb-util-renderutil",
    "libxcb-util.so.1": "xcb-util",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11",
    "libxkbcommon.so.0": "libxkbcommon",
    "libz.so.1": "zlib",
    "libzstd.so.1": "libzstd",
}

_FEDORA_XCB = "libxcb"
"""On Fedora one package holds libxcb and its extensions (randr, shape, xkb ...)."""

_FONTS = {"debian": "fonts-dejavu-core", "fedora": "dejavu-sans-fonts"}
_X_SERVERS = {"debian": "xvfb", "fedora": "xorg-x11-server-Xvfb"}


def distribution_family() -> str:
    """Return whose package names hold here: "debian", "fedora", or "" for any other system."""
    try:
        return family_of(platform.freedesktop_os_release())
    except OSError:  # no /etc/os-release
        return ""


def family_of(release: Mapping[str, str]) -> str:
    """Return the family that the fields of an os-release file name.

    Args:
        release: `ID` and `ID_LIKE` are looked at.
    """
    names = [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
    if "debian" in names or "ubuntu" in names:
        return "debian"
    return "fedora" if "fedora" in names else ""


def packages_of(libraries: Iterable[str], family: str) -> tuple[str, ...]:
    """Return the packages that bring these libraries, each once, sorted.

    Args:
        libraries: Names as the linker has them, for example "libxcb-cursor.so.0".
        family: Whose package names to use. A library whose package is not known is left out.
    """
    return tuple(sorted({_package_of(library, family) for library in libraries} - {""}))


def font_package(family: str) -> str:
    """Return a package with a plain font; empty if none is known."""
    return _FONTS.get(family, "")


def x_server_package(family: str) -> str:
    """Return the package of a display server without a screen; empty if none is known."""
    return _X_SERVERS.get(family, "")


def install_commands(packages: Iterable[str], family: str) -> tuple[tuple[str, ...], ...]:
    """Return the commands by which root installs packages without being asked anything."""
    if family == "debian":
        return (
            ("apt-get", "update", "-qq"),
            ("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages),
        )
    return (("dnf", "install", "-y", *packages),) if family == "fedora" else ()


def install_line(packages: Iterable[str], family: str) -> str:
    """Return the line that the user can type; empty if none is known."""
    named = " ".join(packages)
    if not named:
        return ""
    if family == "debian":
        return f"sudo apt-get update && sudo apt-get install -y {named}"
    return f"sudo dnf install -y {named}" if family == "fedora" else ""


def _package_of(library: str, family: str) -> str:
    if family == "debian":
        return _DEBIAN.get(library, "")
    if family != "fedora":
        return ""
    known = _FEDORA.get(library)
    if known is None and library.startswith("libxcb"):
        return _FEDORA_XCB
    return known or ""
