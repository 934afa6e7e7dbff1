"""Asks for sums: interest, balances, exchange."""

import datetime
from decimal import Decimal

from large_enough.domain.pack import (
    ChoiceKey,
    NumberKey,
)
from large_enough.packs.generators.banking.parts import euros
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.parts import money_key
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue, rounded, table


def _overdraft(dice: Dice, tongue: Tongue) -> Draft:
    balance, days = dice.whole(200, 2400, 50), dice.whole(5, 60)
    rate = Decimal(dice.whole(750, 1350, 25)) / 100
    free = dice.pick((50, 100, 200))
    interest = rounded(Decimal(max(balance - free, 0)) * rate / 100 * days / 360)
    return Draft(
        context=tongue.say(
            f"Overdraft: interest of {rate} % a year on the part of the overdrawn amount that"
            f" exceeds EUR {free}. It"
            " is computed daily, with 360 days a year, and rounded to the cent at the end.",
            f"Überziehung: {tongue.number(rate, 2)} % Zinsen im Jahr auf den Teil der Überziehung,"
            f" der {free} EUR übersteigt. Gerechnet wird taggenau mit 360 Tagen im Jahr; am Ende"
            " wird auf"
            " Cent gerundet.",
        ),
        question=tongue.say(
            f"An account was overdrawn by EUR {balance} for {days} days. How much interest is due,"
            " in EUR?",
            f"Ein Konto war {days} Tage lang um {balance} EUR überzogen. Wie hoch sind die"
            " Zinsen, in EUR?",
        ),
        key=money_key(interest),
        explain=f"({balance} - {free}) x {rate} % x {days} / 360 = {interest}",
    )


def _bookings(dice: Dice, tongue: Tongue) -> tuple[str, list[tuple[str, Decimal]], Decimal]:
    """Draw a statement: its text, what was booked, and the balance before."""
    kinds = (
        tongue.say("Groceries", "Lebensmittel"),
        tongue.say("Rent", "Miete"),
        tongue.say("Salary", "Gehalt"),
        tongue.say("Card payment", "Kartenzahlung"),
        tongue.say("Electricity", "Strom"),
        tongue.say("Refund", "Erstattung"),
    )
    incoming = {2, 5}
    before = euros(dice, 40000, 250000, 1)
    booked: list[tuple[str, Decimal]] = []
    order = dice.mixed((0, 0, 1, 2, 3, 3, 4, 5))
    for kind in order:
        amount = euros(dice, 500, 15000, 1) if kind not in {1, 2} else euros(dice, 60000, 200000)
        booked.append((kinds[kind], amount if kind in incoming else -amount))
    day = datetime.date(2026, dice.whole(1, 12), dice.whole(5, 9))
    day -= datetime.timedelta(days=day.weekday())  # a Monday
    rows = [
        [
            tongue.date(day + datetime.timedelta(days=place + 2 * (place // 5))),
            kind,
            tongue.number(amount, 2),
        ]
        for place, (kind, amount) in enumerate(booked)
    ]
    head = (
        tongue.say("Date", "Datum"),
        tongue.say("Description", "Buchungstext"),
        tongue.say("Amount in EUR", "Betrag in EUR"),
    )
    opening = tongue.say("Opening balance", "Anfangssaldo")
    return f"{opening}: {tongue.money(before)}\n\n{table(head, rows)}", booked, before


def _spent(dice: Dice, tongue: Tongue) -> Draft:
    text, booked, _before = _bookings(dice, tongue)
    kind = tongue.say("Card payment", "Kartenzahlung")
    total = -sum((amount for name, amount in booked if name == kind), Decimal(0))
    return Draft(
        context=text,
        question=tongue.say(
            'How much was spent in total under "Card payment", in EUR?',
            "Wie viel wurde insgesamt unter „Kartenzahlung“ ausgegeben, in EUR?",
        ),
        key=money_key(total),
        explain=f"{total}",
    )


def _balance(dice: Dice, tongue: Tongue) -> Draft:
    text, booked, before = _bookings(dice, tongue)
    total = before + sum((amount for _name, amount in booked), Decimal(0))
    return Draft(
        context=text,
        question=tongue.say(
            "What is the balance after the last line, in EUR?",
            "Wie hoch ist der Saldo nach der letzten Zeile, in EUR?",
        ),
        key=money_key(total),
        explain=f"{before} + ... = {total}",
    )


def _currency(dice: Dice, tongue: Tongue) -> Draft:
    rate = Decimal(dice.whole(10500, 12900, 10)) / 10000
    fee, amount = euros(dice, 250, 750, 25), dice.whole(200, 1900, 50)
    dollars = rounded((amount - fee) * rate)
    return Draft(
        context=tongue.say(
            f"Exchange desk: 1 EUR = {rate} USD. A fee of {tongue.money(fee)} is taken from the"
            " amount in euros before it is exchanged. The result is rounded to the cent.",
            f"Wechselschalter: 1 EUR = {tongue.number(rate, 4)} USD. Vor dem Wechsel wird vom"
            f" Eurobetrag ein Entgelt von {tongue.money(fee)} abgezogen. Das Ergebnis wird auf"
            " Cent gerundet.",
        ),
        question=tongue.say(
            f"How many US dollars does a customer receive for EUR {amount}?",
            f"Wie viele US-Dollar erhält ein Kunde für {amount} EUR?",
        ),
        key=NumberKey(answer=float(dollars), unit="USD", tolerance_abs=0.005),
        explain=f"({amount} - {fee}) x {rate} = {dollars}",
    )


def _savings(dice: Dice, tongue: Tongue) -> Draft:
    amount = dice.whole(2000, 9000, 500)
    names = dice.some(("Alpha", "Delta", "Kappa", "Omega", "Sigma"), 3)
    while True:
        rates = [Decimal(dice.whole(100, 320, 5)) / 100 for _name in names]
        bonus = [dice.whole(0, 60, 5) for _name in names]
        gains = [
            rounded(Decimal(amount) * rate / 100) + extra
            for rate, extra in zip(rates, bonus, strict=True)
        ]
        ordered = sorted(gains)
        if ordered[-1] - ordered[-2] >= 3 and gains.index(ordered[-1]) != rates.index(max(rates)):
            break
    rows = [
        [name, tongue.number(rate, 2), str(extra)]
        for name, rate, extra in zip(names, rates, bonus, strict=True)
    ]
    head = (
        tongue.say("Offer", "Angebot"),
        tongue.say("Annual interest rate in %", "Zinssatz im Jahr in %"),
        tongue.say("Bonus after a year in EUR", "Bonus nach einem Jahr in EUR"),
    )
    return Draft(
        context=table(head, rows),
        question=tongue.say(
            f"EUR {amount} stay untouched for exactly one year. Which offer yields the most?",
            f"{amount} EUR werden genau ein Jahr angelegt. Welches Angebot bringt am meisten?",
        ),
        key=ChoiceKey(choices=names, answer=names[gains.index(max(gains))]),
        explain="; ".join(f"{n}: {g}" for n, g in zip(names, gains, strict=True)),
    )


TEMPLATES = (
    Template(name="overdraft", family=Family.ARITHMETIC, level=3, draw=_overdraft),
    Template(name="card-spending", family=Family.LOOKUP, level=3, draw=_spent),
    Template(name="balance", family=Family.ARITHMETIC, level=3, draw=_balance),
    Template(name="exchange", family=Family.ARITHMETIC, level=2, draw=_currency),
    Template(name="savings-offer", family=Family.ARITHMETIC, level=2, draw=_savings),
)
