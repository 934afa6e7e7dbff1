"""Asks about the school office: rules, dates, timetables and letters."""

import datetime

from large_enough.domain.pack import (
    ChoiceKey,
    DateKey,
    JsonKey,
    LabelKey,
    NumberKey,
    TextKey,
)
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.names import FIRST_NAMES, LAST_NAMES, TOWNS
from large_enough.packs.generators.parts import SILENT_EUR, SILENT_NUMBER, SILENT_TEXT, broken_rule
from large_enough.packs.generators.school.days import school_day
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue, table

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_SUBJECTS = ("Maths", "Physics", "History", "Biology", "Music", "Sport", "Art", "English")


def _day(dice: Dice) -> datetime.date:
    return datetime.date(2026, dice.whole(1, 12), dice.whole(1, 28))


def _timetable(dice: Dice, _tongue: Tongue) -> Draft:
    lessons = [[dice.pick(_SUBJECTS) for _day_ in _DAYS] for _lesson in range(5)]
    row, col = dice.whole(0, 4), dice.whole(0, 4)
    lines = [
        f"{day}: "
        + ", ".join(f"lesson {number} {each[place]}" for number, each in enumerate(lessons, 1))
        for place, day in enumerate(_DAYS)
    ]
    plan = "\n".join(lines)
    return Draft(
        context=f"Timetable of class {dice.whole(5, 10)}{dice.pick('abc')}\n\n{plan}",
        question=f"Which subject is in lesson {row + 1} on {_DAYS[col]}?",
        key=LabelKey(labels=_SUBJECTS, answer=lessons[row][col]),
        explain=f"{_DAYS[col]} / {row + 1}",
    )


def _hand_in(dice: Dice, tongue: Tongue) -> Draft:
    given, days = school_day(dice), dice.pick((8, 10, 12, 16))
    due = given + datetime.timedelta(days=days)
    while due.weekday() > 4:
        due -= datetime.timedelta(days=1)
    return Draft(
        context=f"Projects are due {days} days after the day on which they were given. If that day"
        " is a Saturday or Sunday, they are due on the Friday before.",
        question=f"A project was given on {tongue.weekday(given)}, {tongue.date(given)}. On which"
        " date is it due?",
        key=DateKey(answer=due.isoformat()),
        explain=f"{given.isoformat()} + {days} -> {due.isoformat()}",
    )


def _late_work(dice: Dice, _tongue: Tongue) -> Draft:
    points, per_day, most = dice.whole(50, 100), dice.pick((5, 10)), dice.pick((3, 4, 5))
    days, has_note = dice.whole(0, 7), dice.happens(0.2)
    result = points if has_note else (0 if days > most else max(points - per_day * days, 0))
    late = "on time" if not days else f"{days} day{'s' * (days > 1)} late"
    return Draft(
        context=f"For each day of delay {per_day} points are taken off. After more than {most} days"
        " of delay a paper gets 0 points. With a doctor's note nothing is taken off.",
        question=f"A paper worth {points} points is handed in {late},"
        f" {'with' if has_note else 'without'} a doctor's note. How many points does it get?",
        key=NumberKey(answer=float(result)),
        explain=f"{points} - {days} x {per_day}, note: {has_note} -> {result}",
    )


def _appeal(dice: Dice, tongue: Tongue) -> Draft:
    told, days = school_day(dice), dice.pick((5, 8, 10))
    end, left = told, days
    while left:
        end += datetime.timedelta(days=1)
        left -= end.weekday() <= 4
    return Draft(
        context=f"An objection to a mark must be made within {days} school days. School days are"
        " Monday to Friday; the day on which the mark was announced is not counted. There are no"
        " holidays in this time.",
        question=f"A mark was announced on {tongue.weekday(told)}, {tongue.date(told)}. What is"
        " the last"
        " date for an objection?",
        key=DateKey(answer=end.isoformat()),
        explain=f"{told.isoformat()} + {days} school days",
    )


def _excursion(dice: Dice, tongue: Tongue) -> Draft:
    pupils, teachers = dice.whole(15, 29), dice.whole(1, 3)
    ticket, bus = dice.whole(4, 15), dice.whole(120, 480, 20)
    free = pupils // 10
    total = (pupils - free) * ticket + bus
    return Draft(
        context=f"Museum: EUR {ticket} for each pupil; for every full ten pupils one of them"
        " enters free."
        f" Teachers pay nothing. Coach: {tongue.money(bus)} in total, whatever the number.",
        question=f"A class of {pupils} pupils goes with {teachers} teacher{'s' * (teachers > 1)}."
        " What do entry and coach cost together, in EUR?",
        key=NumberKey(answer=float(total), unit="EUR"),
        explain=f"({pupils} - {free}) x {ticket} + {bus} = {total}",
    )


