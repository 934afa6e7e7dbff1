"""Asks about warranties and claims: deadlines, letters, and who is entitled."""

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
from large_enough.packs.generators.parts import SILENT_EUR, SILENT_TEXT, broken_rule, later
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue, table

_DEVICES = ("kettle", "drill", "headset", "tablet", "blender", "reader", "heater", "printer")


def _day(dice: Dice) -> datetime.date:
    return datetime.date(dice.whole(2023, 2026), dice.whole(1, 12), dice.whole(1, 28))


def _in_warranty(dice: Dice, tongue: Tongue) -> Draft:
    bought, months = _day(dice), dice.pick((12, 24, 36))
    fault = later(bought, months) + datetime.timedelta(days=dice.whole(-60, 60))
    opened, battery = dice.happens(0.25), dice.happens(0.25)
    limit = later(bought, 6) if battery else later(bought, months)
    answer = "yes" if fault <= limit and not opened else "no"
    part = "the battery" if battery else "the motor"
    return Draft(
        context=f"Warranty: {months} months from the day of purchase, the last day included; six"
        " months for batteries. It ends at once if somebody other than our service has opened the"
        " device.",
        question=f"A {dice.pick(_DEVICES)} was bought on {tongue.date(bought)}. On"
        f" {tongue.date(fault)} {part} failed."
        f" {'A friend had opened it before.' if opened else 'Nobody had opened it.'} Does the"
        " warranty hold?",
        key=LabelKey(labels=("yes", "no"), answer=answer),
        explain=f"limit {limit.isoformat()}, fault {fault.isoformat()}, opened: {opened}",
    )


def _warranty_end(dice: Dice, tongue: Tongue) -> Draft:
    bought, months, days = _day(dice), dice.pick((12, 18, 24)), dice.whole(5, 40)
    end = later(bought, months) + datetime.timedelta(days=days)
    return Draft(
        context=f"The warranty lasts {months} months from the day of purchase and ends on the day"
        " with the same number in the month. The days that a device spends in repair with us are"
        " added at the end.",
        question=f"A {dice.pick(_DEVICES)} was bought on {tongue.date(bought)} and later spent"
        f" {days} days in repair there. On which date does the warranty end?",
        key=DateKey(answer=end.isoformat()),
        explain=f"{bought.isoformat()} + {months} months + {days} days",
    )


def _report_by(dice: Dice, tongue: Tongue) -> Draft:
    kinds = (("theft", 3), ("storm", 14), ("water", 7), ("glass", 21))
    name, days = dice.pick(kinds)
    day = _day(dice)
    rows = [(kind, f"{limit} days") for kind, limit in kinds]
    return Draft(
        context="Damage must be reported within these times. The day of the damage is not counted;"
        f" weekends are.\n\n{table(('Damage', 'Report within'), rows)}",
        question=f"Damage of the kind “{name}” happened on {tongue.date(day)}. What is the last"
        " date for the report?",
        key=DateKey(answer=(day + datetime.timedelta(days=days)).isoformat()),
        explain=f"{day.isoformat()} + {days}",
    )


def _waiting(dice: Dice, tongue: Tongue) -> Draft:
    start, general, dental = _day(dice), dice.pick((2, 3)), dice.pick((6, 8))
    is_accident, is_dental = dice.happens(0.25), dice.happens(0.5)
    months = dental if is_dental else general
    treated = later(start, months) + datetime.timedelta(days=dice.whole(-25, 25))
    answer = "yes" if is_accident or treated >= later(start, months) else "no"
    cause = "after an accident" if is_accident else "without any accident"
    return Draft(
        context=f"Health cover: treatments are paid after {general} months of insurance, dental"
        f" treatments after {dental} months. After an accident there is no waiting time.",
        question=f"Insurance began on {tongue.date(start)}. On {tongue.date(treated)} a customer"
        f" had {'dental treatment' if is_dental else 'a treatment of the knee'}, {cause}."
        " Is it paid?",
        key=LabelKey(labels=("yes", "no"), answer=answer),
        explain=f"from {later(start, months).isoformat()}; accident: {is_accident}",
    )


_TEAMS = ("Motor", "Household", "Travel", "Health", "Liability")
_LETTERS = (
    (0, "a lorry pushed me into the ditch near {town} and the bonnet is gone"),
    (0, "my windscreen cracked on the road to {town}"),
    (1, "the flat in {town} smells of smoke since the toaster burnt"),
    (1, "our own bathtub ran over and the bookshelf in {town} is soaked"),
    (2, "our flight to {town} was called off and the hotel keeps the deposit"),
    (2, "the suitcase never arrived in {town}"),
    (3, "I enclose the bill for the spectacles that I had made in {town}"),
    (3, "does the stay in the clinic in {town} have to be agreed on beforehand"),
    (4, "my son kicked a ball through the neighbour's window in {town}"),
    (4, "at a friend's in {town} I knocked over a very old vase"),
)


