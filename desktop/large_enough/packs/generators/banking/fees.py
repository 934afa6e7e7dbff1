"""Asks about a schedule of fees."""

from decimal import Decimal

from large_enough.domain.pack import (
    ChoiceKey,
)
from large_enough.packs.generators.banking.parts import ACCOUNTS, BANKS, euros
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.parts import SILENT_EUR, money_key
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue, table


def _services(tongue: Tongue) -> tuple[str, ...]:
    return (
        tongue.say("Paper statement by post", "Kontoauszug per Post"),
        tongue.say("Replacement card", "Ersatzkarte"),
        tongue.say("Transfer on paper", "Überweisung auf Papier"),
        tongue.say("Instant transfer", "Echtzeitüberweisung"),
        tongue.say("Returned direct debit", "Rücklastschrift"),
        tongue.say("Cash withdrawal at other banks", "Bargeld an fremden Automaten"),
        tongue.say("Change of PIN", "Änderung der PIN"),
        tongue.say("Standing order, set up in branch", "Dauerauftrag, in der Filiale angelegt"),
    )


def _schedule(dice: Dice, tongue: Tongue, rows: int) -> tuple[str, list[str], list[list[Decimal]]]:
    """Draw a table of fees: its text, the account names, and the fees by service and account."""
    accounts = list(dice.some(ACCOUNTS, 3))
    bank = dice.pick(BANKS)
    fees = [[euros(dice, 0, 1295) for _account in accounts] for _service in range(rows)]
    lines = [
        [service, *(tongue.number(fee, 2) for fee in line)]
        for service, line in zip(_services(tongue), fees, strict=False)
    ]
    head = [tongue.say("Service (fee in EUR, each time)", "Leistung (Entgelt in EUR, je Vorgang)")]
    title = tongue.say(f"{bank}: schedule of fees", f"{bank}: Preisverzeichnis")
    return f"{title}\n\n{table([*head, *accounts], lines)}", accounts, fees


def _fee_lookup(dice: Dice, tongue: Tongue) -> Draft:
    text, accounts, fees = _schedule(dice, tongue, 7)
    row, column = dice.whole(0, 6), dice.whole(0, 2)
    service, account = _services(tongue)[row], accounts[column]
    return Draft(
        context=text,
        question=tongue.say(
            f'What does "{service}" cost, in EUR, with the account "{account}"?',
            f"Was kostet „{service}“ in EUR beim Konto „{account}“?",
        ),
        key=money_key(fees[row][column]),
        explain=f"{service} / {account}: {fees[row][column]}",
    )


def _fee_bundle(dice: Dice, tongue: Tongue) -> Draft:
    text, accounts, fees = _schedule(dice, tongue, 7)
    column = dice.whole(0, 2)
    first, second = dice.some(range(7), 2)
    times, others = dice.whole(2, 6), dice.whole(2, 4)
    names = _services(tongue)
    total = times * fees[first][column] + others * fees[second][column]
    return Draft(
        context=text,
        question=tongue.say(
            f'A customer with the account "{accounts[column]}" used "{names[first]}" {times} times'
            f' and "{names[second]}" {others} times in a quarter. What is the total fee in EUR?',
            f"Ein Kunde mit dem Konto „{accounts[column]}“ nutzte im Quartal {times} Mal"
            f" „{names[first]}“ und {others} Mal „{names[second]}“. Wie hoch ist das Entgelt"
            f" insgesamt in EUR?",
        ),
        key=money_key(total),
        explain=f"{times} x {fees[first][column]} + {others} x {fees[second][column]} = {total}",
    )


def _fee_cheapest(dice: Dice, tongue: Tongue) -> Draft:
    while True:
        text, accounts, fees = _schedule(dice, tongue, 6)
        first, second = dice.some(range(6), 2)
        times = dice.whole(2, 5)
        totals = [times * one + two for one, two in zip(fees[first], fees[second], strict=True)]
        if len(set(totals)) == len(totals):
            break
    names = _services(tongue)
    best = accounts[totals.index(min(totals))]
    return Draft(
        context=text,
        question=tongue.say(
            f'Each month somebody needs "{names[first]}" {times} times and "{names[second]}" once.'
            " With which account are these fees lowest?",
            f"Jemand braucht jeden Monat {times} Mal „{names[first]}“ und einmal"
            f" „{names[second]}“. Bei welchem Konto sind diese Entgelte am niedrigsten?",
        ),
        key=ChoiceKey(choices=tuple(accounts), answer=best),
        explain="; ".join(f"{a}: {t}" for a, t in zip(accounts, totals, strict=True)),
    )


def _fee_silent(dice: Dice, tongue: Tongue) -> Draft:
    text, accounts, _fees = _schedule(dice, tongue, 6)
    account = dice.pick(accounts)
    missing = dice.pick(
        (
            ("closing the account", "die Kontoschließung"),
            ("a second card for a partner", "eine Partnerkarte"),
            ("a certified cheque", "einen bestätigten Scheck"),
            ("a safe deposit box", "ein Schließfach"),
        )
    )
    return Draft(
        context=text,
        question=tongue.say(
            f'What does the bank charge, in EUR, for {missing[0]} with the account "{account}"?',
            f"Was berechnet die Bank in EUR für {missing[1]} beim Konto „{account}“?",
        ),
        key=SILENT_EUR,
        explain=tongue.say("The schedule has no such line.", "Das Verzeichnis nennt das nicht."),
    )


TEMPLATES = (
    Template(name="fee-lookup", family=Family.LOOKUP, level=1, draw=_fee_lookup),
    Template(name="fee-bundle", family=Family.ARITHMETIC, level=2, draw=_fee_bundle),
    Template(name="fee-cheapest", family=Family.ARITHMETIC, level=3, draw=_fee_cheapest),
    Template(name="fee-silent", family=Family.SILENCE, level=3, draw=_fee_silent),
)
