"""Reads amounts the way people write them."""

import re

from large_enough.domain.quantity import Unavailable

_AMOUNT = re.compile(r"[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")  # a thousand to some, one to others

_MINUS = "-\u2212"  # as keyboards write it, and as typesetters do


def read_amount(text: str) -> float | Unavailable | None:
    """Return the number that a person wrote, with a decimal point or a decimal comma.

    Returns:
        None for nothing written; why it is no number from 0 up.
    """
    written = text.strip()
    if not written:
        return None
    if _THOUSANDS.fullmatch(written):
        return Unavailable(reason="thousands or decimals")
    if _AMOUNT.fullmatch(written):
        return float(written.replace(",", "."))
    if _AMOUNT.fullmatch(written.lstrip(_MINUS).strip()):
        return Unavailable(reason="less than 0")
    return Unavailable(reason="not a number")


def amount_text(amount: float | None) -> str:
    """Return an amount for a field, so that reading it gives the same number; "" for none."""
    if amount is None:
        return ""
    return f"{amount:.12f}".rstrip("0").rstrip(".")
