"""Reads and writes numbers of settings, within their limits."""

import re
from typing import NamedTuple

from large_enough.domain.quantity import Unavailable
from large_enough.domain.setting_limits import Limits
from large_enough.wording.numbers import count_text, plain_text
from large_enough.wording.translate import _

_NUMBER = re.compile(r"[-\u2212]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,. '\u00a0\u2009\u202f][0-9]{3})+")
_NO_DIGIT = re.compile(r"[^0-9]")


class NumberSpec(NamedTuple):
    """A setting that is a number."""

    field: str
    """Of `AskingChoices`."""
    title: str
    explanation: str
    limits: Limits
    usual: float | None
    """What holds while nothing is chosen; None if the program decides."""
    is_whole: bool = False

    def number_text(self, value: float) -> str:
        """Return a number for a field, so that reading it gives the same one."""
        return str(int(value)) if self.is_whole else f"{value:.6f}".rstrip("0").rstrip(".")

    @property
    def hint(self) -> str:
        """What stands in the empty field."""
        return _("automatic") if self.usual is None else self.number_text(self.usual)

    @property
    def range_words(self) -> str:
        """Which numbers are taken: "From 1 to 10,000,000."."""
        low, high = (_readable(value) for value in self.limits)
        return _("From {low} to {high}.").format(low=low, high=high)


def read_number(text: str, spec: NumberSpec) -> float | Unavailable | None:
    """Return the number that a person wrote; None for nothing written, or why it cannot be."""
    written = text.strip()
    if not written:
        return None
    if spec.is_whole and _GROUPED.fullmatch(written):
        value = float(_NO_DIGIT.sub("", written))
    elif _NUMBER.fullmatch(written):
        value = float(written.replace(",", ".").replace("\u2212", "-"))
    else:
        return Unavailable(reason="not a number")
    if spec.is_whole and not value.is_integer():
        return Unavailable(reason="not whole")
    if not spec.limits.allow(value):
        return Unavailable(reason="out of range")
    return int(value) if spec.is_whole else value


def refusal_words(written: str, why: Unavailable, spec: NumberSpec) -> str:
    """Return why what was written cannot be used."""
    words = {
        "not a number": _("“{written}” is not a number."),
        "not whole": _("“{written}” is not a whole number."),
        "out of range": _("“{written}” is out of range."),
    }[why.reason]
    return f"{words.format(written=written)} {spec.range_words}"


def _readable(value: float) -> str:
    return count_text(int(value)) if value == int(value) else plain_text(value)
