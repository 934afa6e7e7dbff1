"""Asks about terms of contracts: notice periods, renewals, penalties."""

import calendar
import datetime
from decimal import Decimal

from large_enough.domain.pack import ChoiceKey, DateKey, LabelKey, NumberKey
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.parts import (
    SILENT_DATE,
    SILENT_EUR,
    SILENT_NUMBER,
    SILENT_TEXT,
    later,
    money_key,
)
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue, counted, rounded, table

FIRMS = ("Aldgate Ltd", "Borealis GmbH", "Cormoran SA", "Dunlin Works", "Egret & Sons")


def a_day(dice: Dice) -> datetime.date:
    """Draw a day of the years 2025 and 2026, none of the last days of a month."""
    return datetime.date(dice.whole(2025, 2026), dice.whole(1, 12), dice.whole(1, 28))


def _month_end(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _notice_weeks(dice: Dice, tongue: Tongue) -> Draft:
    told, weeks = a_day(dice), dice.pick((4, 6, 8))
    end = _month_end(told + datetime.timedelta(weeks=weeks))
    return Draft(
        context=f"§ 9 Notice. The agreement may be ended with a notice of {weeks} weeks to the end"
        " of a calendar month: it ends on the last day of the month in which the notice period"
        " runs out.",
        question=f"Notice is received on {tongue.date(told)}. On which date does the agreement"
        " end?",
        key=DateKey(answer=end.isoformat()),
        explain=f"{told.isoformat()} + {weeks} weeks, then the end of the month",
    )


def _quarter(dice: Dice, tongue: Tongue) -> Draft:
    told = a_day(dice)
    ready = told + datetime.timedelta(weeks=6)
    month = (ready.month - 1) // 3 * 3 + 3
    end = _month_end(datetime.date(ready.year, month, 1))
    return Draft(
        context="§ 14 Either side may end the contract with six weeks' notice to the end of a"
        " calendar quarter (31 March, 30 June, 30 September, 31 December).",
        question=f"Notice arrives on {tongue.date(told)}. On which date does the contract end at"
        " the earliest?",
        key=DateKey(answer=end.isoformat()),
        explain=f"{told.isoformat()} + 6 weeks = {ready.isoformat()} -> {end.isoformat()}",
    )


def _renewal(dice: Dice, tongue: Tongue) -> Draft:
    start, term, more = a_day(dice), dice.pick((12, 24, 36)), dice.pick((6, 12))
    end = later(start, term) - datetime.timedelta(days=1)
    times = dice.whole(1, 2)
    final = later(start, term + more * times) - datetime.timedelta(days=1)
    count = "once" if times == 1 else "twice"
    return Draft(
        context=f"§ 3 The lease begins on {tongue.date(start)} and runs for {term} months; its"
        f" last day is {tongue.date(end)}. § 4 It is prolonged by {more} months each time unless"
        " one of the parties gives notice.",
        question=f"The lease has been prolonged {count} and then ends. What is its last day?",
        key=DateKey(answer=final.isoformat()),
        explain=f"{term} + {times} x {more} months from {start.isoformat()}",
    )


def _staff_notice(dice: Dice, _tongue: Tongue) -> Draft:
    steps = ((0, 4), (2, 8), (5, 12), (10, 20))
    years, is_trial = dice.whole(0, 14), dice.happens(0.25)
    weeks = next(length for least, length in reversed(steps) if years >= least)
    if years == 0 and is_trial:
        weeks = 2
    elif is_trial:
        years, weeks = 0, 2
    rows = [(f"{least} or more", str(length)) for least, length in steps]
    state = (
        "is still in the trial period"
        if is_trial
        else f"has been there for {counted(years, 'year', 'years')}, beyond the trial period"
    )
    return Draft(
        context="Notice by the employer. During the trial period it is two weeks, whatever the"
        f" table says.\n\n{table(('Full years of service', 'Weeks of notice'), rows)}",
        question=f"An employee {state}. How many weeks of notice must the employer keep?",
        key=NumberKey(answer=float(weeks)),
        explain=f"{years} years, trial: {is_trial}",
    )


def _penalty(dice: Dice, tongue: Tongue) -> Draft:
    price, rate = dice.whole(8, 60) * 1000, Decimal(dice.pick((1, 2, 3, 5))) / 10
    cap, days = dice.pick((5, 8, 10)), dice.whole(5, 60)
    free = dice.pick((2, 3, 5))
    daily = Decimal(price) * rate / 100
    due = min(rounded(daily * max(days - free, 0)), rounded(Decimal(price) * cap / 100))
    return Draft(
        context=f"§ 7 If delivery is late, the supplier owes {rate} % of the price for each day"
        f" after the first {free} days of delay, but never more than {cap} % of the price."
        f" Price: {tongue.money(price)}.",
        question=f"Delivery is {days} days late. How much does the supplier owe, in EUR?",
        key=money_key(due),
        explain=f"min({rate} % x {max(days - free, 0)}, {cap} %) of {price} = {due}",
    )


def _rent_step(dice: Dice, tongue: Tongue) -> Draft:
    rent, percent, years = dice.whole(500, 1500, 10), dice.pick((2, 3, 4)), dice.whole(2, 4)
    amount = Decimal(rent)
    for _year in range(years):
        amount = rounded(amount * (100 + percent) / 100)
    return Draft(
        context=f"§ 5 The rent is {tongue.money(rent)} a month. On each anniversary it rises by"
        f" {percent} % of what was paid before, rounded to the cent.",
        question=f"What is the monthly rent after {years} anniversaries, in EUR?",
        key=money_key(amount),
        explain=f"{rent} x 1.0{percent}^{years} = {amount}",
    )


def _deposit(dice: Dice, tongue: Tongue) -> Draft:
    rent, months = dice.whole(400, 1200, 20), dice.pick((2, 3))
    damage, arrears = dice.whole(0, 900, 20), dice.pick((0, 0, 1))
    back = max(months * rent - damage - arrears * rent, 0)
    owed = "nothing is owed" if not arrears else "one month's rent is owed"
    return Draft(
        context=f"The tenant paid {months} months' rent as a deposit; the rent is"
        f" {tongue.money(rent)} a month. At the end the cost of repairs that the tenant has to"
        " bear and any rent that is owed are deducted; the rest is paid back.",
        question=f"Repairs for the tenant's account cost EUR {damage}; {owed}. How much is paid"
        " back, in EUR?",
        key=NumberKey(answer=float(back), unit="EUR"),
        explain=f"{months} x {rent} - {damage} - {arrears} x {rent}",
    )


def _withdrawal(dice: Dice, tongue: Tongue) -> Draft:
    got, days = a_day(dice), dice.whole(8, 21)
    sent = got + datetime.timedelta(days=days)
    made, opened = dice.happens(0.2), dice.happens(0.2)
    answer = "yes" if days <= 14 and not made and not opened else "no"
    kind = "was made to measure" if made else "is a standard one"
    state = "The seal is broken." if opened else "The seal is unbroken."
    return Draft(
        context="Goods may be sent back within 14 days after receipt; the day of receipt is not"
        " counted, and what counts is the day on which they are sent. Excluded are goods made to"
        " measure and goods whose seal was broken.",
        question=f"A parcel was received on {tongue.date(got)} and sent back on"
        f" {tongue.date(sent)}. The article {kind}. {state} May it be sent back?",
        key=LabelKey(labels=("yes", "no"), answer=answer),
        explain=f"{days} days, made to measure: {made}, opened: {opened}",
    )


def _service_level(dice: Dice, _tongue: Tongue) -> Draft:
    hours = dice.whole(0, 30)
    share = Decimal(720 - hours) * 100 / 720
    steps = ((Decimal(99), 0), (Decimal(97), 10), (Decimal(95), 25))
    credit = next((percent for least, percent in steps if share >= least), 50)
    labels = ("no credit", "10 % credit", "25 % credit", "50 % credit")
    answer = labels[(0, 10, 25, 50).index(credit)]
    return Draft(
        context="Availability in a month of 720 hours: 99 % or more: no credit; 97 % or more: 10 %"
        " of the monthly fee back; 95 % or more: 25 %; less: 50 %.",
        question=f"The service was down for {counted(hours, 'hour', 'hours')} in the month. What"
        " follows?",
        key=ChoiceKey(choices=labels, answer=answer, shuffle=False),
        explain=f"(720 - {hours}) / 720 = {share:.2f} %",
    )


def _cheaper_exit(dice: Dice, tongue: Tongue) -> Draft:
    ways = ("keep paying until the end", "pay the flat sum", "pay the percentage")
    while True:
        fee, left = dice.whole(20, 90, 5), dice.whole(2, 14)
        flat, percent = dice.whole(80, 400, 20), dice.pick((25, 40, 50))
        share = rounded(Decimal(fee * left * percent) / 100) + 60
        costs = (Decimal(fee * left), Decimal(flat), share)
        ordered = sorted(costs)
        if ordered[1] - ordered[0] >= 5:
            break
    return Draft(
        context=f"The contract has {left} months to go at {tongue.money(fee)} a month. To leave at"
        f" once, one may pay a flat sum of {tongue.money(flat)}, or {percent} % of all remaining"
        " fees plus EUR 60 for handling.",
        question="The service is no longer needed. Which way costs least?",
        key=ChoiceKey(choices=ways, answer=ways[costs.index(ordered[0])]),
        explain=", ".join(f"{way}: {cost}" for way, cost in zip(ways, costs, strict=True)),
    )


def _silent(dice: Dice, tongue: Tongue) -> Draft:
    start, fee = a_day(dice), dice.whole(40, 400, 10)
    asked, key = dice.pick(
        (
            ("How many weeks of notice must be kept?", SILENT_NUMBER),
            ("How high is the penalty for late payment, in EUR?", SILENT_EUR),
            ("On which date does the contract end?", SILENT_DATE),
            ("Which court is responsible?", SILENT_TEXT),
        )
    )
    return Draft(
        context=f"§ 1 {dice.pick(FIRMS)} cleans the offices every weekday. § 2 Work begins on"
        f" {tongue.date(start)}. § 3 The fee is {tongue.money(fee)} a month, due on the third"
        " working day. § 4 Cleaning agents are included.",
        question=asked,
        key=key,
        explain="The contract does not say.",
    )


TEMPLATES = (
    Template(name="notice-month", family=Family.DEADLINE, level=3, draw=_notice_weeks),
    Template(name="notice-quarter", family=Family.DEADLINE, level=3, draw=_quarter),
    Template(name="prolonged", family=Family.DEADLINE, level=3, draw=_renewal),
    Template(name="staff-notice", family=Family.RULE, level=2, draw=_staff_notice),
    Template(name="late-delivery", family=Family.ARITHMETIC, level=3, draw=_penalty),
    Template(name="rent-steps", family=Family.ARITHMETIC, level=3, draw=_rent_step),
    Template(name="deposit", family=Family.ARITHMETIC, level=3, draw=_deposit),
    Template(name="sent-back", family=Family.RULE, level=2, draw=_withdrawal),
    Template(name="availability", family=Family.RULE, level=2, draw=_service_level),
    Template(name="cheapest-exit", family=Family.ARITHMETIC, level=2, draw=_cheaper_exit),
    Template(name="contract-silent", family=Family.SILENCE, level=2, draw=_silent),
)
