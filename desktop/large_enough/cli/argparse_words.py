"""Lets argparse speak the user's language: its own messages are in our catalogues."""

import gettext
import os

from large_enough.domain.text import to_translate
from large_enough.resources.system_language import VARIABLE
from large_enough.wording.translate import DOMAIN, catalogue_folder

MESSAGES = (
    to_translate("usage: "),
    to_translate("options"),
    to_translate("positional arguments"),
    to_translate("show this help message and exit"),
    to_translate("show program's version number and exit"),
    to_translate("%(prog)s: error: %(message)s\n"),
    to_translate("argument %(argument_name)s: %(message)s"),
    to_translate("unrecognized arguments: %s"),
    to_translate("the following arguments are required: %s"),
    to_translate("expected one argument"),
    to_translate("expected at least one argument"),
    to_translate("invalid choice: %(value)r (choose from %(choices)s)"),
    to_translate("invalid %(type)s value: %(value)r"),
)
"""What argparse says, as its source has it: it looks these up in gettext's own domain."""


def let_argparse_speak(language: str) -> None:
    """Give argparse our catalogues.

    Args:
        language: As chosen; argparse finds it in the environment, as gettext does.
    """
    gettext.bindtextdomain(DOMAIN, str(catalogue_folder()))
    gettext.textdomain(DOMAIN)
    os.environ[VARIABLE] = language
