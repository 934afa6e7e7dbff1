"""Holds what several kinds of questions about a telephone company draw."""

from dataclasses import dataclass
from decimal import Decimal

from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.tongue import Tongue, counted, table

COMPANIES = ("Fjordfon", "Telvara", "Lumo Mobile", "Kestrel Tel", "Nimbus Net", "Orbita Mobil")
PLANS = ("Start", "Smart", "Flex", "Max", "Family", "Travel")


@dataclass(frozen=True, slots=True)
class Plan:
    """A tariff for a mobile telephone."""

    name: str
    price: Decimal
    """EUR a month."""
    data_gb: int
    minutes: int
    """Included; 0 for none."""
    term_months: int
    extra_gb: Decimal
    """EUR for each further gigabyte."""


def draw_plans(dice: Dice, count: int = 4) -> tuple[Plan, ...]:
    """Draw tariffs, dearer ones with more data."""
    names = dice.some(PLANS, count)
    return tuple(
        Plan(
            name=name,
            price=Decimal(dice.whole(599, 1099, 50)) / 100 + 5 * place,
            data_gb=dice.whole(1, 5) + 6 * place,
            minutes=dice.pick((0, 100, 200, 300)),
            term_months=dice.pick((1, 12, 24)),
            extra_gb=Decimal(dice.whole(150, 450, 25)) / 100,
        )
        for place, name in enumerate(names)
    )


def plan_table(plans: tuple[Plan, ...], tongue: Tongue) -> str:
    """Write the tariffs as a table."""
    head = (
        tongue.say("Tariff", "Tarif"),
        tongue.say("EUR a month", "EUR im Monat"),
        tongue.say("Data in GB", "Daten in GB"),
        tongue.say("Minutes", "Minuten"),
        tongue.say("Term in months", "Laufzeit in Monaten"),
        tongue.say("EUR per further GB", "EUR je weiteres GB"),
    )
    rows = [
        (
            plan.name,
            tongue.number(plan.price, 2),
            str(plan.data_gb),
            str(plan.minutes),
            str(plan.term_months),
            tongue.number(plan.extra_gb, 2),
        )
        for plan in plans
    ]
    return table(head, rows)


def plan_lines(plans: tuple[Plan, ...], tongue: Tongue) -> str:
    """Write the tariffs as sentences, one a line."""
    return "\n".join(
        tongue.say(
            f"{plan.name}: EUR {plan.price} a month with {plan.data_gb} GB of data and"
            f" {plan.minutes} minutes; minimum term:"
            f" {counted(plan.term_months, 'month', 'months')}.",
            f"{plan.name}: {tongue.number(plan.price, 2)} EUR im Monat mit {plan.data_gb} GB Daten"
            f" und {plan.minutes} Minuten; Mindestlaufzeit:"
            f" {counted(plan.term_months, 'Monat', 'Monate')}.",
        )
        for plan in plans
    )
