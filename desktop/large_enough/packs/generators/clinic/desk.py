"""Asks about the front desk of a clinic: appointments, letters, rules."""

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
from large_enough.packs.generators.parts import SILENT_NUMBER, SILENT_TEXT, broken_rule, later
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue, table

_ROOMS = ("Ultrasound", "X-ray", "Blood test", "Vaccination", "Dressing")
_PEOPLE = ("Dr Abelo", "Dr Falkner", "Dr Ivanek", "Dr Nowotny", "Dr Varga")


def _day(dice: Dice) -> datetime.date:
    return datetime.date(2026, dice.whole(1, 12), dice.whole(1, 28))


def _working_day(dice: Dice) -> datetime.date:
    day = _day(dice)
    return day - datetime.timedelta(days=max(day.weekday() - 4, 0))


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _consultation(dice: Dice, _tongue: Tongue) -> Draft:
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    doctors = dice.some(_PEOPLE, 4)
    hours = [[f"{dice.whole(8, 10)}-{dice.whole(12, 17)}" if dice.happens(0.75) else "none"
              for _day_ in days] for _doctor in doctors]  # fmt: skip
    while True:
        row, col = dice.whole(0, 3), dice.whole(0, 4)
        if hours[row][col] != "none":
            break
        hours[row][col] = f"{dice.whole(8, 10)}-{dice.whole(12, 17)}"
    opening = int(hours[row][col].split("-")[0])
    rows = [(doctor, *line) for doctor, line in zip(doctors, hours, strict=True)]
    return Draft(
        context=f"Consultation hours (24-hour clock)\n\n{table(('', *days), rows)}",
        question=f"At what hour does the consultation of {doctors[row]} begin on {days[col]}? Give"
        " the hour as a number.",
        key=NumberKey(answer=float(opening)),
        explain=f"{doctors[row]} / {days[col]}: {hours[row][col]}",
    )


def _free_slot(dice: Dice, _tongue: Tongue) -> Draft:
    length, start = dice.pick((15, 20, 30)), 8 * 60
    slots = [start + place * length for place in range(8)]
    taken = [dice.happens(0.6) for _slot in slots]
    after = slots[dice.whole(1, 4)]
    free = [slot for slot, is_taken in zip(slots, taken, strict=True) if not is_taken]
    later = [slot for slot in free if slot >= after]
    if not later:
        taken[-1], later = False, [slots[-1]]
    rows = [(_clock(slot), "taken" if is_taken else "free")
            for slot, is_taken in zip(slots, taken, strict=True)]  # fmt: skip
    return Draft(
        context=f"Appointments of {length} minutes\n\n{table(('Begins', 'State'), rows)}",
        question=f"A patient can be there from {_clock(after)} on. When does the first free"
        " appointment begin? Answer as in the table.",
        key=TextKey(
            answers=tuple(dict.fromkeys((_clock(later[0]), _clock(later[0]).zfill(5)))),
            keeps_punctuation=True,
        ),
        explain=_clock(later[0]),
    )


def _recall(dice: Dice, tongue: Tongue) -> Draft:
    months, is_moved = dice.pick((2, 3, 4, 6, 9)), dice.happens(0.5)
    while True:
        last = _working_day(dice)
        due = later(last, months)
        if (due.weekday() > 4) is is_moved:
            break
    while due.weekday() > 4:
        due += datetime.timedelta(days=1)
    return Draft(
        context=f"Check-ups take place {months} months after the last one. If that day is a"
        " Saturday"
        " or a Sunday, the appointment is on the Monday after it.",
        question=f"The last check-up was on {tongue.weekday(last)}, {tongue.date(last)}. On which"
        " date is the next one?",
        key=DateKey(answer=due.isoformat()),
        explain=f"{last.isoformat()} + {months} months -> {due.isoformat()}",
    )


def _cancelling(dice: Dice, tongue: Tongue) -> Draft:
    hours, fee = dice.pick((24, 48)), dice.whole(20, 60, 5)
    day, hour = _day(dice), dice.whole(9, 16)
    days = dice.whole(0, 2)
    rang = dice.whole(8, 17) if days else dice.whole(7, hour - 1)
    before = 24 * days + hour - rang
    called = day - datetime.timedelta(days=days)
    is_ill, is_first = dice.happens(0.2), dice.happens(0.2)
    is_due = before < hours and not is_ill and not is_first
    kind = "It is the patient's first missed appointment. " if is_first else (
        "The patient has missed appointments before. ")  # fmt: skip
    return Draft(
        context=f"Appointments can be cancelled free of charge up to {hours} hours before they"
        f" begin. After that EUR {fee} are charged. Nothing is charged if the patient sends a"
        " doctor's note, or if it is the first time that the patient misses an appointment.",
        question=f"An appointment is on {tongue.date(day)} at {hour}:00. The patient rings on"
        f" {tongue.date(called)} at {rang}:00 and cancels. {kind}"
        f"{'A note of a doctor follows.' if is_ill else 'There is no note.'} What is charged, in"
        " EUR?",
        key=NumberKey(answer=float(fee if is_due else 0), unit="EUR"),
        explain=f"{before} h before, first: {is_first}, note: {is_ill}",
    )


