"""Finds the files that come with the program, in a wheel or in a checkout.

Wheels carry them under `large_enough/_data`, a checkout at its root; the same relative paths
(`assets/...`, `models/catalog.toml`) hold in both.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_PACKED = _PACKAGE / "_data"
_SOURCES = _PACKAGE.parent.parent


def checkout_root() -> Path | None:
    """Return the root of the checkout that the program runs from; None if it was installed."""
    if _PACKED.is_dir() or not (_SOURCES / "pyproject.toml").is_file():
        return None
    return _SOURCES


def asset_path(*parts: str) -> Path:
    """Return where the asset with that path below `assets/` lies.

    Args:
        parts: Names of the folders and of the file, for example "icons", "play.svg". They come
            from the program, never from outside.
    """
    return _data_root().joinpath("assets", *parts)


def catalogue_path() -> Path:
    """Return where the catalogue of known models lies."""
    return _data_root() / "models" / "catalog.toml"


def _data_root() -> Path:
    return checkout_root() or _PACKED