def _meals(dice: Dice, _tongue: Tongue) -> Draft:
    price, days, missed = dice.whole(30, 55) / 10, dice.whole(12, 21), dice.whole(0, 5)
    children = dice.whole(1, 3)
    percent = 20 if children >= 3 else (10 if children == 2 else 0)
    full = round(price * 100) * (days - missed) * children
    due = full * (100 - percent) / 10000
    return Draft(
        context=f"Lunch costs EUR {price:.2f} a day for each child. Days on which a meal"
        " was cancelled in time are not charged. Families with two children at the school get 10 %"
        " off the sum, with three or more 20 %.",
        question=f"A family has {children} child{'ren' * (children > 1)} at the school. The month"
        f" has {days} school days; on {missed} of them all meals were cancelled in time. What does"
        " lunch cost, in EUR?",
        key=NumberKey(answer=round(due, 2), unit="EUR", tolerance_abs=0.0051),
        explain=f"{children} x {days - missed} x {price:.2f} - {percent} %",
    )


_OFFICES = ("Head", "Secretary", "Caretaker", "Library", "Nurse")
_LETTERS = (
    (0, "I must complain about how my son was spoken to in the lesson on {day}"),
    (0, "we ask for leave of two weeks for a trip to {town}"),
    (1, "my daughter needs a paper that says she attends this school, for the office in {town}"),
    (1, "we have moved to {town}; please change the address"),
    (2, "the heating in room 12 has been cold since {day}"),
    (2, "the lock of the bicycle shed is broken since {day}"),
    (3, "I still have two novels at home that were due on {day}"),
    (3, "is there a copy of the atlas that can be taken home to {town}"),
    (4, "my son must use his inhaler before sport on {day}"),
    (4, "our daughter has been stung in {town} and her arm is swollen; who looks at it"),
)


def _office(dice: Dice, _tongue: Tongue) -> Draft:
    place, body = dice.pick(_LETTERS)
    text = body.format(day=dice.pick(_DAYS), town=dice.pick(TOWNS))
    return Draft(
        context=f"Dear school, {text}. Kind regards, {dice.pick(FIRST_NAMES)}"
        f" {dice.pick(LAST_NAMES)}",
        question="Who in the school should get this letter?",
        key=LabelKey(labels=_OFFICES, answer=_OFFICES[place]),
        explain=_OFFICES[place],
    )


def _absence(dice: Dice, tongue: Tongue) -> Draft:
    child, last = dice.pick(FIRST_NAMES), dice.pick(LAST_NAMES)
    sister = dice.pick([name for name in FIRST_NAMES if name != child])
    first, days = _day(dice), dice.whole(1, 6)
    end = first + datetime.timedelta(days=days)
    group = f"{dice.whole(5, 10)}{dice.pick('abc')}"
    return Draft(
        context=f"Good morning, my child {child} {last} of class {group} has a fever and stays at"
        f" home from {tongue.date(first)} to {tongue.date(end)}. {sister} is well and comes as"
        " usual.",
        question='Give the absence as JSON with the fields "pupil" (first name and surname),'
        ' "class", "from" and "to" (YYYY-MM-DD).',
        key=JsonKey(
            answer={
                "pupil": f"{child} {last}",
                "class": group,
                "from": first.isoformat(),
                "to": end.isoformat(),
            },
            json_schema={"type": "object", "required": ["pupil", "class", "from", "to"]},
        ),
        explain=f"{child} {last}, {group}, {first.isoformat()}, {end.isoformat()}",
    )


_RULES = (
    ("Bicycles are pushed in the yard.", "A boy raced around the fountain on two wheels."),
    ("Food stays out of the computer room.", "Crumbs of a pretzel were found in the keyboard."),
    ("Nobody leaves the grounds during the break.",
     "During the break two pupils were seen in the bakery across the road."),
    ("Windows are shut after the last lesson.", "In the night it snowed onto the piano."),
    ("Borrowed balls are brought back on the same day.", "On Friday three were still missing."),
)  # fmt: skip


def _rule(dice: Dice, _tongue: Tongue) -> Draft:
    return broken_rule(
        dice,
        _RULES,
        heading="House rules",
        question="{deed} Which rule was broken? Give its number only.",
        mark="{}.",
    )


