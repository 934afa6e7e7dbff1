"""Asks for what a shop's note states in so many words."""

import datetime
from decimal import Decimal

from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.names import LAST_NAMES, TOWNS
from large_enough.packs.generators.parts import amount, count, day, name, one_fact
from large_enough.packs.generators.support.routing import PRODUCTS
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue


def _parcel(dice: Dice, tongue: Tongue) -> Draft:
    town, count_of_things = dice.pick(TOWNS), dice.whole(2, 9)
    order, weight = f"A{dice.whole(100000, 999999)}", dice.whole(2, 19)
    when = datetime.date(2026, dice.whole(1, 12), dice.whole(1, 28))
    return one_fact(
        dice,
        f"Order {order}, {count_of_things} x {dice.pick(PRODUCTS)}. The parcel weighs {weight} kg."
        f" It was sent to {town} on {tongue.date(when)}. The driver will ring.",
        (
            count("How many kilograms does the parcel weigh?", weight),
            count("How many pieces were ordered?", count_of_things),
            day("On which date was the parcel sent?", when),
            name("To which town was the parcel sent?", town),
            name("What is the number of the order?", order),
        ),
    )


def _call_note(dice: Dice, tongue: Tongue) -> Draft:
    customer, agent = dice.some(LAST_NAMES, 2)
    minutes, price = dice.whole(3, 45), Decimal(dice.whole(1990, 19990, 10)) / 100
    thing = dice.pick(PRODUCTS)
    return one_fact(
        dice,
        f"Note of a call of {minutes} minutes. {customer} asked for the colours of the {thing}."
        f" {agent} took the call and offered the {thing} for {tongue.money(price)}. The customer"
        " will think about it.",
        (
            count("How many minutes did the call take?", minutes),
            amount(f"For how much was the {thing} offered, in EUR?", price),
            name("Who took the call? Give the surname.", agent),
            name("Who asked for the colours? Give the surname.", customer),
        ),
    )


TEMPLATES = (
    Template(name="parcel", family=Family.LOOKUP, level=2, draw=_parcel),
    Template(name="call-note", family=Family.LOOKUP, level=1, draw=_call_note),
)