_DESKS = ("Appointments", "Prescriptions", "Bills", "Records", "Laboratory")
_MESSAGES = (
    (0, "could my visit next week be moved to the afternoon, the train from {town} is late"),
    (0, "I need somebody to look at my ear before I travel to {town}"),
    (1, "my tablets for the pressure are used up on Friday, can I fetch the paper in {town}"),
    (1, "the chemist in {town} says the slip is out of date and wants a new one"),
    (2, "the sum you sent to {town} names a service I never had"),
    (2, "may I pay in three parts? I have just moved to {town}"),
    (3, "please send what you have on my knee to the practice in {town}"),
    (3, "the hospital in {town} asks for a copy of my old reports"),
    (4, "are the results of the blood taken on Monday back? I am in {town} again"),
    (4, "must I come to {town} without breakfast when blood is taken"),
)


def _desk(dice: Dice, _tongue: Tongue) -> Draft:
    place, body = dice.pick(_MESSAGES)
    name = f"{dice.pick(FIRST_NAMES)} {dice.pick(LAST_NAMES)}"
    return Draft(
        context=f"Message on the machine: “Good morning, {body.format(town=dice.pick(TOWNS))}."
        f" {name}.”",
        question="Which desk takes care of this message?",
        key=LabelKey(labels=_DESKS, answer=_DESKS[place]),
        explain=_DESKS[place],
    )


def _form(dice: Dice, tongue: Tongue) -> Draft:
    first, last = dice.pick(FIRST_NAMES), dice.pick(LAST_NAMES)
    born = datetime.date(dice.whole(1940, 2015), dice.whole(1, 12), dice.whole(1, 28))
    visit, room = _day(dice), dice.pick(_ROOMS)
    number = f"{dice.whole(10000, 99999)}"
    return Draft(
        context=f"{last}, {first} (patient {number}), born on {tongue.date(born)}, was here on"
        f" {tongue.date(visit - datetime.timedelta(days=dice.whole(7, 40)))} and is to come again"
        f" on {tongue.date(visit)} for: {room}. {dice.pick(FIRST_NAMES)} {last} will drive.",
        question='Give the next visit as JSON with the fields "patient" (number as text), "born"'
        ' (YYYY-MM-DD), "visit" (YYYY-MM-DD) and "purpose" (what for).',
        key=JsonKey(
            answer={
                "patient": number,
                "born": born.isoformat(),
                "visit": visit.isoformat(),
                "purpose": room,
            },
            json_schema={"type": "object", "required": ["patient", "born", "visit", "purpose"]},
        ),
        explain=f"{number}, {born.isoformat()}, {visit.isoformat()}, {room}",
    )


def _who_is_due(dice: Dice, _tongue: Tongue) -> Draft:
    people, years = dice.some(LAST_NAMES, 6), dice.pick((5, 10))
    while True:
        ages = [dice.whole(30, 80) for _each in people]
        last = [dice.whole(0, 14) for _each in people]
        refused = [dice.happens(0.2) for _each in people]
        chosen = [
            name
            for name, age, time, no in zip(people, ages, last, refused, strict=True)
            if age >= 50 and time >= years and not no
        ]
        spared = any(
            age >= 50 and time >= years and no
            for age, time, no in zip(ages, last, refused, strict=True)
        )
        if spared and 1 <= len(chosen) <= 4:
            break
    rows = [
        (name, str(age), str(time), "no" if no else "yes")
        for name, age, time, no in zip(people, ages, last, refused, strict=True)
    ]
    head = ("Patient", "Age", "Years since the last vaccination", "Wants letters")
    return Draft(
        context=f"Patients aged 50 or more whose last vaccination was {years} or more years ago get"
        f" a letter, unless they want none.\n\n{table(head, rows)}",
        question="Who gets a letter? List the names.",
        key=ListKey(entries=tuple((name,) for name in chosen)),
        explain=", ".join(chosen),
    )


_RULES = (
    ("Visitors keep to the hours from 14:00 to 19:00.", "An uncle sat at a bed at nine at night."),
    ("Telephones are silent in the waiting room.",
     "A man told the whole waiting room about his boat, aloud, through his handset."),
    ("Records leave the house only with the patient's signature.",
     "A file was sent to an employer who had asked for it kindly."),
    ("Medicines are kept locked.", "On the trolley in the corridor stood an open box of ampoules."),
    ("Staff wear their badge.", "Nobody knew who the helper without any name on the coat was."),
)  # fmt: skip


