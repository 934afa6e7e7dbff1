"""Asks for days: working days and due dates."""

import calendar
import datetime

from large_enough.domain.pack import (
    DateKey,
)
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue


def _arrival(dice: Dice, tongue: Tongue) -> Draft:
    day = datetime.date(2026, 1, 5) + datetime.timedelta(days=dice.whole(0, 300))
    while day.weekday() > 4:
        day += datetime.timedelta(days=1)
    cut, hour, minute = dice.pick((14, 15, 16)), dice.whole(9, 19), dice.pick((5, 20, 40, 55))
    start = day + datetime.timedelta(days=int(hour >= cut))
    steps = wait = dice.pick((2, 3))
    arrival = start
    while arrival.weekday() > 4:  # an order counts from the next working day
        arrival += datetime.timedelta(days=1)
    while steps:
        arrival += datetime.timedelta(days=1)
        steps -= arrival.weekday() <= 4
    return Draft(
        context=tongue.say(
            f"Transfers ordered online on a working day before {cut}:00 are executed on that day,"
            " later ones on the next working day. They arrive"
            f" {'two' if wait == 2 else 'three'} working days after execution."
            " Working days are Monday to Friday; there are no public holidays in this period.",
            f"Online-Überweisungen, die an einem Bankarbeitstag vor {cut}:00 Uhr erteilt werden,"
            " werden am selben Tag ausgeführt, spätere am nächsten Bankarbeitstag. Sie kommen"
            f" {'zwei' if wait == 2 else 'drei'} Bankarbeitstage nach der Ausführung an."
            " Bankarbeitstage sind Montag bis Freitag; Feiertage gibt es in diesem Zeitraum nicht.",
        ),
        question=tongue.say(
            f"A transfer is ordered on {tongue.weekday(day)}, {tongue.date(day)}, at"
            f" {hour}:{minute:02d}. On which date does it arrive?",
            f"Eine Überweisung wird am {tongue.weekday(day)}, dem {tongue.date(day)}, um"
            f" {hour}:{minute:02d} Uhr erteilt. An welchem Datum kommt sie an?",
        ),
        key=DateKey(answer=arrival.isoformat()),
        explain=f"{day:%a} {hour}:{minute:02d} -> {arrival.isoformat()}",
    )


def _last_rate(dice: Dice, tongue: Tongue) -> Draft:
    first = datetime.date(2026, dice.whole(1, 12), dice.whole(1, 28))
    count, skipped = dice.pick((6, 9, 10, 12, 15, 18)), dice.whole(1, 3)
    months = first.month - 1 + count - 1 + skipped
    year, month = first.year + months // 12, months % 12 + 1
    last = datetime.date(year, month, min(first.day, calendar.monthrange(year, month)[1]))
    return Draft(
        context=tongue.say(
            f"Loan agreement: {count} monthly instalments, each due on day {first.day} of the"
            f" month, the first on {tongue.date(first)}. The borrower may skip instalments; skipped"
            " ones are added at the end, one a month.",
            f"Kreditvertrag: {count} Monatsraten, jeweils fällig am {first.day}. des Monats, die"
            f" erste am {tongue.date(first)}. Der Kreditnehmer darf Raten aussetzen; ausgesetzte"
            " Raten werden am Ende der Laufzeit angehängt, eine je Monat.",
        ),
        question=tongue.say(
            f"The borrower skips {skipped} of the instalments. When is the last one due?",
            f"Der Kreditnehmer setzt {skipped} der Raten aus. Wann ist die letzte fällig?",
        ),
        key=DateKey(answer=last.isoformat()),
        explain=f"{count} + {skipped} - 1 months after {first.isoformat()}",
    )


TEMPLATES = (
    Template(name="arrival", family=Family.DEADLINE, level=2, draw=_arrival),
    Template(name="last-instalment", family=Family.DEADLINE, level=3, draw=_last_rate),
)
