"""Asks about contracts: terms, notice, faults, and which rule holds."""

import datetime

from large_enough.domain.pack import (
    DateKey,
    JsonKey,
    LabelKey,
    ListKey,
    NumberKey,
    TextKey,
)
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.names import FIRST_NAMES, LAST_NAMES, TOWNS
from large_enough.packs.generators.parts import SILENT_DATE, SILENT_EUR, SILENT_TEXT
from large_enough.packs.generators.telecom.parts import COMPANIES, PLANS
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue, counted, numbered, sentence, table


def _notice(dice: Dice, tongue: Tongue) -> Draft:
    end = datetime.date(2026, dice.whole(3, 12), dice.whole(5, 28))
    days = dice.pick((14, 28, 30))
    last = end - datetime.timedelta(days=days)
    return Draft(
        context=tongue.say(
            f"The contract runs until {tongue.date(end)}. It ends on that day if notice is received"
            f" at least {days} days before it; otherwise it goes on month by month.",
            f"Der Vertrag läuft bis zum {tongue.date(end)}. Er endet an diesem Tag, wenn die"
            f" Kündigung mindestens {days} Tage vorher eingeht; sonst läuft er monatlich weiter.",
        ),
        question=tongue.say(
            "What is the last date on which notice can be received so that the contract ends then?",
            "An welchem Datum muss die Kündigung spätestens eingehen, damit er zu diesem Tag"
            " endet?",
        ),
        key=DateKey(answer=last.isoformat()),
        explain=f"{end.isoformat()} - {days}",
    )


