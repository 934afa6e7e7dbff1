"""Asks who qualifies, which clause applies, and for a given form."""

from decimal import Decimal

from large_enough.domain.pack import (
    ListKey,
    NumberKey,
    TextKey,
)
from large_enough.packs.generators.banking.parts import BANKS, euros, person
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.names import LAST_NAMES, TOWNS
from large_enough.packs.generators.parts import SILENT_DATE, SILENT_TEXT, money_key
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue, numbered, table


def _qualifying(dice: Dice, tongue: Tongue) -> Draft:
    least, years = dice.whole(1500, 4000, 500), dice.whole(2, 5)
    people = dice.some(LAST_NAMES, 6)
    while True:
        held = [dice.whole(500, 6000, 100) for _person in people]
        since = [dice.whole(0, 9) for _person in people]
        has_loan = [dice.happens(0.3) for _person in people]
        chosen = [
            name
            for name, amount, time, loan in zip(people, held, since, has_loan, strict=True)
            if amount >= least and time >= years and not loan
        ]
        spared = any(
            amount >= least and time >= years and loan
            for amount, time, loan in zip(held, since, has_loan, strict=True)
        )
        if spared and 1 <= len(chosen) <= 4:
            break
    yes, no = tongue.say("yes", "ja"), tongue.say("no", "nein")
    rows = [
        [name, str(amount), str(time), yes if loan else no]
        for name, amount, time, loan in zip(people, held, since, has_loan, strict=True)
    ]
    head = (
        tongue.say("Customer", "Kunde"),
        tongue.say("Savings in EUR", "Erspartes in EUR"),
        tongue.say("Years as a customer", "Jahre als Kunde"),
        tongue.say("Overdue loan", "Überfälliger Kredit"),
    )
    return Draft(
        context=tongue.say(
            f"The gold card is offered to customers with savings of at least EUR {least} who have"
            f" been customers for at least {years} years and have no overdue loan.",
            f"Die Goldkarte wird Kunden mit mindestens {least} EUR Erspartem angeboten, die"
            f" seit mindestens {years} Jahren Kunde sind und keinen überfälligen Kredit haben.",
        )
        + f"\n\n{table(head, rows)}",
        question=tongue.say(
            "Which customers are offered the gold card? List their names.",
            "Welchen Kunden wird die Goldkarte angeboten? Nennen Sie ihre Namen.",
        ),
        key=ListKey(entries=tuple((name,) for name in chosen)),
        explain=", ".join(chosen),
    )


def _clause(dice: Dice, tongue: Tongue) -> Draft:
    clauses = (
        ("A lost card must be reported within 24 hours.",
         "Ein Kartenverlust ist binnen 24 Stunden zu melden.",
         "A customer noticed on Monday that the card was gone and rang on Thursday.",
         "Ein Kunde bemerkte am Montag, dass die Karte fehlte, und rief am Donnerstag an."),
        ("The PIN must not be kept together with the card.",
         "Die PIN darf nicht zusammen mit der Karte aufbewahrt werden.",
         "A customer wrote the secret number on a slip in the purse beside the card.",
         "Eine Kundin schrieb die Geheimzahl auf einen Zettel im Portemonnaie neben der Karte."),
        ("Changes of address must be notified within a month.",
         "Ein Umzug ist binnen eines Monats mitzuteilen.",
         "Letters have come back for half a year because the customer moved and said nothing.",
         "Seit einem halben Jahr kommen Briefe zurück, weil der Kunde umzog und nichts sagte."),
        ("The account is for private use only.",
         "Das Konto ist nur für private Zwecke bestimmt.",
         "A customer has all invoices of a garage paid into the account.",
         "Ein Kunde lässt alle Rechnungen einer Werkstatt auf das Konto zahlen."),
        ("Objections to a statement must be made within six weeks.",
         "Einwände gegen einen Auszug sind binnen sechs Wochen zu erheben.",
         "In October a customer disputes a line of the May statement.",
         "Im Oktober bestreitet eine Kundin eine Zeile des Auszugs vom Mai."),
    )  # fmt: skip
    order = dice.mixed(clauses)
    place = dice.whole(0, len(order) - 1)
    texts = [tongue.say(each[0], each[1]) for each in order]
    return Draft(
        context=tongue.say("Conditions of the account", "Kontobedingungen")
        + "\n\n"
        + numbered(texts, "§ {} "),
        question=tongue.say(
            f"{order[place][2]} Which clause has been broken? Give its number only.",
            f"{order[place][3]} Gegen welche Klausel wurde verstoßen? Nennen Sie nur ihre Nummer.",
        ),
        key=NumberKey(answer=float(place + 1)),
        explain=f"§ {place + 1}",
    )


