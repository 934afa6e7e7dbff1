"""Holds what several kinds of questions about a bank draw."""

from decimal import Decimal

from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.names import FIRST_NAMES, LAST_NAMES

BANKS = ("Halden Bank", "Corvale Savings", "Banco Miravalle", "Nordlicht Bank", "Tessera Bank")
ACCOUNTS = ("Basic", "Comfort", "Premium", "Student", "Direct")


def euros(dice: Dice, low_cents: int, high_cents: int, step: int = 5) -> Decimal:
    """Draw an amount between two numbers of cents."""
    return Decimal(dice.whole(low_cents, high_cents, step)) / 100


def person(dice: Dice) -> str:
    """Draw a name."""
    return f"{dice.pick(FIRST_NAMES)} {dice.pick(LAST_NAMES)}"
