"""Asks for what a bank's letter states in so many words."""

import datetime

from large_enough.packs.generators.banking.parts import BANKS, euros
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.names import LAST_NAMES
from large_enough.packs.generators.parts import amount, count, day, name, one_fact
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue


def _card_letter(dice: Dice, tongue: Tongue) -> Draft:
    customer, bank = dice.pick(LAST_NAMES), dice.pick(BANKS)
    digits, limit = dice.whole(1000, 9999), dice.whole(800, 3000, 100)
    fee, due = (
        euros(dice, 1200, 4800, 50),
        datetime.date(2026, dice.whole(1, 12), dice.whole(1, 28)),
    )
    return one_fact(
        dice,
        tongue.say(
            f"{bank} to {customer}: your new card has arrived. Its number ends in {digits}. With it"
            f" you can pay up to EUR {limit} a month. The card costs {tongue.money(fee)} a year;"
            f" this fee is due on {tongue.date(due)}. Please destroy your old card.",
            f"{bank} an {customer}: Ihre neue Karte ist da. Die Kartennummer endet auf {digits}."
            f" Sie können damit im Monat bis zu {limit} EUR bezahlen. Die Karte kostet"
            f" {tongue.money(fee)} im Jahr; dieses Entgelt ist am {tongue.date(due)} fällig. Bitte"
            " vernichten Sie Ihre alte Karte.",
        ),
        (
            amount(
                tongue.say(
                    "How much can be paid with the card in a month, in EUR?",
                    "Wie viel kann man mit der Karte im Monat bezahlen, in EUR?",
                ),
                limit,
            ),
            amount(
                tongue.say(
                    "What does the card cost a year, in EUR?",
                    "Was kostet die Karte im Jahr, in EUR?",
                ),
                fee,
            ),
            count(
                tongue.say(
                    "In which four digits does the number of the new card end?",
                    "Auf welche vier Ziffern endet die Nummer der neuen Karte?",
                ),
                digits,
            ),
            day(
                tongue.say(
                    "On which date is the fee for the card due?",
                    "An welchem Tag ist das Entgelt für die Karte fällig?",
                ),
                due,
            ),
        ),
    )


def _appointment(dice: Dice, tongue: Tongue) -> Draft:
    customer, adviser = dice.some(LAST_NAMES, 2)
    when, room = datetime.date(2026, dice.whole(1, 12), dice.whole(1, 28)), dice.whole(2, 40)
    sum_wanted = dice.whole(20, 300, 10) * 1000
    return one_fact(
        dice,
        tongue.say(
            f"Note for the branch: {customer} comes on {tongue.date(when)} to speak about a loan of"
            f" {tongue.money(sum_wanted)} for a flat. The adviser is {adviser}. They meet in room"
            f" {room}. {customer} brings the payslips of the last three months.",
            f"Notiz für die Filiale: {customer} kommt am {tongue.date(when)}, um über ein Darlehen"
            f" von {tongue.money(sum_wanted)} für eine Wohnung zu sprechen. Die Beratung übernimmt"
            f" {adviser}. Das Gespräch findet in Raum {room} statt. {customer} bringt die"
            " Gehaltsabrechnungen der letzten drei Monate mit.",
        ),
        (
            amount(
                tongue.say(
                    "How large is the loan, in EUR?",
                    "Wie hoch ist das Darlehen, in EUR?",
                ),
                sum_wanted,
            ),
            name(
                tongue.say(
                    "Who is the adviser? Give the surname.",
                    "Wer übernimmt die Beratung? Nennen Sie den Nachnamen.",
                ),
                adviser,
            ),
            count(
                tongue.say(
                    "In which room do they meet?", "In welchem Raum findet das Gespräch statt?"
                ),
                room,
            ),
            day(
                tongue.say(
                    "On which date do they meet?", "An welchem Tag findet das Gespräch statt?"
                ),
                when,
            ),
        ),
    )


TEMPLATES = (
    Template(name="card-letter", family=Family.LOOKUP, level=1, draw=_card_letter),
    Template(name="appointment", family=Family.LOOKUP, level=1, draw=_appointment),
)
