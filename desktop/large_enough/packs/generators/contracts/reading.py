"""Asks for what stands in contracts: parties, amounts, clauses, and who decides."""

import datetime

from large_enough.domain.pack import (
    ChoiceKey,
    JsonKey,
    LabelKey,
    ListKey,
    NumberKey,
    TextKey,
)
from large_enough.packs.generators.contracts.terms import FIRMS, a_day
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.names import FIRST_NAMES, LAST_NAMES, TOWNS
from large_enough.packs.generators.parts import SILENT_DATE, SILENT_NUMBER, SILENT_TEXT
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue, numbered, table

_SERVICES = ("cleaning", "bookkeeping", "gardening", "IT support", "catering", "security")


def _register(dice: Dice, tongue: Tongue) -> Draft:
    services = dice.some(_SERVICES, 5)
    fees = [dice.whole(100, 900, 10) for _service in services]
    weeks = [dice.pick((2, 4, 6, 8, 12)) for _service in services]
    place = dice.whole(0, 4)
    is_fee = dice.happens(0.5)
    rows = [
        (name, dice.pick(FIRMS), str(fee), str(time))
        for name, fee, time in zip(services, fees, weeks, strict=True)
    ]
    head = ("Service", "Firm", "EUR a month", "Notice in weeks")
    asked = (
        f"What does the contract for {services[place]} cost a month, in EUR?"
        if is_fee
        else f"How many weeks of notice has the contract for {services[place]}?"
    )
    return Draft(
        context=f"Register of contracts\n\n{table(head, rows)}",
        question=asked,
        key=NumberKey(
            answer=float(fees[place] if is_fee else weeks[place]), unit="EUR" if is_fee else ""
        ),
        explain=f"{services[place]}: {fees[place]}, {weeks[place]} weeks ({tongue.language})",
    )


def _expiring(dice: Dice, tongue: Tongue) -> Draft:
    today = a_day(dice)
    services = dice.some(_SERVICES, 6)
    while True:
        left = [dice.whole(5, 160) for _service in services]
        weeks = [dice.pick((4, 6, 8, 12)) for _service in services]
        goes_on = [dice.happens(0.6) for _service in services]
        chosen = [
            name
            for name, days, time, renews in zip(services, left, weeks, goes_on, strict=True)
            if renews and 0 <= days - 7 * time <= 30
        ]
        is_close = any(27 < days - 7 * time < 34 for days, time in zip(left, weeks, strict=True))
        if 1 <= len(chosen) <= 3 and not is_close:
            break
    rows = [
        (
            name,
            tongue.date(today + datetime.timedelta(days=days - 7 * time)),
            "yes" if renews else "no",
        )
        for name, days, time, renews in zip(services, left, weeks, goes_on, strict=True)
    ]
    head = ("Contract", "Last day for notice", "Goes on by itself")
    return Draft(
        context=f"Today is {tongue.date(today)}.\n\n{table(head, rows)}",
        question="Which contracts go on by themselves and have their last day for notice within the"
        " next 30 days (today included)? List them.",
        key=ListKey(entries=tuple((name,) for name in chosen)),
        explain=", ".join(chosen),
    )


_KINDS = ("Employment", "Lease", "Purchase", "Loan", "Services")
_PASSAGES = (
    (0, "She receives thirty days of leave a year and works 38 hours a week in {town}."),
    (0, "He keeps silent about the firm's affairs also after leaving the post in {town}."),
    (1, "The rooms in {town} are handed over painted white and with two keys."),
    (1, "Heating costs of the flat in {town} are settled once a year."),
    (2, "The press is collected in {town}; risk passes to the buyer at the ramp."),
    (2, "The seller of {town} keeps the title until the price is paid in full."),
    (3, "The sum is paid out in {town} and returned in sixty equal instalments with interest."),
    (3, "Whoever owes two instalments in a row must return the whole sum at once in {town}."),
    (4, "The firm looks after the printers in {town} and comes within four hours of a call."),
    (4, "The advisers of {town} write a report each quarter and charge by the hour."),
)


