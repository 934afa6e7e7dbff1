"""Asks about tables of tariffs."""

from decimal import Decimal

from large_enough.domain.pack import ChoiceKey, ListKey, NumberKey
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.parts import SILENT_EUR, SILENT_NUMBER, money_key
from large_enough.packs.generators.telecom.parts import (
    COMPANIES,
    draw_plans,
    plan_lines,
    plan_table,
)
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue


def _lookup(dice: Dice, tongue: Tongue) -> Draft:
    plans, company = draw_plans(dice), dice.pick(COMPANIES)
    plan = dice.pick(plans)
    facts = (
        ("How many gigabytes of data are included in", "Wie viele Gigabyte sind enthalten im Tarif",
         plan.data_gb, "GB"),
        ("How many minutes are included in", "Wie viele Minuten sind enthalten im Tarif",
         plan.minutes, ""),
        ("How many months is the minimum term of",
         "Wie viele Monate beträgt die Mindestlaufzeit im Tarif", plan.term_months, ""),
    )  # fmt: skip
    english, german, value, unit = dice.pick(facts)
    return Draft(
        context=f"{company}\n\n{plan_lines(plans, tongue)}",
        question=tongue.say(f'{english} the tariff "{plan.name}"?', f"{german} „{plan.name}“?"),
        key=NumberKey(answer=float(value), unit=unit),
        explain=f"{plan.name}: {value}",
    )


def _cheapest(dice: Dice, tongue: Tongue) -> Draft:
    while True:
        plans, wanted = draw_plans(dice), dice.whole(6, 20)
        minutes = dice.pick((100, 200))
        fitting = [p for p in plans if p.data_gb >= wanted and p.minutes >= minutes]
        cheaper = [p for p in plans if p not in fitting and fitting and p.price < fitting[0].price]
        if 2 <= len(fitting) <= 3 and cheaper:
            break
    best = min(fitting, key=lambda plan: plan.price)
    return Draft(
        context=plan_table(plans, tongue),
        question=tongue.say(
            f"Somebody needs at least {wanted} GB and at least {minutes} minutes included. Which"
            " is the cheapest tariff that has both?",
            f"Jemand braucht mindestens {wanted} GB und mindestens {minutes} Minuten inklusive."
            " Welcher ist der günstigste Tarif, der beides hat?",
        ),
        key=ChoiceKey(choices=tuple(plan.name for plan in plans), answer=best.name),
        explain=", ".join(f"{plan.name}: {plan.price}" for plan in fitting),
    )


def _with_extra(dice: Dice, tongue: Tongue) -> Draft:
    plans = draw_plans(dice, 3)
    plan, more = dice.pick(plans), dice.whole(1, 7)
    total = plan.price + more * plan.extra_gb
    return Draft(
        context=plan_table(plans, tongue),
        question=tongue.say(
            f'A customer with "{plan.name}" used {plan.data_gb + more} GB in a month. What does'
            " that month cost, in EUR?",
            f"Eine Kundin mit „{plan.name}“ verbrauchte in einem Monat {plan.data_gb + more} GB."
            " Was kostet dieser Monat, in EUR?",
        ),
        key=money_key(total),
        explain=f"{plan.price} + {more} x {plan.extra_gb} = {total}",
    )


def _cheaper_with_extra(dice: Dice, tongue: Tongue) -> Draft:
    while True:
        plans, used = draw_plans(dice, 3), dice.whole(4, 16)
        costs = [p.price + max(used - p.data_gb, 0) * p.extra_gb for p in plans]
        ordered = sorted(costs)
        if ordered[1] - ordered[0] >= Decimal("0.5") and costs.index(ordered[0]) > 0:
            break
    best = plans[costs.index(ordered[0])]
    return Draft(
        context=plan_table(plans, tongue),
        question=tongue.say(
            f"Somebody uses {used} GB every month and buys what is missing by the gigabyte. With"
            " which tariff does a month cost least?",
            f"Jemand verbraucht jeden Monat {used} GB und kauft Fehlendes gigabyteweise dazu. Mit"
            " welchem Tarif kostet ein Monat am wenigsten?",
        ),
        key=ChoiceKey(choices=tuple(plan.name for plan in plans), answer=best.name),
        explain=", ".join(f"{p.name}: {c}" for p, c in zip(plans, costs, strict=True)),
    )


