"""The one door to translated text: gettext, for the window, the command line and reports.

Sources are English. A catalogue for another language lies at
`assets/locale/LANGUAGE/LC_MESSAGES/large_enough.mo`; where there is none, English is shown.
"""

import gettext
from collections.abc import Iterable, Sequence
from pathlib import Path

from large_enough.resources.locate import asset_path

DOMAIN = "large_enough"
ENGLISH = "en"
LANGUAGE_NAMES = {ENGLISH: "English", "de": "Deutsch", "es": "Español"}
"""What the program speaks: codes, and names as the languages' own speakers write them."""

_UNTRANSLATED = frozenset({ENGLISH, "c", "posix"})

_chosen: gettext.NullTranslations = gettext.NullTranslations()
_code = ENGLISH


def catalogue_folder() -> Path:
    """Return where the catalogues lie."""
    return asset_path("locale")


def use_language(wanted: Sequence[str], folder: Path | None = None) -> str:
    """Choose the language of everything said from now on.

    Args:
        wanted: Codes such as "de", "de-AT" or "de_AT.UTF-8", the most wanted first.
        folder: Where catalogues lie; those that come with the program by default.

    Returns:
        The code of the first one that there is, or "en".
    """
    global _chosen, _code  # noqa: PLW0603 - one language for the whole process, as in gettext
    _code, file = _find(wanted, folder)
    if file is None:
        _chosen = gettext.NullTranslations()
    else:
        with file.open("rb") as stream:
            _chosen = gettext.GNUTranslations(stream)
    return _code


def language_for(wanted: Sequence[str]) -> str:
    """Return the code of what `use_language` would choose, without choosing it."""
    return _find(wanted, None)[0]


def language_in_use() -> str:
    """Return the code of the language that is spoken."""
    return _code


def _find(wanted: Iterable[str], folder: Path | None) -> tuple[str, Path | None]:
    """Return the first wanted language that there is, and its catalogue; None for English."""
    for code in _until_english(wanted):
        file = gettext.find(DOMAIN, str(folder or catalogue_folder()), [code])
        if file is not None:
            return code.partition("_")[0], Path(file)
    return ENGLISH, None


def _until_english(wanted: Iterable[str]) -> Iterable[str]:
    """Yield codes as gettext writes them; who prefers English to a language gets English."""
    for code in wanted:
        plain = code.partition(".")[0].replace("-", "_")
        if plain.partition("_")[0].lower() in _UNTRANSLATED:
            return
        if plain:
            yield plain


def _(message: str) -> str:
    """Return `message` in the chosen language."""
    return _chosen.gettext(message) if message else ""


def pgettext(context: str, message: str) -> str:
    """Return `message` in the chosen language, where it means what `context` says."""
    return _chosen.pgettext(context, message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of a message that fits `count`, in the chosen language."""
    return _chosen.ngettext(singular, plural, count)
