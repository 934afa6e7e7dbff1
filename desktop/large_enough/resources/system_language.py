"""Finds out which languages the user of this system wants, without Qt."""

import ctypes
import locale
import sys
from collections.abc import Mapping

VARIABLE = "LANGUAGE"
"""Names languages for messages, separated by colons (GNU gettext manual, 2.3.3)."""
_VARIABLES = (VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG")


def wanted_languages(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the codes of the languages that the user wants, the most wanted first."""
    return _of_environment(environ) or _of_system()


def _of_environment(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the codes in the environment's first variable that names any."""
    for variable in _VARIABLES:
        if environ.get(variable):
            return tuple(code for code in environ[variable].split(":") if code)
    return ()


def _of_system() -> tuple[str, ...]:
    """Return the language that Windows shows itself in; nothing on other systems.

    Source: `GetUserDefaultUILanguage` (winnls.h).
    """
    if sys.platform == "win32":
        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        code = locale.windows_locale.get(number)
        return (code,) if code else ()
    return ()