def _team(dice: Dice, _tongue: Tongue) -> Draft:
    place, body = dice.pick(_LETTERS)
    name = f"{dice.pick(FIRST_NAMES)} {dice.pick(LAST_NAMES)}"
    return Draft(
        context=f"Dear all, {body.format(town=dice.pick(TOWNS))}. Please write soon. {name}",
        question="Which team handles this letter?",
        key=LabelKey(labels=_TEAMS, answer=_TEAMS[place]),
        explain=_TEAMS[place],
    )


def _claim_fields(dice: Dice, tongue: Tongue) -> Draft:
    name = f"{dice.pick(FIRST_NAMES)} {dice.pick(LAST_NAMES)}"
    policy, amount = f"P{dice.whole(10000, 99999)}", dice.whole(80, 4000, 10)
    day = _day(dice)
    told = day + datetime.timedelta(days=dice.whole(1, 6))
    return Draft(
        context=f"On {tongue.date(told)} {name} rang about policy {policy}: on"
        f" {tongue.date(day)} a shelf fell on the piano. The repair is put at EUR {amount}; an"
        f" offer of EUR {amount + 150} was too expensive.",
        question='Give the claim as JSON with the fields "policy", "name", "damage_date"'
        ' (YYYY-MM-DD) and "amount" (number, in EUR).',
        key=JsonKey(
            answer={
                "policy": policy,
                "name": name,
                "damage_date": day.isoformat(),
                "amount": amount,
            },
            json_schema={
                "type": "object",
                "required": ["policy", "name", "damage_date", "amount"],
            },
        ),
        explain=f"{policy}, {name}, {day.isoformat()}, {amount}",
    )


def _payable(dice: Dice, _tongue: Tongue) -> Draft:
    numbers = [f"C-{dice.whole(100, 999)}" for _claim in range(6)]
    limit, days = dice.pick((500, 750, 1000)), dice.pick((7, 10, 14))
    while True:
        amounts = [dice.whole(100, 1500, 50) for _claim in numbers]
        late = [dice.whole(0, 20) for _claim in numbers]
        papers = [dice.happens(0.7) for _claim in numbers]
        chosen = [
            number
            for number, amount, wait, whole in zip(numbers, amounts, late, papers, strict=True)
            if amount <= limit and wait <= days and whole
        ]
        if 1 <= len(chosen) <= 4 and len(set(numbers)) == len(numbers):
            break
        numbers = [f"C-{dice.whole(100, 999)}" for _claim in range(6)]
    rows = [
        (number, str(amount), str(wait), "complete" if whole else "missing")
        for number, amount, wait, whole in zip(numbers, amounts, late, papers, strict=True)
    ]
    head = ("Claim", "EUR", "Reported after days", "Papers")
    return Draft(
        context=f"Claims of up to EUR {limit} that were reported within {days} days and whose"
        f" papers are complete are paid without a visit.\n\n{table(head, rows)}",
        question="Which claims are paid without a visit? List their numbers.",
        key=ListKey(entries=tuple((number,) for number in chosen)),
        explain=", ".join(chosen),
    )


def _parts(dice: Dice, tongue: Tongue) -> Draft:
    part, work, travel = dice.whole(20, 180, 5), dice.whole(30, 90, 5), dice.whole(15, 40, 5)
    year, hours = dice.whole(1, 4), dice.whole(1, 3)
    free_parts, free_work = year <= 3, year <= 1
    due = (0 if free_parts else part) + (0 if free_work else hours * work) + travel
    return Draft(
        context="Guarantee of the maker: in the first year parts and work are free, in the second"
        " and third year parts only. Travel of the technician is always charged once."
        f" Work: {tongue.money(work)} an hour. Travel: {tongue.money(travel)}.",
        question=f"In year {year} a part worth EUR {part} is replaced in {hours}"
        f" hour{'s' * (hours > 1)} at the customer's home. What does the customer pay, in EUR?",
        key=NumberKey(answer=float(due), unit="EUR"),
        explain=f"parts free: {free_parts}, work free: {free_work}, travel {travel}: {due}",
    )


