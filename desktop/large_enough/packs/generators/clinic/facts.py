"""Asks for what a clinic's slip states in so many words."""

import datetime
from decimal import Decimal

from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.names import LAST_NAMES
from large_enough.packs.generators.parts import amount, count, day, name, one_fact
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue


def _slip(dice: Dice, tongue: Tongue) -> Draft:
    patient, doctor = dice.some(LAST_NAMES, 2)
    number, room = dice.whole(10000, 99999), dice.whole(1, 30)
    when = datetime.date(2026, dice.whole(1, 12), dice.whole(1, 28))
    return one_fact(
        dice,
        f"Appointment of {patient}, patient number {number}: on {tongue.date(when)} with Dr"
        f" {doctor} in room {room}. Please come ten minutes earlier.",
        (
            count("In which room is the appointment?", room),
            count("What is the patient number?", number),
            day("On which date is the appointment?", when),
            name("With which doctor is the appointment? Give the surname.", doctor),
        ),
    )


def _delivery(dice: Dice, tongue: Tongue) -> Draft:
    article = dice.pick(("gloves", "masks", "syringes", "bandages", "swabs"))
    boxes, price = dice.whole(4, 60), Decimal(dice.whole(2000, 39900, 10)) / 100
    name_of_buyer = dice.pick(LAST_NAMES)
    when = datetime.date(2026, dice.whole(1, 12), dice.whole(1, 28))
    return one_fact(
        dice,
        f"Delivery note. {boxes} boxes of {article}, ordered by {name_of_buyer}, delivered on"
        f" {tongue.date(when)}. Total price: {tongue.money(price)}. Please check the boxes for"
        " damage.",
        (
            count(f"How many boxes of {article} were delivered?", boxes),
            amount("What is the total price, in EUR?", price),
            day("On which date were the boxes delivered?", when),
            name("Who ordered the boxes? Give the surname.", name_of_buyer),
        ),
    )


TEMPLATES = (
    Template(name="appointment-slip", family=Family.LOOKUP, level=1, draw=_slip),
    Template(name="delivery-note", family=Family.LOOKUP, level=1, draw=_delivery),
)