def _no_term(dice: Dice, tongue: Tongue) -> Draft:
    while True:
        plans = draw_plans(dice, 5)
        most = dice.pick((1, 12))
        chosen = [p.name for p in plans if p.term_months <= most and p.minutes > 0]
        if 1 <= len(chosen) <= 4:
            break
    return Draft(
        context=plan_table(plans, tongue),
        question=tongue.say(
            f"Which tariffs have a term of {most} month{'s' * (most > 1)} or less and include"
            " minutes? List their names.",
            f"Welche Tarife haben höchstens {most} Monat{'e' * (most > 1)} Laufzeit und enthalten"
            " Minuten? Nennen Sie ihre Namen.",
        ),
        key=ListKey(entries=tuple((name,) for name in chosen)),
        explain=", ".join(chosen),
    )


def _silent(dice: Dice, tongue: Tongue) -> Draft:
    plans, company = draw_plans(dice, 3), dice.pick(COMPANIES)
    plan = dice.pick(plans)
    asked, key = dice.pick(
        (
            (
                (
                    "What does a text message to another country cost",
                    "Was kostet eine SMS ins Ausland",
                ),
                SILENT_EUR,
            ),
            (
                (
                    "How fast, in Mbit/s, is the connection",
                    "Wie schnell, in Mbit/s, ist die Verbindung",
                ),
                SILENT_NUMBER,
            ),
            (("What does a second SIM card cost", "Was kostet eine zweite SIM-Karte"), SILENT_EUR),
            (
                ("How many days of notice are there", "Wie viele Tage Kündigungsfrist gibt es"),
                SILENT_NUMBER,
            ),
        )
    )
    return Draft(
        context=f"{company}\n\n{plan_table(plans, tongue)}",
        question=tongue.say(
            f'{asked[0]} with the tariff "{plan.name}"?', f"{asked[1]} im Tarif „{plan.name}“?"
        ),
        key=key,
        explain=tongue.say("The table does not say.", "Die Tabelle sagt es nicht."),
    )


def _two_years(dice: Dice, tongue: Tongue) -> Draft:
    price, later = (
        Decimal(dice.whole(999, 1999, 50)) / 100,
        Decimal(dice.whole(2199, 3499, 50)) / 100,
    )
    months, setup = dice.pick((3, 6, 9, 12)), dice.pick((0, 10, 20, 30))
    total = setup + months * price + (24 - months) * later
    return Draft(
        context=tongue.say(
            f"Offer: EUR {price} a month for the first {months} months, then EUR {later} a month."
            f" Term 24 months. One-off connection fee: EUR {setup}.",
            f"Angebot: {tongue.number(price, 2)} EUR im Monat für die ersten {months} Monate,"
            f" danach {tongue.number(later, 2)} EUR im Monat. Laufzeit 24 Monate. Einmaliges"
            f" Anschlussentgelt: {setup} EUR.",
        ),
        question=tongue.say(
            "What does the offer cost over the whole term, in EUR?",
            "Was kostet das Angebot über die gesamte Laufzeit, in EUR?",
        ),
        key=money_key(total),
        explain=f"{setup} + {months} x {price} + {24 - months} x {later} = {total}",
    )


TEMPLATES = (
    Template(name="tariff-lookup", family=Family.LOOKUP, level=1, draw=_lookup),
    Template(name="tariff-cheapest", family=Family.RULE, level=3, draw=_cheapest),
    Template(name="month-with-extra", family=Family.ARITHMETIC, level=2, draw=_with_extra),
    Template(name="tariff-by-use", family=Family.ARITHMETIC, level=3, draw=_cheaper_with_extra),
    Template(name="tariffs-short", family=Family.SELECTION, level=2, draw=_no_term),
    Template(name="tariff-silent", family=Family.SILENCE, level=3, draw=_silent),
    Template(name="offer-total", family=Family.ARITHMETIC, level=3, draw=_two_years),
)
