"""The one door to translated text: gettext, for the window, the command line and reports.

Sources are English. A catalogue for another language lies at
`assets/locale/LANGUAGE/LC_MESSAGES/large_enough.mo`; where there is none, English is shown.
"""

import gettext

from large_enough.resources.locate import asset_path

DOMAIN = "large_enough"

_chosen: gettext.NullTranslations = gettext.NullTranslations()


def use_language(language: str | None) -> None:
    """Choose the language of everything said from now on.

    Args:
        language: A code such as "de"; None takes the environment's (LANGUAGE, LC_ALL, LANG).
    """
    global _chosen  # noqa: PLW0603 - one language for the whole process, as gettext itself has it
    languages = None if language is None else [language]
    _chosen = gettext.translation(
        DOMAIN, localedir=str(asset_path("locale")), languages=languages, fallback=True
    )


def _(message: str) -> str:
    """Return `message` in the chosen language."""
    return _chosen.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of a message that fits `count`, in the chosen language."""
    return _chosen.ngettext(singular, plural, count)


def to_translate(message: str) -> str:
    """Mark a message that stands in a table; `_` looks it up when it is shown."""
    return message
