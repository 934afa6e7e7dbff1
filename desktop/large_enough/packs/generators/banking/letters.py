"""Asks about customers' letters."""

import datetime

from large_enough.domain.pack import (
    JsonKey,
    LabelKey,
)
from large_enough.packs.generators.banking.parts import BANKS, euros, person
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.names import TOWNS
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue


def _departments(tongue: Tongue) -> tuple[str, ...]:
    return (
        tongue.say("Cards", "Karten"),
        tongue.say("Loans", "Kredite"),
        tongue.say("Transfers", "Überweisungen"),
        tongue.say("Online access", "Onlinezugang"),
        tongue.say("Fraud", "Betrug"),
        tongue.say("Savings", "Sparen"),
    )


_LETTERS_TO_THE_BANK = (
    (0, "my card was kept by the machine in {town} this morning and I need a new one",
     "meine Karte wurde heute früh vom Automaten in {town} eingezogen und ich brauche eine neue"),
    (0, "I would like a higher limit for payments in shops while I am in {town}",
     "ich hätte gern ein höheres Limit für Zahlungen in Geschäften, solange ich in {town} bin"),
    (1, "I want to pay back the rest of what I borrowed for the flat in {town} early",
     "ich möchte den Rest des Darlehens für die Wohnung in {town} vorzeitig zurückzahlen"),
    (1, "can I put off two instalments while my shop in {town} is closed",
     "kann ich zwei Raten aussetzen, solange mein Laden in {town} geschlossen ist"),
    (2, "the rent I sent to my landlord in {town} last week has not arrived",
     "die Miete, die ich letzte Woche meinem Vermieter in {town} geschickt habe, kam nicht an"),
    (2, "I mistyped the account number of the plumber in {town}; can the money be called back",
     "ich habe die Kontonummer des Klempners in {town} falsch eingegeben; ist das Geld rückholbar"),
    (3, "since I changed my phone in {town} the app asks for a code that never comes",
     "seit dem Handywechsel in {town} verlangt die App einen Code, der nie kommt"),
    (3, "after three wrong tries I am locked out of the website; I am in {town} all week",
     "nach drei falschen Versuchen bin ich von der Website ausgesperrt; ich bin jetzt in {town}"),
    (4, "there are three payments in {town} on my account that I never made",
     "auf meinem Konto stehen drei Zahlungen in {town}, die ich nie gemacht habe"),
    (4, "somebody from {town} who said he was from your bank asked me for my codes",
     "jemand aus {town}, der sich als Ihre Bank ausgab, hat mich nach meinen TANs gefragt"),
    (5, "I would like to put money from the sale in {town} aside a year; which rate do you offer",
     "ich möchte das Geld aus dem Verkauf in {town} ein Jahr anlegen; welchen Zinssatz bieten Sie"),
    (5, "how long is the notice for the deposit that I opened in the {town} branch",
     "welche Kündigungsfrist hat die Einlage, die ich in der Filiale {town} eröffnet habe"),
)  # fmt: skip


def _routing(dice: Dice, tongue: Tongue) -> Draft:
    place, english, german = dice.pick(_LETTERS_TO_THE_BANK)
    name, town = person(dice), dice.pick(TOWNS)
    labels = _departments(tongue)
    body = tongue.say(english, german).format(town=town)
    return Draft(
        context=tongue.say(
            f"Dear Sir or Madam, {body}. Please let me know what I have to do. {name}",
            f"Guten Tag, {body}. Bitte sagen Sie mir, was ich tun muss. {name}",
        ),
        question=tongue.say(
            "To which department does this message belong?",
            "In welche Abteilung gehört diese Nachricht?",
        ),
        key=LabelKey(labels=labels, answer=labels[place]),
        explain=labels[place],
    )


def _extraction(dice: Dice, tongue: Tongue) -> Draft:
    name, digits = person(dice), f"{dice.whole(0, 9999):04d}"
    amount = euros(dice, 1500, 95000, 1)
    day = datetime.date(2026, dice.whole(1, 12), dice.whole(1, 28))
    bank, own = dice.pick(BANKS), dice.whole(1000, 9999)
    return Draft(
        context=tongue.say(
            f"Please transfer {tongue.money(amount)} to {name} on {tongue.date(day)}. The account"
            f" is with {bank} and its number ends in {digits}. My own account ends in"
            f" {own}; do not mix them up.",
            f"Bitte überweisen Sie am {tongue.date(day)} {tongue.money(amount)} an {name}. Das"
            f" Konto liegt bei der {bank}, seine Nummer endet auf {digits}. Mein eigenes Konto"
            f" endet auf {own}; bitte nicht verwechseln.",
        ),
        question=tongue.say(
            'Give the order as JSON with the fields "payee", "last_digits" (of the'
            " payee's account, as text),"
            ' "amount" (number, in EUR) and "date" (as YYYY-MM-DD).',
            'Geben Sie den Auftrag als JSON mit den Feldern "payee" (Empfänger), "last_digits"'
            ' (Konto des Empfängers, Text), "amount" (Zahl, in EUR) und "date" (als JJJJ-MM-TT).',
        ),
        key=JsonKey(
            answer={
                "payee": name,
                "last_digits": digits,
                "amount": float(amount),
                "date": day.isoformat(),
            },
            json_schema={
                "type": "object",
                "required": ["payee", "last_digits", "amount", "date"],
            },
            tolerance_abs=0.005,
        ),
        explain=f"{name}, {digits}, {amount}, {day.isoformat()}",
    )


TEMPLATES = (
    Template(name="department", family=Family.ROUTING, level=1, draw=_routing),
    Template(name="order-fields", family=Family.EXTRACTION, level=1, draw=_extraction),
)