def _order_of_rules(dice: Dice, _tongue: Tongue) -> Draft:
    usual, oral, both = dice.pick((60, 75, 90)), dice.pick((20, 30)), dice.pick((15, 30))
    is_oral, has_aid = dice.happens(0.4), dice.happens(0.5)
    minutes = (oral if is_oral else usual) + (both if has_aid else 0)
    return Draft(
        context=f"1. Written exams take {usual} minutes. 2. Oral exams take {oral} minutes. 3."
        f" Pupils who have been granted extra time get {both} minutes more, in written and oral"
        " exams alike.",
        question=f"A pupil {'with' if has_aid else 'without'} granted extra time takes"
        f" {'an oral' if is_oral else 'a written'} exam. How many minutes does it take?",
        key=NumberKey(answer=float(minutes)),
        explain=f"oral: {is_oral}, help: {has_aid}",
    )


def _free_room(dice: Dice, _tongue: Tongue) -> Draft:
    rooms = dice.some(("R1", "R2", "R3", "R4", "R5"), 4)
    while True:
        seats = [dice.whole(16, 34) for _room in rooms]
        screen = [dice.happens(0.6) for _room in rooms]
        taken = [dice.happens(0.3) for _room in rooms]
        pupils = dice.whole(18, 30)
        fitting = [
            room
            for room, size, has_screen, is_taken in zip(rooms, seats, screen, taken, strict=True)
            if size >= pupils and has_screen and not is_taken
        ]
        if len(fitting) == 1:
            break
    rows = [
        (room, str(size), "yes" if has_screen else "no", "taken" if is_taken else "free")
        for room, size, has_screen, is_taken in zip(rooms, seats, screen, taken, strict=True)
    ]
    return Draft(
        context=f"Lesson 3\n\n{table(('Room', 'Seats', 'Screen', 'State'), rows)}",
        question=f"Which room suits a class of {pupils} that wants to watch a film?",
        key=ChoiceKey(choices=rooms, answer=fitting[0]),
        explain=fitting[0],
    )


def _login(dice: Dice, _tongue: Tongue) -> Draft:
    first, last = dice.pick(FIRST_NAMES), dice.pick(LAST_NAMES).replace("ö", "o")
    year, group = dice.whole(2023, 2026), dice.pick("abc")
    code = f"{last[:4].lower()}.{first[:2].lower()}{year % 100:02d}{group.upper()}"
    return Draft(
        context="User names: the first four letters of the surname, a full stop, the first two"
        " letters of the first name, all in lower case, the last two digits of the year of entry,"
        " the letter of the class as a capital. Example: Maria Sanders, entry 2022, class c:"
        " sand.ma22C",
        question=f"What is the user name of {first} {last}, entry {year}, class {group}?",
        key=TextKey(answers=(code,), keeps_case=True, keeps_punctuation=True),
        explain=code,
    )


def _silent(dice: Dice, tongue: Tongue) -> Draft:
    asked, key = dice.pick(
        (
            ("What does the trip cost, in EUR?", SILENT_EUR),
            ("At what time does the coach leave?", SILENT_TEXT),
            ("How many pupils come along?", SILENT_NUMBER),
            ("What is the telephone number of the hostel?", SILENT_TEXT),
        )
    )
    return Draft(
        context=f"Dear parents, on {tongue.date(school_day(dice))} class {dice.whole(5, 10)} goes"
        " to"
        f" {dice.pick(TOWNS)} for {dice.whole(2, 5)} days. Please pack rain clothes and leave"
        f" telephones at home. {dice.pick(FIRST_NAMES)} {dice.pick(LAST_NAMES)}, class teacher",
        question=asked,
        key=key,
        explain="The letter does not say.",
    )


TEMPLATES = (
    Template(name="timetable", family=Family.LOOKUP, level=3, draw=_timetable),
    Template(name="project-due", family=Family.DEADLINE, level=3, draw=_hand_in),
    Template(name="late-work", family=Family.RULE, level=2, draw=_late_work),
    Template(name="objection", family=Family.DEADLINE, level=3, draw=_appeal),
    Template(name="excursion", family=Family.ARITHMETIC, level=3, draw=_excursion),
    Template(name="lunch", family=Family.ARITHMETIC, level=3, draw=_meals),
    Template(name="office", family=Family.ROUTING, level=1, draw=_office),
    Template(name="absence-fields", family=Family.EXTRACTION, level=1, draw=_absence),
    Template(name="broken-rule", family=Family.CLAUSE, level=2, draw=_rule),
    Template(name="exam-minutes", family=Family.CLAUSE, level=1, draw=_order_of_rules),
    Template(name="free-room", family=Family.RULE, level=2, draw=_free_room),
    Template(name="user-name", family=Family.FORMAT, level=3, draw=_login),
    Template(name="letter-silent", family=Family.SILENCE, level=3, draw=_silent),
)
