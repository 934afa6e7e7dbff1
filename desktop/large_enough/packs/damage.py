"""Recognises what spreadsheets do to answers without being asked."""

import re

from large_enough.wording.translate import _

_MONTHS = "jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sep|sept|oct|okt|nov|dec|dez|ene|abr|ago|dic"
_DATE = re.compile(
    rf"\d{{1,2}}[-. /]+({_MONTHS})[a-z]*\.?|({_MONTHS})[a-z]*\.?[-. /]+\d{{1,4}}", re.IGNORECASE
)
_POWER = re.compile(r"[+-]?\d([.,]\d+)?E[+-]\d+")
_TRUTH = frozenset({"TRUE", "FALSE", "WAHR", "FALSCH", "VERDADERO", "FALSO"})
_ERRORS = re.compile(
    r"#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|BEZUG!|NV|WERT!|ZAHL!"
    r"|¡REF!|¡VALOR!|¿NOMBRE\?|#+)|#{3,}|Err:\d{3}"
)
_DIGITS = re.compile(r"\d{1,20}")


def error_problem(cell: str) -> str:
    """Return why a cell holds nothing but a spreadsheet's error; empty if it does not."""
    if _ERRORS.fullmatch(cell.strip()):
        return _("a formula failed, and the spreadsheet shows “{text}”").format(text=cell.strip())
    return ""


def damage(cell: str, beside: str) -> str:
    """Return what a spreadsheet seems to have done to an answer or option; empty for nothing.

    Args:
        cell: The answer, as it stands in the table.
        beside: Question, document and options: an answer whose zeros are lost often stands there.
    """
    text = cell.strip()
    if _DATE.fullmatch(text):
        return _("“{text}” looks as if a spreadsheet had made a date of it").format(text=text)
    if _POWER.fullmatch(text):
        return _("“{text}” looks as if a spreadsheet had cut its digits").format(text=text)
    if text in _TRUTH:
        return _("“{text}” looks as if a spreadsheet had changed a word").format(text=text)
    if _DIGITS.fullmatch(text):
        longer = re.search(rf"(?<![\d.,])0+{re.escape(text)}(?![\d.,]?\d)", beside)
        if longer:
            return _("“{text}” may have lost its zeros: “{longer}” stands in the question").format(
                text=text, longer=longer[0]
            )
    return ""
