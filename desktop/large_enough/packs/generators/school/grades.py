"""Asks about marks: points, averages, passing, and who is admitted."""

from decimal import Decimal

from large_enough.domain.pack import ChoiceKey, LabelKey, ListKey, NumberKey
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.names import FIRST_NAMES
from large_enough.packs.generators.parts import SILENT_NUMBER, SILENT_TEXT
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue, rounded, table

_SUBJECTS = ("Maths", "Physics", "History", "Biology", "Music", "Geography", "Art", "English")
_TENTH = Decimal("0.1")


def _mark_lookup(dice: Dice, _tongue: Tongue) -> Draft:
    names, subjects = dice.some(FIRST_NAMES, 5), dice.some(_SUBJECTS, 5)
    marks = [[dice.whole(1, 6) for _subject in subjects] for _name in names]
    row, col = dice.whole(0, 4), dice.whole(0, 4)
    rows = [(name, *(str(mark) for mark in line)) for name, line in zip(names, marks, strict=True)]
    return Draft(
        context=table(("Pupil", *subjects), rows),
        question=f"Which mark does {names[row]} have in {subjects[col]}?",
        key=NumberKey(answer=float(marks[row][col])),
        explain=f"{names[row]} / {subjects[col]}",
    )


def _points_to_mark(dice: Dice, _tongue: Tongue) -> Draft:
    most = dice.pick((40, 50, 60, 80))
    steps = ((90, "very good"), (75, "good"), (60, "fair"), (45, "weak"), (0, "failed"))
    points = dice.whole(most * 3 // 10, most)
    percent = Decimal(points) * 100 / most
    mark = next(word for least, word in steps if percent >= least)
    words = tuple(word for _least, word in steps)
    rows = [(word, f"{least} %") for least, word in steps]
    return Draft(
        context=f"A test has {most} points.\n\n{table(('Mark', 'From'), rows)}",
        question=f"Somebody has {points} points. Which mark is that?",
        key=ChoiceKey(choices=words, answer=mark, shuffle=False),
        explain=f"{points} / {most} = {percent:.1f} %",
    )


def _weighted(dice: Dice, _tongue: Tongue) -> Draft:
    tests, oral = dice.pick((40, 50, 60)), dice.pick((20, 30))
    home = 100 - tests - oral
    marks = [Decimal(dice.whole(30, 100)) for _part in range(3)]
    parts = zip((tests, oral, home), marks, strict=True)
    total = sum((share * mark for share, mark in parts), Decimal(0)) / 100
    return Draft(
        context=f"The result of a term: tests {tests} %, oral work {oral} %, homework {home} %,"
        " rounded to one decimal.",
        question=f"Tests {marks[0]} points, oral work {marks[1]}, homework {marks[2]}. What is the"
        " result?",
        key=NumberKey(answer=float(rounded(total, _TENTH)), tolerance_abs=0.051),
        explain=f"{tests} % x {marks[0]} + {oral} % x {marks[1]} + {home} % x {marks[2]} = {total}",
    )


def _drop_worst(dice: Dice, _tongue: Tongue) -> Draft:
    marks = [dice.whole(20, 100) for _test in range(5)]
    kept = sorted(marks)[1:]
    mean = rounded(Decimal(sum(kept)) / len(kept), _TENTH)
    return Draft(
        context="The worst of the five tests is left out; the result is the mean of the others,"
        " rounded to one decimal.",
        question=f"Tests: {', '.join(str(mark) for mark in marks)}. What is the result?",
        key=NumberKey(answer=float(mean), tolerance_abs=0.051),
        explain=f"mean of {kept} = {mean}",
    )


def _needed(dice: Dice, _tongue: Tongue) -> Draft:
    wanted, name = dice.whole(55, 80), dice.pick(FIRST_NAMES)
    while True:
        marks = [dice.whole(40, 95) for _test in range(3)]
        need = 4 * wanted - sum(marks)
        if 20 <= need <= 100:
            break
    return Draft(
        context="The result of a course is the mean of four tests of the same weight, each with at"
        f" most 100 points. The certificate needs a mean of {wanted}. {name} has {marks[0]},"
        f" {marks[1]} and {marks[2]} points in the first three tests.",
        question=f"How many points does {name} need in the fourth test for the certificate?",
        key=NumberKey(answer=float(need)),
        explain=f"4 x {wanted} - {sum(marks)} = {need}",
    )


def _promoted(dice: Dice, _tongue: Tongue) -> Draft:
    subjects = dice.some(_SUBJECTS, 6)
    main = subjects[:2]
    marks = [dice.pick((1, 2, 3, 3, 4, 5)) for _subject in subjects]
    fives = [subject for subject, mark in zip(subjects, marks, strict=True) if mark == 5]
    best = [subject for subject, mark in zip(subjects, marks, strict=True) if mark <= 2]
    is_main = any(subject in main for subject in fives)
    passes = not fives or (len(fives) == 1 and (not is_main or any(s in main for s in best)))
    listed = ", ".join(f"{s} {m}" for s, m in zip(subjects, marks, strict=True))
    return Draft(
        context="Marks run from 1 (best) to 5 (failed). Whoever has no 5 moves up. Whoever has"
        " exactly one 5 moves up if it is not in a main subject; a 5 in one main subject is made"
        " up for by a 1 or 2 in the other one. With two or more 5s nobody moves up. Main subjects:"
        f" {main[0]} and {main[1]}.",
        question=f"Marks: {listed}. Does this pupil move up?",
        key=LabelKey(labels=("yes", "no"), answer="yes" if passes else "no"),
        explain=f"5 in: {', '.join(fives) or 'none'}",
    )


def _credits(dice: Dice, _tongue: Tongue) -> Draft:
    names = dice.some(_SUBJECTS, 6)
    credit = [dice.pick((3, 5, 6, 8)) for _name in names]
    passed = [dice.happens(0.65) for _name in names]
    total = sum(value for value, is_passed in zip(credit, passed, strict=True) if is_passed)
    rows = [
        (name, str(value), "passed" if is_passed else "failed")
        for name, value, is_passed in zip(names, credit, passed, strict=True)
    ]
    return Draft(
        context=f"{table(('Course', 'Credits', 'Result'), rows)}\n\nOnly passed courses count.",
        question="How many credits have been earned?",
        key=NumberKey(answer=float(total)),
        explain=f"{total}",
    )


def _admitted(dice: Dice, _tongue: Tongue) -> Draft:
    names = dice.some(FIRST_NAMES, 6)
    least, most = dice.pick((60, 70)), dice.pick((3, 5))
    while True:
        points = [dice.whole(40, 99) for _name in names]
        missed = [dice.whole(0, 8) for _name in names]
        noted = [days > 0 and dice.happens(0.4) for days in missed]
        chosen = [
            name
            for name, mark, days, has_note in zip(names, points, missed, noted, strict=True)
            if mark >= least and (days <= most or has_note)
        ]
        if 1 <= len(chosen) <= 4:
            break
    rows = [
        (name, str(mark), str(days), "yes" if has_note else "no")
        for name, mark, days, has_note in zip(names, points, missed, noted, strict=True)
    ]
    return Draft(
        context=f"To be admitted to the exam one needs at least {least} points and at most {most}"
        " missed days; with a doctor's note missed days do not matter.\n\n"
        + table(("Pupil", "Points", "Missed days", "Doctor's note"), rows),
        question="Who is admitted? List the names.",
        key=ListKey(entries=tuple((name,) for name in chosen)),
        explain=", ".join(chosen),
    )


def _best_mean(dice: Dice, _tongue: Tongue) -> Draft:
    names = dice.some(FIRST_NAMES, 4)
    while True:
        marks = [[dice.whole(40, 99) for _test in range(3)] for _name in names]
        totals = [sum(line) for line in marks]
        ordered = sorted(totals)
        if ordered[-1] - ordered[-2] >= 3:
            break
    rows = [(name, *(str(mark) for mark in line)) for name, line in zip(names, marks, strict=True)]
    return Draft(
        context=table(("Pupil", "Test 1", "Test 2", "Test 3"), rows),
        question="Who has the highest mean of the three tests?",
        key=ChoiceKey(choices=names, answer=names[totals.index(ordered[-1])]),
        explain=", ".join(f"{name}: {total}" for name, total in zip(names, totals, strict=True)),
    )


def _silent(dice: Dice, _tongue: Tongue) -> Draft:
    names, subjects = dice.some(FIRST_NAMES, 4), dice.some(_SUBJECTS, 4)
    other = next(subject for subject in _SUBJECTS if subject not in subjects)
    rows = [(name, *(str(dice.whole(1, 6)) for _subject in subjects)) for name in names]
    asked, key = dice.pick(
        (
            (f"Which mark does {names[0]} have in {other}?", SILENT_NUMBER),
            (f"How many days has {names[1]} missed?", SILENT_NUMBER),
            (f"In which class is {names[2]}?", SILENT_TEXT),
            (f"Who teaches {subjects[0]}?", SILENT_TEXT),
        )
    )
    return Draft(
        context=table(("Pupil", *subjects), rows),
        question=asked,
        key=key,
        explain="The table does not say.",
    )


TEMPLATES = (
    Template(name="mark-lookup", family=Family.LOOKUP, level=1, draw=_mark_lookup),
    Template(name="points-to-mark", family=Family.RULE, level=2, draw=_points_to_mark),
    Template(name="term-result", family=Family.ARITHMETIC, level=3, draw=_weighted),
    Template(name="without-worst", family=Family.ARITHMETIC, level=3, draw=_drop_worst),
    Template(name="needed-points", family=Family.ARITHMETIC, level=2, draw=_needed),
    Template(name="moves-up", family=Family.RULE, level=3, draw=_promoted),
    Template(name="credits", family=Family.ARITHMETIC, level=2, draw=_credits),
    Template(name="admitted", family=Family.SELECTION, level=2, draw=_admitted),
    Template(name="best-mean", family=Family.ARITHMETIC, level=3, draw=_best_mean),
    Template(name="marks-silent", family=Family.SILENCE, level=2, draw=_silent),
)