def _refund(dice: Dice, tongue: Tongue) -> Draft:
    hours, first, later = dice.whole(20, 120, 5), dice.pick((24, 48)), dice.whole(5, 10)
    days = max(0, -(-(hours - first) // 24))
    amount = min(days * later, 5 * later)
    is_own = dice.happens(0.25)
    cause = tongue.say(
        "The customer had pulled out the cable."
        if is_own
        else "An excavator of a road crew had cut the cable.",
        "Der Kunde hatte das Kabel gezogen."
        if is_own
        else "Ein Bagger des Straßenbaus hatte das Kabel gekappt.",
    )
    return Draft(
        context=tongue.say(
            f"If the line fails for more than {first} hours, the customer gets EUR {later} for each"
            f" begun day (24 hours) after that, at most for five days. Nothing is paid if the"
            " customer caused the fault.",
            f"Fällt der Anschluss länger als {first} Stunden aus, erhält der Kunde {later} EUR für"
            " jeden danach begonnenen Tag (24 Stunden), höchstens für fünf Tage. Hat der Kunde den"
            " Ausfall verursacht, wird nichts gezahlt.",
        ),
        question=tongue.say(
            f"A line failed for {hours} hours. {cause} How much does the customer get, in EUR?",
            f"Ein Anschluss fiel {hours} Stunden aus. {cause} Wie viel erhält der Kunde, in EUR?",
        ),
        key=NumberKey(answer=float(0 if is_own else amount), unit="EUR"),
        explain=f"ceil(({hours} - {first}) / 24) = {days}, x {later}; own fault: {is_own}",
    )


_LABELS = (
    ("Billing", "Rechnung"),
    ("Line faults", "Störung"),
    ("Moving house", "Umzug"),
    ("Cancellation", "Kündigung"),
    ("Sales", "Verkauf"),
)
_CALLS = (
    (0, "I was charged twice for March", "für März wurde mir zweimal berechnet"),
    (0, "there is a service of EUR 4.99 on the list that I never ordered",
     "auf der Liste steht ein Dienst für 4,99 EUR, den ich nie bestellt habe"),
    (1, "since the storm the router only blinks red", "seit dem Sturm blinkt der Router nur rot"),
    (1, "every evening the picture freezes and calls break off",
     "jeden Abend friert das Bild ein und Gespräche brechen ab"),
    (2, "from May on we live in {town} and want to take the connection along",
     "ab Mai wohnen wir in {town} und möchten den Anschluss mitnehmen"),
    (2, "the new flat in {town} has no socket; what now",
     "die neue Wohnung in {town} hat keine Dose; was nun"),
    (3, "I do not want to go on after the end of the term",
     "ich möchte nach Ende der Laufzeit nicht weitermachen"),
    (3, "my mother has died and her number is no longer needed",
     "meine Mutter ist gestorben und ihre Nummer wird nicht mehr gebraucht"),
    (4, "is there fibre in {town} yet, and what would it cost me",
     "gibt es in {town} schon Glasfaser, und was würde sie mich kosten"),
    (4, "we would like a third card for our son; what do you have",
     "wir hätten gern eine dritte Karte für unseren Sohn; was haben Sie da"),
)  # fmt: skip


def _routing(dice: Dice, tongue: Tongue) -> Draft:
    place, english, german = dice.pick(_CALLS)
    name, town = dice.pick(LAST_NAMES), dice.pick(TOWNS)
    labels = tuple(tongue.say(*label) for label in _LABELS)
    body = tongue.say(english, german).format(town=town)
    return Draft(
        context=tongue.say(
            f"Note of a call from {name}: “{sentence(body)}.”",
            f"Anruf von {name}: „{sentence(body)}.“",
        ),
        question=tongue.say("Which team gets this call?", "Welches Team bekommt diesen Anruf?"),
        key=LabelKey(labels=labels, answer=labels[place]),
        explain=labels[place],
    )


def _order(dice: Dice, tongue: Tongue) -> Draft:
    name = f"{dice.pick(FIRST_NAMES)} {dice.pick(LAST_NAMES)}"
    plan, count = dice.pick(PLANS), dice.whole(1, 5)
    number = f"{dice.whole(100000, 999999)}"
    day = datetime.date(2026, dice.whole(1, 12), dice.whole(1, 28))
    old = dice.pick([each for each in PLANS if each != plan])
    cards = counted(count, *tongue.say("card cards", "Karte Karten").split())
    return Draft(
        context=tongue.say(
            f"Customer {number}, {name}, leaves the tariff {old} and wants {cards} of the"
            f" tariff {plan} from {tongue.date(day)} on. The offer for fibre was declined.",
            f"Kunde {number}, {name}, verlässt den Tarif {old} und möchte ab dem {tongue.date(day)}"
            f" {cards} im Tarif {plan}. Das Angebot für Glasfaser wurde abgelehnt.",
        ),
        question=tongue.say(
            'Give the order as JSON with the fields "customer" (number, as text),'
            ' "tariff" (the new one),'
            ' "cards" (number) and "from" (YYYY-MM-DD).',
            'Geben Sie den Auftrag als JSON mit den Feldern "customer" (Kundennummer, Text),'
            ' "tariff" (der neue), "cards" (Anzahl) und "from" (JJJJ-MM-TT).',
        ),
        key=JsonKey(
            answer={"customer": number, "tariff": plan, "cards": count, "from": day.isoformat()},
            json_schema={"type": "object", "required": ["customer", "tariff", "cards", "from"]},
        ),
        explain=f"{number}, {plan}, {count}, {day.isoformat()}",
    )


def _overdue(dice: Dice, tongue: Tongue) -> Draft:
    people = dice.some(LAST_NAMES, 6)
    while True:
        owed = [dice.whole(0, 160, 10) for _each in people]
        days = [dice.whole(0, 40) for _each in people]
        disputed = [dice.happens(0.3) for _each in people]
        chosen = [
            name
            for name, amount, late, doubt in zip(people, owed, days, disputed, strict=True)
            if amount >= 70 and late > 14 and not doubt
        ]
        spared = any(
            amount >= 70 and late > 14 and doubt
            for amount, late, doubt in zip(owed, days, disputed, strict=True)
        )
        if spared and 1 <= len(chosen) <= 3:
            break
    yes, no = tongue.say("yes", "ja"), tongue.say("no", "nein")
    rows = [
        (name, str(amount), str(late), yes if doubt else no)
        for name, amount, late, doubt in zip(people, owed, days, disputed, strict=True)
    ]
    head = (
        tongue.say("Customer", "Kunde"),
        tongue.say("Owes EUR", "Schuldet EUR"),
        tongue.say("Days overdue", "Tage überfällig"),
        tongue.say("Disputed", "Bestritten"),
    )
    return Draft(
        context=tongue.say(
            "A line may be blocked if at least EUR 70 are more than 14 days overdue and the"
            " customer"
            " does not dispute the amount.",
            "Ein Anschluss darf gesperrt werden, wenn mindestens 70 EUR seit mehr als 14 Tagen"
            " fällig sind und der Kunde den Betrag nicht bestreitet.",
        )
        + f"\n\n{table(head, rows)}",
        question=tongue.say(
            "Whose lines may be blocked? List the names.",
            "Wessen Anschlüsse dürfen gesperrt werden? Nennen Sie die Namen.",
        ),
        key=ListKey(entries=tuple((name,) for name in chosen)),
        explain=", ".join(chosen),
    )


def _which_rule(dice: Dice, tongue: Tongue) -> Draft:
    rules = (
        ("Cards may not be resold.", "Karten dürfen nicht weiterverkauft werden.",
         "Somebody offers ten of our cards on a market.",
         "Jemand bietet zehn unserer Karten auf einem Markt an."),
        ("The router stays our property and is sent back at the end.",
         "Der Router bleibt unser Eigentum und ist am Ende zurückzuschicken.",
         "Half a year after the end of the contract the box still stands on the shelf.",
         "Ein halbes Jahr nach Vertragsende steht das Gerät noch im Regal."),
        ("Numbers may not be used for advertising calls.",
         "Nummern dürfen nicht für Werbeanrufe genutzt werden.",
         "Two hundred households were rung about a new mattress.",
         "Zweihundert Haushalte wurden wegen einer neuen Matratze angerufen."),
        ("Faults must be reported within three days.",
         "Störungen sind binnen drei Tagen zu melden.",
         "The line had been dead for two weeks when the customer first told us.",
         "Der Anschluss war schon zwei Wochen tot, als der Kunde zum ersten Mal anrief."),
        ("Fair use: at most three devices at a time.",
         "Fair Use: höchstens drei Geräte zugleich.",
         "A whole dormitory surfs through one subscription.",
         "Ein ganzes Wohnheim surft über einen Vertrag."),
    )  # fmt: skip
    order = dice.mixed(rules)
    place = dice.whole(0, len(order) - 1)
    return Draft(
        context=numbered([tongue.say(each[0], each[1]) for each in order], "§ {} "),
        question=tongue.say(
            f"{order[place][2]} Which rule does this break? Give its number only.",
            f"{order[place][3]} Gegen welche Regel verstößt das? Nennen Sie nur ihre Nummer.",
        ),
        key=NumberKey(answer=float(place + 1)),
        explain=f"§ {place + 1}",
    )


def _priority(dice: Dice, tongue: Tongue) -> Draft:
    base, young, staff = dice.whole(25, 40), dice.whole(12, 20), dice.whole(5, 11)
    age, is_staff = dice.whole(18, 45), dice.happens(0.4)
    price = staff if is_staff else (young if age < 28 else base)
    work = tongue.say(
        "works for the phone company" if is_staff else "works in a bakery",
        "arbeitet bei der Telefonfirma" if is_staff else "arbeitet in einer Bäckerei",
    )
    return Draft(
        context=tongue.say(
            f"§ 1 The connection costs EUR {base} a month. § 2 Customers under 28 pay EUR {young}."
            f" § 3 Our staff pay EUR {staff}, at any age. § 4 Reductions are not added up; the"
            " lowest"
            " price applies.",
            f"§ 1 Der Anschluss kostet {base} EUR im Monat. § 2 Kunden unter 28 zahlen {young} EUR."
            f" § 3 Unsere Beschäftigten zahlen {staff} EUR, in jedem Alter. § 4 Ermäßigungen"
            " werden nicht"
            " addiert; es gilt der niedrigste Preis.",
        ),
        question=tongue.say(
            f"A person aged {age} {work}. What does the connection cost a month, in EUR?",
            f"Eine Person ist {age} Jahre alt und {work}. Was kostet der Anschluss im Monat, in"
            " EUR?",
        ),
        key=NumberKey(answer=float(price), unit="EUR"),
        explain=f"age {age}, staff: {is_staff} -> {price}",
    )


def _ticket(dice: Dice, tongue: Tongue) -> Draft:
    day, number = datetime.date(2026, dice.whole(1, 12), dice.whole(1, 28)), dice.whole(1, 99)
    area, urgent = dice.pick(("NE", "SW", "MI")), dice.happens(0.5)
    code = f"{area}{day:%m%d}-{number:03d}{'!' * urgent}"
    pressing = tongue.say(
        "urgent" if urgent else "not urgent", "dringend" if urgent else "nicht eilig"
    )
    return Draft(
        context=tongue.say(
            "Fault tickets are named: area (two capitals), month and day (two digits each), a"
            " hyphen, the running number with three digits; an exclamation mark after it if the"
            " ticket is urgent. Example: area MI, 4 July, number 9, urgent: MI0704-009!",
            "Störungsmeldungen heißen: Gebiet (zwei Großbuchstaben), Monat und Tag (je zwei"
            " Ziffern), Bindestrich, laufende Nummer mit drei Ziffern; dahinter ein Ausrufezeichen,"
            " wenn es eilt. Beispiel: Gebiet MI, 4. Juli, Nummer 9, dringend: MI0704-009!",
        ),
        question=tongue.say(
            f"Name the ticket: area {area}, {tongue.date(day)}, number {number}, {pressing}.",
            f"Benennen Sie die Meldung: Gebiet {area}, {tongue.date(day)}, Nummer {number},"
            f" {pressing}.",
        ),
        key=TextKey(answers=(code,), keeps_case=True, keeps_punctuation=True),
        explain=code,
    )


def _call_silent(dice: Dice, tongue: Tongue) -> Draft:
    name, town, company = dice.pick(LAST_NAMES), dice.pick(TOWNS), dice.pick(COMPANIES)
    plan = dice.pick(PLANS)
    asked, key = dice.pick(
        (
            (("On which date did the fault begin?",
              "An welchem Datum begann die Störung?"), SILENT_DATE),
            (("What is the customer number?", "Wie lautet die Kundennummer?"), SILENT_TEXT),
            (("How much does the customer pay a month, in EUR?",
             "Wie viel zahlt der Kunde im Monat, in EUR?"), SILENT_EUR),
        )
    )  # fmt: skip
    return Draft(
        context=tongue.say(
            f"{name} from {town} has the tariff {plan} with {company}. The line is noisy on rainy"
            " days; a technician has been there twice and changed the socket.",
            f"{name} aus {town} hat den Tarif {plan} bei {company}. Bei Regen rauscht die Leitung;"
            " ein Techniker war zweimal da und hat die Dose getauscht.",
        ),
        question=tongue.say(*asked),
        key=key,
        explain=tongue.say("The note does not say.", "Die Notiz sagt es nicht."),
    )


TEMPLATES = (
    Template(name="notice-date", family=Family.DEADLINE, level=3, draw=_notice),
    Template(name="outage-refund", family=Family.RULE, level=3, draw=_refund),
    Template(name="team", family=Family.ROUTING, level=2, draw=_routing),
    Template(name="order-fields", family=Family.EXTRACTION, level=1, draw=_order),
    Template(name="may-block", family=Family.SELECTION, level=2, draw=_overdue),
    Template(name="broken-rule", family=Family.CLAUSE, level=2, draw=_which_rule),
    Template(name="which-price", family=Family.CLAUSE, level=2, draw=_priority),
    Template(name="ticket-name", family=Family.FORMAT, level=3, draw=_ticket),
    Template(name="call-silent", family=Family.SILENCE, level=2, draw=_call_silent),
)