def _priority(dice: Dice, tongue: Tongue) -> Draft:
    general, special = dice.whole(4, 9), dice.whole(1, 3)
    action = dice.whole(10, 14)
    is_student, is_action = dice.happens(0.6), dice.happens(0.5)
    answer = action if is_action else (special if is_student else general)
    return Draft(
        context=tongue.say(
            f"§ 1 The price of the account is EUR {general} a month. § 2 Students pay EUR {special}"
            f" a month. § 3 Accounts opened through a partner cost EUR {action} a month in the"
            " first year, whatever other rules say. § 4 Special rules come before general ones.",
            f"§ 1 Das Konto kostet {general} EUR im Monat. § 2 Studierende zahlen {special} EUR im"
            f" Monat. § 3 Über Partner eröffnete Konten kosten im ersten Jahr {action} EUR im"
            " Monat, ungeachtet anderer Regeln. § 4 Besondere Regeln gehen allgemeinen vor.",
        ),
        question=tongue.say(
            f"{'A student' if is_student else 'A nurse'} opened an account"
            f" {'through a partner' if is_action else 'in a branch'} three months ago. What does it"
            " cost a month, in EUR?",
            f"{'Eine Studentin' if is_student else 'Eine Pflegerin'} hat vor drei Monaten"
            f" {'über einen Partner' if is_action else 'in einer Filiale'} ein Konto eröffnet. Was"
            " kostet es im Monat, in EUR?",
        ),
        key=money_key(Decimal(answer)),
        explain=f"student: {is_student}, partner: {is_action} -> {answer}",
    )


def _order_silent(dice: Dice, tongue: Tongue) -> Draft:
    name, amount = person(dice), euros(dice, 1500, 95000, 1)
    town, bank = dice.pick(TOWNS), dice.pick(BANKS)
    asked, key = dice.pick(
        (
            (("On which date is the transfer to be made?",
             "An welchem Datum soll überwiesen werden?"), SILENT_DATE),
            (("What are the last four digits of the payee's account?",
             "Wie lauten die letzten vier Ziffern des Empfängerkontos?"), SILENT_TEXT),
            (("What is the invoice number?", "Wie lautet die Rechnungsnummer?"), SILENT_TEXT),
        )
    )  # fmt: skip
    return Draft(
        context=tongue.say(
            f"Please send {tongue.money(amount)} to {name} in {town} for the work on the roof. The"
            f" account is with {bank}. Thank you for your trouble.",
            f"Bitte überweisen Sie {tongue.money(amount)} an {name} in {town} für die Arbeiten am"
            f" Dach. Das Konto liegt bei der {bank}. Vielen Dank für Ihre Mühe.",
        ),
        question=tongue.say(*asked),
        key=key,
        explain=tongue.say("The letter does not say.", "Der Brief sagt es nicht."),
    )


def _reference(dice: Dice, tongue: Tongue) -> Draft:
    last, number = dice.pick(LAST_NAMES), dice.whole(1, 999)
    year, kind = dice.whole(2021, 2029), dice.pick("ABK")
    plain = last.replace("ö", "o").upper()
    code = f"{kind}-{year % 100:02d}{number:04d}-{plain[:3]}"
    return Draft(
        context=tongue.say(
            "Payment references are written as: the letter of the account, a hyphen, the last two"
            " digits of the year followed by the customer number with four digits (filled with"
            " zeros in front), a hyphen, the first three letters of the surname in capitals."
            " Example: account A, year 2024, customer 57, surname Rossi: A-240057-ROS.",
            "Verwendungszwecke werden so geschrieben: Buchstabe des Kontos, Bindestrich, die"
            " letzten zwei Ziffern des Jahres, gefolgt von der Kundennummer (vorn mit"
            " Nullen auf vier Stellen aufgefüllt), Bindestrich, die ersten drei Buchstaben des"
            " Nachnamens in Großbuchstaben."
            " Beispiel: Konto A, Jahr 2024, Kunde 57, Nachname Rossi: A-240057-ROS.",
        ),
        question=tongue.say(
            f"Write the reference for account {kind}, year {year}, customer {number}, surname"
            f" {last.replace('ö', 'o')}.",
            f"Schreiben Sie den Verwendungszweck für Konto {kind}, Jahr {year}, Kunde {number},"
            " Nachname"
            f" {last.replace('ö', 'o')}.",
        ),
        key=TextKey(answers=(code,), keeps_case=True, keeps_punctuation=True),
        explain=code,
    )


TEMPLATES = (
    Template(name="gold-card", family=Family.SELECTION, level=2, draw=_qualifying),
    Template(name="broken-clause", family=Family.CLAUSE, level=1, draw=_clause),
    Template(name="which-price", family=Family.CLAUSE, level=1, draw=_priority),
    Template(name="order-silent", family=Family.SILENCE, level=1, draw=_order_silent),
    Template(name="reference", family=Family.FORMAT, level=3, draw=_reference),
)
