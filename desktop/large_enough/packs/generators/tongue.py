"""Writes texts, numbers, money and dates of generated items in the pack's language."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}
_WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
}
CENT = Decimal("0.01")


class Tongue:
    """A language that packs are written in: "en" or "de"."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, en: str, de: str) -> str:
        """Return the text in this language."""
        return de if self.language == "de" else en

    def number(self, value: Decimal | int, places: int = 0) -> str:
        """Write a number with so many decimals: "1,234.50", in German "1.234,50"."""
        text = f"{value:,.{places}f}"
        return text.translate(str.maketrans(",.", ".,")) if self.language == "de" else text

    def money(self, amount: Decimal | int, currency: str = "EUR") -> str:
        """Write an amount with cents and the currency's code."""
        if self.language == "de":
            return f"{self.number(amount, 2)} {currency}"
        return f"{currency} {self.number(amount, 2)}"

    def date(self, day: datetime.date) -> str:
        """Write a day: "3 March 2026", in German "3. März 2026"."""
        month = _MONTHS[self.language].split()[day.month - 1]
        return self.say(f"{day.day} {month} {day.year}", f"{day.day}. {month} {day.year}")

    def weekday(self, day: datetime.date) -> str:
        """Name the day of the week."""
        return _WEEKDAYS[self.language].split()[day.weekday()]

    def listed(self, things: Sequence[str]) -> str:
        """Write an enumeration: "a, b and c"."""
        if len(things) < 2:
            return "".join(things)
        return f"{', '.join(things[:-1])} {self.say('and', 'und')} {things[-1]}"


def sentence(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def counted(count: int, one: str, many: str) -> str:
    """Write a number with its noun: "1 card", "2 cards"."""
    return f"{count} {one if count == 1 else many}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table as Markdown, which models and people read alike."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def numbered(lines: Iterable[str], mark: str = "{}. ") -> str:
    """Write a numbered list, one entry a line; `mark` shows how a number is written."""
    return "\n".join(f"{mark.format(number)}{line}" for number, line in enumerate(lines, 1))


def rounded(amount: Decimal, to: Decimal = CENT) -> Decimal:
    """Round half up, as banks and invoices do."""
    return amount.quantize(to, rounding=ROUND_HALF_UP)
