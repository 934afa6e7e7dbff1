"""Asks for what a telephone company's letter states in so many words."""

import datetime
from decimal import Decimal

from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.names import LAST_NAMES, TOWNS
from large_enough.packs.generators.parts import amount, count, day, name, one_fact
from large_enough.packs.generators.telecom.parts import COMPANIES, PLANS
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue


def _confirmation(dice: Dice, tongue: Tongue) -> Draft:
    company, plan = dice.pick(COMPANIES), dice.pick(PLANS)
    price, data = Decimal(dice.whole(799, 2999, 50)) / 100, dice.whole(3, 40)
    start = datetime.date(2026, dice.whole(1, 12), dice.whole(1, 28))
    return one_fact(
        dice,
        tongue.say(
            f"{company} confirms your order. Your tariff is called {plan} and costs EUR {price} a"
            f" month. It includes {data} GB of data a month. It begins on {tongue.date(start)}."
            " Your telephone number stays the same.",
            f"{company} bestätigt Ihre Bestellung. Ihr Tarif heißt {plan} und kostet"
            f" {tongue.number(price, 2)} EUR im Monat. Er enthält {data} GB Daten im Monat. Er"
            f" beginnt am {tongue.date(start)}. Ihre Rufnummer bleibt gleich.",
        ),
        (
            amount(
                tongue.say(
                    "What does the tariff cost a month, in EUR?",
                    "Was kostet der Tarif im Monat, in EUR?",
                ),
                price,
            ),
            count(
                tongue.say(
                    "How many gigabytes of data are included?", "Wie viele Gigabyte sind enthalten?"
                ),
                data,
            ),
            day(
                tongue.say(
                    "On which date does the tariff begin?", "An welchem Tag beginnt der Tarif?"
                ),
                start,
            ),
            name(tongue.say("What is the tariff called?", "Wie heißt der Tarif?"), plan),
        ),
    )


def _visit(dice: Dice, tongue: Tongue) -> Draft:
    customer, technician = dice.some(LAST_NAMES, 2)
    town, fee = dice.pick(TOWNS), Decimal(dice.whole(2900, 8900, 50)) / 100
    when = datetime.date(2026, dice.whole(1, 12), dice.whole(1, 28))
    return one_fact(
        dice,
        tongue.say(
            f"Visit of a technician. Customer: {customer}, {town}. Technician: {technician}. The"
            f" visit to the flat there is on {tongue.date(when)} in the morning. It costs"
            f" {tongue.money(fee)}, which will be on the next bill.",
            f"Technikerbesuch. Kunde: {customer}, {town}. Techniker: {technician}. Der Besuch in"
            f" der Wohnung dort findet am {tongue.date(when)} vormittags statt. Er kostet"
            f" {tongue.money(fee)}; das steht auf der nächsten Rechnung.",
        ),
        (
            amount(
                tongue.say("What does the visit cost, in EUR?", "Was kostet der Besuch, in EUR?"),
                fee,
            ),
            name(
                tongue.say(
                    "What is the technician's surname?", "Wie heißt der Techniker mit Nachnamen?"
                ),
                technician,
            ),
            day(
                tongue.say(
                    "On which date is the visit?", "An welchem Tag findet der Besuch statt?"
                ),
                when,
            ),
            name(
                tongue.say(
                    "In which town is the visit?", "In welchem Ort findet der Besuch statt?"
                ),
                town,
            ),
        ),
    )


TEMPLATES = (
    Template(name="confirmation", family=Family.LOOKUP, level=1, draw=_confirmation),
    Template(name="visit", family=Family.LOOKUP, level=2, draw=_visit),
)