def _kind(dice: Dice, _tongue: Tongue) -> Draft:
    place, passage = dice.pick(_PASSAGES)
    return Draft(
        context=f"From a contract: “{passage.format(town=dice.pick(TOWNS))}”",
        question="From which kind of contract is this passage?",
        key=LabelKey(labels=_KINDS, answer=_KINDS[place]),
        explain=_KINDS[place],
    )


def _parties(dice: Dice, tongue: Tongue) -> Draft:
    seller, buyer = dice.some(FIRMS, 2)
    amount, count = dice.whole(1200, 48000, 100), dice.whole(2, 40)
    day = a_day(dice)
    handed = day + datetime.timedelta(days=dice.whole(10, 60))
    return Draft(
        context=f"Agreement of {tongue.date(day)}. {buyer} buys from {seller} {count} office chairs"
        f" for {tongue.money(amount)} in total. They are delivered on {tongue.date(handed)} to"
        f" {dice.pick(TOWNS)}. An earlier offer of {tongue.money(amount + 500)} is void.",
        question='Give the agreement as JSON with the fields "buyer", "seller", "price" (number,'
        ' in EUR), "pieces" (number) and "delivery" (YYYY-MM-DD).',
        key=JsonKey(
            answer={
                "buyer": buyer,
                "seller": seller,
                "price": amount,
                "pieces": count,
                "delivery": handed.isoformat(),
            },
            json_schema={
                "type": "object",
                "required": ["buyer", "seller", "price", "pieces", "delivery"],
            },
        ),
        explain=f"{buyer} <- {seller}, {amount}, {count}, {handed.isoformat()}",
    )


_CLAUSES = (
    ("Subletting needs the written consent of the landlord.",
     "Since May a student sleeps in the spare room and pays the tenant for it; nobody was asked."),
    ("Animals larger than a cat are not allowed.", "A Great Dane now guards the flat."),
    ("No music may be made after 22:00.", "The tenant practises the trumpet around midnight."),
    ("The stairs are cleaned every other week by the tenant whose turn it is.",
     "For two months nobody has seen the tenant of the ground floor with a broom."),
    ("Changes to the building need consent.", "A wall between kitchen and hall is gone."),
    ("The rent is due by the third working day.", "The rent for March came on 25 March."),
)  # fmt: skip


def _broken(dice: Dice, _tongue: Tongue) -> Draft:
    order = dice.some(_CLAUSES, 5)
    place = dice.whole(0, 4)
    return Draft(
        context="Lease\n\n" + numbered([clause for clause, _ in order], "§ {} "),
        question=f"{order[place][1]} Which clause has been broken? Give its number only.",
        key=NumberKey(answer=float(place + 1)),
        explain=f"§ {place + 1}",
    )


def _precedence(dice: Dice, _tongue: Tongue) -> Draft:
    terms, order, letter = dice.some((10, 14, 20, 30, 45, 60), 3)
    has_letter, is_signed = dice.happens(0.6), dice.happens(0.6)
    days = letter if has_letter and is_signed else order
    note = (
        f"A side letter of last week, {'signed by both' if is_signed else 'signed by one side'},"
        f" names {letter} days."
        if has_letter
        else "There is no side letter."
    )
    return Draft(
        context=f"Payment. The general terms say {terms} days. The order says {order} days. {note}"
        " § 2 of the general terms: the order comes before the general terms; a side letter comes"
        " before both, but only if both sides have signed it.",
        question="Within how many days must payment be made?",
        key=NumberKey(answer=float(days)),
        explain=f"letter: {has_letter}, signed by both: {is_signed}",
    )


