"""Asks about cards, limits and rules with exceptions."""

from decimal import Decimal

from large_enough.domain.pack import (
    ChoiceKey,
    LabelKey,
)
from large_enough.packs.generators.banking.parts import BANKS, euros
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.parts import money_key
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue, rounded


def _abroad(dice: Dice, tongue: Tongue) -> Draft:
    percent = Decimal(dice.whole(100, 300, 25)) / 100
    least = euros(dice, 300, 700, 50)
    card_fee = Decimal(dice.whole(100, 200, 25)) / 100
    amount = dice.whole(40, 900, 20)  # no half cents
    cash = max(rounded(amount * percent / 100), least)
    total = cash + rounded(amount * card_fee / 100)
    bank = dice.pick(BANKS)
    return Draft(
        context=tongue.say(
            f"{bank}, card conditions.\n\nCash withdrawals at cash machines of other banks outside"
            " the"
            f" euro area: {percent} % of the amount, at least {tongue.money(least)}. In addition, a"
            f" foreign currency fee of {card_fee} % of the amount is charged on every withdrawal"
            " and payment outside the euro area. Amounts are rounded to the cent. Withdrawals at"
            " our own machines are free.",
            f"{bank}, Kartenbedingungen.\n\nBargeld an Automaten anderer Banken außerhalb des"
            " Euroraums:"
            f" {tongue.number(percent, 2)} % des Betrags, mindestens {tongue.money(least)}."
            f" Zusätzlich fällt bei jeder Abhebung und Zahlung außerhalb des Euroraums ein"
            f" Fremdwährungsentgelt von {tongue.number(card_fee, 2)} % des Betrags an. Beträge"
            " werden auf Cent gerundet. Abhebungen an unseren eigenen Automaten sind kostenlos.",
        ),
        question=tongue.say(
            f"A customer withdraws the equivalent of EUR {amount} at a cash machine of another"
            " bank,"
            " outside the euro area. How much does the bank charge in total, in EUR?",
            f"Eine Kundin hebt außerhalb des Euroraums umgerechnet {amount} EUR am Automaten einer"
            " anderen Bank ab."
            " Wie viel berechnet die Bank insgesamt, in EUR?",
        ),
        key=money_key(total),
        explain=f"max({percent} % x {amount}, {least}) + {card_fee} % x {amount} = {total}",
    )


def _limit(dice: Dice, tongue: Tongue) -> Draft:
    daily, weekly = dice.whole(300, 800, 50), dice.whole(1000, 2000, 100)
    today, week = dice.whole(0, daily - 50, 50), dice.whole(300, weekly, 50)
    week = max(week, today)
    wanted = dice.whole(50, 500, 50)
    is_daily, is_weekly = today + wanted > daily, week + wanted > weekly
    answers = (
        tongue.say("Yes", "Ja"),
        tongue.say("No, because of the daily limit only", "Nein, nur wegen des Tageslimits"),
        tongue.say("No, because of the weekly limit only", "Nein, nur wegen des Wochenlimits"),
        tongue.say("No, because of both limits", "Nein, wegen beider Limits"),
    )
    return Draft(
        context=tongue.say(
            f"Cash limits of the card: EUR {daily} per calendar day, EUR {weekly} per calendar"
            f" week. Before this withdrawal, the customer has taken out EUR {today} today and EUR"
            f" {week} this week (today included). The balance is high enough.",
            f"Bargeldlimits der Karte: {daily} EUR je Kalendertag, {weekly} EUR je Kalenderwoche."
            f" Vor dieser Abhebung hat der Kunde heute {today} EUR und in dieser Woche {week} EUR"
            " (heute eingeschlossen) abgehoben. Das Guthaben reicht aus.",
        ),
        question=tongue.say(
            f"Can the customer withdraw another EUR {wanted} now?",
            f"Kann der Kunde jetzt noch {wanted} EUR abheben?",
        ),
        key=ChoiceKey(choices=answers, answer=answers[is_daily + 2 * is_weekly], shuffle=True),
        explain=f"{today} + {wanted} <= {daily}? {week} + {wanted} <= {weekly}?",
    )


