"""Asks for what a contract states in so many words."""

import datetime

from large_enough.packs.generators.contracts.terms import FIRMS
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.names import FIRST_NAMES, LAST_NAMES, TOWNS
from large_enough.packs.generators.parts import amount, count, day, name, one_fact
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue


def _lease_head(dice: Dice, tongue: Tongue) -> Draft:
    tenant, landlord = dice.some(LAST_NAMES, 2)
    rent, size = dice.whole(450, 1600, 10), dice.whole(28, 120)
    start = datetime.date(2026, dice.whole(1, 12), 1)
    return one_fact(
        dice,
        f"Lease. Landlord: {landlord}. Tenant: {tenant}. The flat is in {dice.pick(TOWNS)} and has"
        f" {size} square metres. It is let from {tongue.date(start)} on. The rent is"
        f" {tongue.money(rent)} a month.",
        (
            amount("How high is the rent for a month, in EUR?", rent),
            count("How large is the flat, in square metres?", size),
            day("From which date on is the flat let?", start),
            name("What is the surname of the landlord?", landlord),
            name("What is the surname of the tenant?", tenant),
        ),
    )


def _employment_head(dice: Dice, tongue: Tongue) -> Draft:
    person = f"{dice.pick(FIRST_NAMES)} {dice.pick(LAST_NAMES)}"
    firm, pay = dice.pick(FIRMS), dice.whole(1800, 5200, 50)
    hours, holidays = dice.whole(20, 40), dice.whole(24, 32)
    start = datetime.date(2026, dice.whole(1, 12), 1)
    return one_fact(
        dice,
        f"{firm} employs {person} from {tongue.date(start)} on. The pay is {tongue.money(pay)} a"
        f" month before tax. The working week has {hours} hours. There are {holidays} days of"
        " holiday a year.",
        (
            amount("How high is the pay for a month, in EUR?", pay),
            count("How many hours does the working week have?", hours),
            count("How many days of holiday are there a year?", holidays),
            day("On which date does the employment begin?", start),
        ),
    )


TEMPLATES = (
    Template(name="lease-head", family=Family.LOOKUP, level=1, draw=_lease_head),
    Template(name="employment-head", family=Family.LOOKUP, level=1, draw=_employment_head),
)