def _may_sign(dice: Dice, _tongue: Tongue) -> Draft:
    amount = dice.whole(2, 90) * 1000
    low, high = dice.pick((5000, 10000)), dice.pick((25000, 50000))
    years = dice.whole(1, 5)
    ways = ("the head of department alone", "one manager alone", "both managers together")
    place = 2 if amount > high or years > 3 else (1 if amount > low else 0)
    return Draft(
        context=f"Signing rules. Up to EUR {low:,}: the head of department alone. Above that up to"
        f" EUR {high:,}: one manager alone. Above that, and always for terms of more than three"
        " years: both managers together.",
        question=f"A contract worth EUR {amount:,} in total with a term of {years}"
        f" year{'s' * (years > 1)} is to be signed. Who signs?",
        key=ChoiceKey(choices=ways, answer=ways[place]),
        explain=f"{amount} against {low} and {high}; {years} years",
    )


def _enough_votes(dice: Dice, _tongue: Tongue) -> Draft:
    members, present = dice.whole(9, 24), 0
    present = dice.whole(members // 3, members)
    yes = dice.whole(present // 2, present)
    is_change = dice.happens(0.5)
    is_quorate = present * 2 >= members
    is_passed = is_quorate and (yes * 4 >= present * 3 if is_change else yes * 2 > present)
    return Draft(
        context="Statutes. The meeting can decide if at least half of all members are present."
        " Decisions need more than half of those present; changes of the statutes need at least"
        " three quarters of those present.",
        question=f"The society has {members} members; {present} are present and {yes} vote for"
        f" {'a change of the statutes' if is_change else 'buying a tent'}. Is the motion carried?",
        key=LabelKey(labels=("yes", "no"), answer="yes" if is_passed else "no"),
        explain=f"{present} of {members}, {yes} of {present}, change: {is_change}",
    )


def _file_mark(dice: Dice, tongue: Tongue) -> Draft:
    first, last, day = dice.pick(FIRST_NAMES), dice.pick(LAST_NAMES), a_day(dice)
    plain = last.replace("ö", "o")
    code = f"{day.year}-{day.month:02d}_{plain.lower()}_{first[0]}"
    return Draft(
        context="Files are named: year, hyphen, month with two digits, underscore, surname in small"
        " letters, underscore, first letter of the first name as a capital. Example: Anna Huber,"
        " 4 March 2023: 2023-03_huber_A",
        question=f"Name the file of {first} {plain}, contract of {tongue.date(day)}.",
        key=TextKey(answers=(code,), keeps_case=True, keeps_punctuation=True),
        explain=code,
    )


def _silent(dice: Dice, tongue: Tongue) -> Draft:
    seller, buyer = dice.some(FIRMS, 2)
    asked, key = dice.pick(
        (
            ("By which date must the price be paid?", SILENT_DATE),
            ("How many pieces are delivered?", SILENT_NUMBER),
            ("How long is the guarantee, in months?", SILENT_NUMBER),
            ("Who pays for the transport?", SILENT_TEXT),
        )
    )
    return Draft(
        context=f"Agreement of {tongue.date(a_day(dice))}. {buyer} buys from {seller} the stock of"
        f" the shop in {dice.pick(TOWNS)} for {tongue.money(dice.whole(3000, 40000, 100))}. The"
        " stock has been looked at; both sides keep the price to themselves.",
        question=asked,
        key=key,
        explain="The agreement does not say.",
    )


TEMPLATES = (
    Template(name="register", family=Family.LOOKUP, level=1, draw=_register),
    Template(name="last-days", family=Family.SELECTION, level=3, draw=_expiring),
    Template(name="kind", family=Family.ROUTING, level=2, draw=_kind),
    Template(name="agreement-fields", family=Family.EXTRACTION, level=1, draw=_parties),
    Template(name="broken-clause", family=Family.CLAUSE, level=1, draw=_broken),
    Template(name="which-term", family=Family.CLAUSE, level=2, draw=_precedence),
    Template(name="who-signs", family=Family.RULE, level=2, draw=_may_sign),
    Template(name="votes", family=Family.RULE, level=2, draw=_enough_votes),
    Template(name="file-name", family=Family.FORMAT, level=3, draw=_file_mark),
    Template(name="agreement-silent", family=Family.SILENCE, level=2, draw=_silent),
)