def _waived(dice: Dice, tongue: Tongue) -> Draft:
    fee, income = euros(dice, 390, 990, 10), dice.whole(700, 1500, 50)
    age, youth = dice.whole(19, 60), dice.pick((24, 25, 27))
    incoming = dice.whole(income - 300, income + 300, 10)
    has_loan = dice.happens(0.3)
    is_free = age < youth or incoming >= income
    payable = Decimal(0) if is_free else (rounded(fee / 2) if has_loan else fee)
    loan = tongue.say(
        "also holds a loan with the bank" if has_loan else "has no loan with the bank",
        "hat bei der Bank auch einen Kredit" if has_loan else "hat bei der Bank keinen Kredit",
    )
    return Draft(
        context=tongue.say(
            f"Monthly account fee: {tongue.money(fee)}. The fee is not charged in months in which"
            f" at least EUR {income} come in as salary or pension, nor for customers under {youth}"
            " years of age. Customers with a loan pay half of the fee, rounded to the cent, if"
            " it is charged at all. Own transfers between accounts do not count as income.",
            f"Monatliches Kontoentgelt: {tongue.money(fee)}. Es entfällt in Monaten, in denen"
            f" mindestens {income} EUR Gehalt oder Rente eingehen, sowie für Kunden unter {youth}"
            " Jahren. Kunden mit Kredit zahlen die Hälfte, auf Cent gerundet, sofern das Entgelt"
            " anfällt. Eigene Umbuchungen zählen nicht als Eingang.",
        ),
        question=tongue.say(
            f"A customer aged {age} received a salary of EUR {incoming} this month, moved EUR 500"
            f" over from a savings account, and {loan}. What account fee is due, in EUR?",
            f"Ein Kunde ist {age} Jahre alt, erhielt in diesem Monat {incoming} EUR Gehalt, buchte"
            f" 500 EUR vom Sparkonto um und {loan}. Welches Kontoentgelt fällt an, in EUR?",
        ),
        key=money_key(payable),
        explain=f"young: {age < youth}, income: {incoming >= income}, loan: {has_loan}: {payable}",
    )


def _bonus(dice: Dice, tongue: Tongue) -> Draft:
    bonus, payments, months = dice.whole(50, 150, 10), dice.whole(3, 6), dice.whole(2, 4)
    made, held = dice.whole(payments - 2, payments + 2), dice.whole(months - 1, months + 2)
    was_customer = dice.happens(0.4)
    is_paid = made >= payments and held >= months and not was_customer
    yes, no = tongue.say("yes", "ja"), tongue.say("no", "nein")
    before = tongue.say(
        "closed an account with the bank five months ago" if was_customer else "is new to the bank",
        "hat vor fünf Monaten ein Konto bei der Bank geschlossen"
        if was_customer
        else "ist neu bei der Bank",
    )
    return Draft(
        context=tongue.say(
            f"Welcome bonus of EUR {bonus}: paid to new customers who make at least {payments} card"
            f" payments and keep their new account for at least {months} full months. New"
            " customers are"
            " those who had no account with us in the last twelve months.",
            f"Startguthaben von {bonus} EUR: für Neukunden, die mindestens {payments} Mal mit der"
            f" Karte zahlen und das neue Konto mindestens {months} volle Monate behalten. Neukunde"
            " ist,"
            " wer in den letzten zwölf Monaten kein Konto bei uns hatte.",
        ),
        question=tongue.say(
            f"A person {before}, made {made} card payments and has kept the new account for {held}"
            " full"
            " months. Is the bonus paid?",
            f"Eine Person {before}, hat {made} Mal mit der Karte gezahlt und das neue Konto {held}"
            " volle"
            " Monate behalten. Wird das Guthaben gezahlt?",
        ),
        key=LabelKey(labels=(yes, no), answer=yes if is_paid else no),
        explain=f"{made} >= {payments}, {held} >= {months}, new: {not was_customer}",
    )


TEMPLATES = (
    Template(name="cash-abroad", family=Family.ARITHMETIC, level=3, draw=_abroad),
    Template(name="cash-limit", family=Family.RULE, level=2, draw=_limit),
    Template(name="fee-waived", family=Family.RULE, level=2, draw=_waived),
    Template(name="bonus", family=Family.RULE, level=2, draw=_bonus),
)