_CLAUSES = (
    ("Damage must be reported without delay.",
     "A leak that occurred in March was reported to us in November."),
    ("Nothing may be repaired before we have seen it, except to prevent more damage.",
     "The kitchen had been rebuilt when our expert rang the bell."),
    ("Changes of the risk, such as renting out rooms, must be reported.",
     "For a year two rooms have been let to tourists and nobody reported it."),
    ("The amount of a loss must be stated truthfully.",
     "For a necklace bought for 80 euros, a customer claimed 800 euros."),
    ("Doors must be locked when nobody is at home.",
     "The thieves walked in through the open front door while all were at the lake."),
)  # fmt: skip


def _broken(dice: Dice, _tongue: Tongue) -> Draft:
    return broken_rule(
        dice,
        _CLAUSES,
        heading="Duties of the policyholder",
        question="{deed} Which duty was broken? Give its number only.",
    )


def _priority(dice: Dice, _tongue: Tongue) -> Draft:
    general, bicycles, special = dice.whole(2, 5) * 1000, dice.whole(4, 9) * 100, dice.whole(12, 20)
    value = dice.whole(1000, 3000, 100)
    has_rider = dice.happens(0.5)
    limit = special * 100 if has_rider else bicycles
    return Draft(
        context=f"§ 1 Theft is paid up to EUR {general}. § 2 For bicycles the limit is EUR"
        f" {bicycles}. § 3 If the certificate names the extension “Bicycle plus”, the limit for"
        f" bicycles is EUR {special * 100} instead. § 4 The more specific rule prevails.",
        question=f"A bicycle worth EUR {value} is stolen. The certificate"
        f" {'names “Bicycle plus”' if has_rider else 'names no extension'}. How much is paid, in"
        " EUR?",
        key=NumberKey(answer=float(min(value, limit)), unit="EUR"),
        explain=f"min({value}, {limit})",
    )


def _claim_silent(dice: Dice, tongue: Tongue) -> Draft:
    name, town = dice.pick(LAST_NAMES), dice.pick(TOWNS)
    asked, key = dice.pick(
        (
            ("How high is the damage, in EUR?", SILENT_EUR),
            ("What is the number of the policy?", SILENT_TEXT),
            ("At what time of day did it happen?", SILENT_TEXT),
            ("Who saw it happen?", SILENT_TEXT),
        )
    )
    return Draft(
        context=f"{name} from {town} reports that on {tongue.date(_day(dice))} a tree fell on the"
        " garage. The door cannot be opened; the car inside is unharmed. Photographs will follow.",
        question=asked,
        key=key,
        explain="The report does not say.",
    )


def _number(dice: Dice, tongue: Tongue) -> Draft:
    kind, day, running = dice.pick("MHT"), _day(dice), dice.whole(1, 4999)
    code = f"{day.year % 100:02d}/{kind}{running:05d}-{day.timetuple().tm_yday % 7}"
    return Draft(
        context="Claim numbers are written: the year with two digits, a slash, the letter of the"
        " branch and the running number with five digits (zeros in front), a hyphen, the check"
        " digit. Example: year 2024, branch M, number 77, check digit 3: 24/M00077-3.",
        question=f"Write the claim number: year {day.year}, branch {kind}, number {running}, check"
        f" digit {day.timetuple().tm_yday % 7}.",
        key=TextKey(answers=(code,), keeps_case=True, keeps_punctuation=True),
        explain=f"{code} ({tongue.date(day)})",
    )


TEMPLATES = (
    Template(name="in-warranty", family=Family.RULE, level=2, draw=_in_warranty),
    Template(name="warranty-end", family=Family.DEADLINE, level=3, draw=_warranty_end),
    Template(name="report-by", family=Family.DEADLINE, level=2, draw=_report_by),
    Template(name="waiting-time", family=Family.RULE, level=2, draw=_waiting),
    Template(name="team", family=Family.ROUTING, level=2, draw=_team),
    Template(name="claim-fields", family=Family.EXTRACTION, level=1, draw=_claim_fields),
    Template(name="paid-at-once", family=Family.SELECTION, level=2, draw=_payable),
    Template(name="repair-bill", family=Family.ARITHMETIC, level=2, draw=_parts),
    Template(name="broken-duty", family=Family.CLAUSE, level=1, draw=_broken),
    Template(name="which-limit", family=Family.CLAUSE, level=2, draw=_priority),
    Template(name="claim-silent", family=Family.SILENCE, level=1, draw=_claim_silent),
    Template(name="claim-number", family=Family.FORMAT, level=3, draw=_number),
)
