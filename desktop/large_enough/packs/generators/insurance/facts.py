"""Asks for what an insurer's letter states in so many words."""

import datetime
from decimal import Decimal

from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.insurance.policies import INSURERS
from large_enough.packs.generators.names import LAST_NAMES, TOWNS
from large_enough.packs.generators.parts import amount, count, day, name, one_fact
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue


def _policy_sheet(dice: Dice, tongue: Tongue) -> Draft:
    premium, excess = Decimal(dice.whole(490, 2990, 10)) / 100, dice.whole(100, 500, 50)
    covered, start = dice.whole(20, 90, 5) * 1000, datetime.date(2026, dice.whole(1, 12), 1)
    return one_fact(
        dice,
        f"{dice.pick(INSURERS)}, household policy of {dice.pick(LAST_NAMES)}. The sum insured is"
        f" {tongue.money(covered)}. The premium is {tongue.money(premium)} a month. The excess is"
        f" {tongue.money(excess)} for each claim. Cover begins on {tongue.date(start)}.",
        (
            amount("How high is the sum insured, in EUR?", covered),
            amount("How high is the premium for a month, in EUR?", premium),
            amount("How high is the excess for each claim, in EUR?", excess),
            day("On which date does cover begin?", start),
        ),
    )


def _inspection(dice: Dice, tongue: Tongue) -> Draft:
    owner, expert = dice.some(LAST_NAMES, 2)
    town, photos = dice.pick(TOWNS), dice.whole(4, 40)
    repair = dice.whole(300, 4900, 10)
    when = datetime.date(2026, dice.whole(1, 12), dice.whole(1, 28))
    return one_fact(
        dice,
        f"Inspection of the water damage in the house of {owner} in {town}. The expert {expert} was"
        f" there on {tongue.date(when)} and took {photos} photographs. The repair will cost about"
        f" {tongue.money(repair)}. The owner agrees.",
        (
            name("What is the surname of the expert?", expert),
            count("How many photographs were taken?", photos),
            amount("About how much will the repair cost, in EUR?", repair),
            day("On which date was the expert there?", when),
            name("In which town is the house?", town),
        ),
    )


TEMPLATES = (
    Template(name="policy-sheet", family=Family.LOOKUP, level=1, draw=_policy_sheet),
    Template(name="inspection", family=Family.LOOKUP, level=1, draw=_inspection),
)