def _rule(dice: Dice, _tongue: Tongue) -> Draft:
    return broken_rule(
        dice,
        _RULES,
        heading="House rules",
        question="{deed} Which rule was broken? Give its number only.",
    )


def _order_of_rules(dice: Dice, _tongue: Tongue) -> Draft:
    usual, child, pain = dice.whole(15, 25, 5), dice.whole(30, 40, 5), dice.whole(5, 10, 5)
    age, is_pain = dice.whole(4, 40), dice.happens(0.4)
    minutes = pain if is_pain else (child if age < 14 else usual)
    return Draft(
        context=f"§ 1 For a visit, {usual} minutes are planned. § 2 Children under 14 get {child}"
        f" minutes. § 3 Acute pain is fitted in between, for {pain} minutes, at any age. § 4 If"
        " several rules fit, the last of them applies.",
        question=f"A patient aged {age} comes"
        f" {'with acute toothache' if is_pain else 'for the yearly check'}. How many minutes are"
        " planned?",
        key=NumberKey(answer=float(minutes)),
        explain=f"age {age}, pain: {is_pain}",
    )


def _triage(dice: Dice, _tongue: Tongue) -> Draft:
    words = ("red", "yellow", "green")
    scale, breath, walks = dice.whole(0, 10), dice.happens(0.3), dice.happens(0.85)
    place = 0 if breath else (1 if scale >= 7 or not walks else 2)
    return Draft(
        context="Admission sheet (invented, for this exercise only). Red, seen at once:"
        " difficulty breathing. Yellow, seen within 30 minutes: pain of 7 or more on a scale of"
        " 10, or"
        " cannot walk. Green, seen within 2 hours: all others. The highest level that fits"
        " counts.",
        question=f"From the sheet of a patient: pain {scale} of 10,"
        f" {'walks unaided' if walks else 'cannot walk'},"
        f" {'has difficulty breathing' if breath else 'breathes normally'}. Which level is it?",
        key=LabelKey(labels=words, answer=words[place]),
        explain=words[place],
    )


def _silent(dice: Dice, tongue: Tongue) -> Draft:
    name, doctor = dice.pick(LAST_NAMES), dice.pick(_PEOPLE)
    asked, key = dice.pick(
        (
            ("How old is the patient?", SILENT_NUMBER),
            ("At what time does the appointment begin?", SILENT_TEXT),
            ("What is the number of the patient?", SILENT_TEXT),
            ("Who is to be told in an emergency?", SILENT_TEXT),
        )
    )
    return Draft(
        context=f"Reminder. {name} has an appointment with {doctor} on {tongue.date(_day(dice))}"
        f" for {dice.pick(_ROOMS).lower()}. Bring the insurance card and a list of medicines.",
        question=asked,
        key=key,
        explain="The reminder does not say.",
    )


def _label(dice: Dice, tongue: Tongue) -> Draft:
    day, number = _day(dice), dice.whole(1, 250)
    kind, is_urgent = dice.pick(("BL", "UR", "SW")), dice.happens(0.4)
    code = f"{'U-' * is_urgent}{kind}{day:%y%m%d}.{number:03d}"
    return Draft(
        context="Labels of samples: two letters of the kind, the date as YYMMDD, a full stop, the"
        " number of the day with three digits. Urgent ones begin with U and a hyphen. Example: kind"
        " BL, 5 March 2024, number 8, urgent: U-BL240305.008",
        question=f"Write the label: kind {kind}, {tongue.date(day)}, number {number},"
        f" {'urgent' if is_urgent else 'not urgent'}.",
        key=TextKey(answers=(code,), keeps_case=True, keeps_punctuation=True),
        explain=code,
    )


TEMPLATES = (
    Template(name="consultation", family=Family.LOOKUP, level=1, draw=_consultation),
    Template(name="free-slot", family=Family.LOOKUP, level=1, draw=_free_slot),
    Template(name="check-up", family=Family.DEADLINE, level=3, draw=_recall),
    Template(name="cancelling", family=Family.RULE, level=1, draw=_cancelling),
    Template(name="desk", family=Family.ROUTING, level=1, draw=_desk),
    Template(name="visit-fields", family=Family.EXTRACTION, level=1, draw=_form),
    Template(name="letter-due", family=Family.SELECTION, level=2, draw=_who_is_due),
    Template(name="broken-rule", family=Family.CLAUSE, level=2, draw=_rule),
    Template(name="planned-minutes", family=Family.CLAUSE, level=2, draw=_order_of_rules),
    Template(name="admission", family=Family.RULE, level=1, draw=_triage),
    Template(name="reminder-silent", family=Family.SILENCE, level=1, draw=_silent),
    Template(name="sample-label", family=Family.FORMAT, level=3, draw=_label),
)
