"""Asks about queries, logs, patterns and versions."""

import datetime

from large_enough.domain.pack import (
    JsonKey,
    LabelKey,
    ListKey,
    NumberKey,
    TextKey,
)
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.names import FIRST_NAMES
from large_enough.packs.generators.parts import SILENT_DATE, SILENT_NUMBER, SILENT_TEXT
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue, table

_CITIES = ("Oslo", "Porto", "Turin", "Ghent")
_PACKAGES = ("alder", "birch", "cedar", "hazel", "maple")
_MODULES = ("auth", "billing", "search", "mail", "export")


def _people(dice: Dice) -> list[tuple[str, str, int]]:
    names = dice.some(FIRST_NAMES, 6)
    return [(name, dice.pick(_CITIES), dice.whole(18, 65)) for name in names]


def _people_table(rows: list[tuple[str, str, int]]) -> str:
    shown = table(("name", "city", "age"), [(name, city, str(age)) for name, city, age in rows])
    return f"Table `people`\n\n{shown}"


_COUNT = "SELECT COUNT(*) FROM people"
_NAMES = "SELECT name FROM people"
_LARGEST = (
    "SELECT city, SUM(age) AS total FROM people",
    "GROUP BY city ORDER BY total DESC LIMIT 1",
)


def _query(first: str, second: str) -> str:
    """Write a query of two lines to be read; none is ever run."""
    return f"```sql\n{first}\n{second};\n```"


def _sql_count(dice: Dice, _tongue: Tongue) -> Draft:
    rows, city, age = _people(dice), dice.pick(_CITIES), dice.whole(25, 45)
    is_or = dice.happens(0.4)
    count = sum(
        (where == city or old > age) if is_or else (where == city and old > age)
        for _name, where, old in rows
    )
    word = "OR" if is_or else "AND"
    wanted = f"WHERE city = '{city}' {word} age > {age}"
    return Draft(
        context=f"{_people_table(rows)}\n\n{_query(_COUNT, wanted)}",
        question="Which number does the query return?",
        key=NumberKey(answer=float(count)),
        explain=f"{count}",
    )


def _sql_names(dice: Dice, _tongue: Tongue) -> Draft:
    while True:
        rows, city, age = _people(dice), dice.pick(_CITIES), dice.whole(25, 50)
        names = [name for name, where, old in rows if where != city and old <= age]
        if 1 <= len(names) <= 4:
            break
    wanted = f"WHERE city <> '{city}' AND age <= {age}"
    return Draft(
        context=f"{_people_table(rows)}\n\n{_query(_NAMES, wanted)}",
        question="Which names does the query return? List them.",
        key=ListKey(entries=tuple((name,) for name in names)),
        explain=", ".join(names),
    )


def _sql_group(dice: Dice, _tongue: Tongue) -> Draft:
    while True:
        rows = _people(dice)
        sums = {city: sum(age for _n, where, age in rows if where == city) for city in _CITIES}
        ordered = sorted(sums.values())
        if ordered[-1] > ordered[-2]:
            break
    best = next(city for city in _CITIES if sums[city] == ordered[-1])
    return Draft(
        context=f"{_people_table(rows)}\n\n{_query(*_LARGEST)}",
        question="Which city does the query return?",
        key=LabelKey(labels=_CITIES, answer=best),
        explain=", ".join(f"{city}: {total}" for city, total in sums.items()),
    )


def _log(dice: Dice) -> list[tuple[str, str, str, int]]:
    minute = dice.whole(0, 20)
    lines = []
    for _line in range(7):
        minute += dice.whole(1, 5)
        level = dice.pick(("INFO", "INFO", "WARN", "ERROR"))
        lines.append((f"09:{minute:02d}", level, dice.pick(_MODULES), dice.whole(5, 900)))
    return lines


def _log_text(lines: list[tuple[str, str, str, int]]) -> str:
    shown = (f"{time} {level:5} {module}: took {took} ms" for time, level, module, took in lines)
    return "\n".join(("```", *shown, "```"))


def _first_error(dice: Dice, _tongue: Tongue) -> Draft:
    while True:
        lines = _log(dice)
        errors = [module for _time, level, module, _took in lines if level == "ERROR"]
        if len(set(errors)) >= 2:
            break
    return Draft(
        context=_log_text(lines),
        question="Which module reports the first ERROR?",
        key=LabelKey(labels=_MODULES, answer=errors[0]),
        explain=errors[0],
    )


def _slowest(dice: Dice, _tongue: Tongue) -> Draft:
    while True:
        lines = _log(dice)
        level = dice.pick(("INFO", "WARN"))
        times = [took for _time, kind, _module, took in lines if kind == level]
        if len(times) >= 2:
            break
    return Draft(
        context=_log_text(lines),
        question=f"What is the longest time, in ms, in a line with {level}?",
        key=NumberKey(answer=float(max(times)), unit="ms"),
        explain=f"{times}",
    )


def _log_fields(dice: Dice, _tongue: Tongue) -> Draft:
    lines = _log(dice)
    time, level, module, took = dice.pick(lines)
    return Draft(
        context=_log_text(lines),
        question=f'Give the line of {time} as JSON with the fields "time", "level", "module"'
        ' and "ms" (number).',
        key=JsonKey(
            answer={"time": time, "level": level, "module": module, "ms": took},
            json_schema={"type": "object", "required": ["time", "level", "module", "ms"]},
        ),
        explain=f"{time} {level} {module} {took}",
    )


def _version(dice: Dice, _tongue: Tongue) -> Draft:
    while True:
        versions = tuple(
            f"{dice.whole(1, 3)}.{dice.whole(0, 12)}.{dice.whole(0, 11)}" for _each in range(5)
        )
        if len(set(versions)) == len(versions):
            break
    parsed = {text: tuple(int(part) for part in text.split(".")) for text in versions}
    is_newest = dice.happens(0.5)
    best = (max if is_newest else min)(versions, key=lambda text: parsed[text])
    packages = dice.mixed(_PACKAGES)
    lines = [f"{name} {text}" for name, text in zip(packages, versions, strict=True)]
    return Draft(
        context="Versions are compared number by number: 1.10.0 is newer than 1.9.5.\n\n"
        + "\n".join(lines),
        question=f"Which package has the {'newest' if is_newest else 'oldest'} version?",
        key=LabelKey(labels=_PACKAGES, answer=packages[versions.index(best)]),
        explain=best,
    )


def _range_fits(dice: Dice, _tongue: Tongue) -> Draft:
    major, minor = dice.whole(1, 3), dice.whole(1, 6)
    have = (dice.whole(1, 3), dice.whole(0, 9), dice.whole(0, 9))
    if dice.happens(0.6):
        have = (major, have[1], have[2])
    fits = have[0] == major and have >= (major, minor, 0)
    return Draft(
        context=f"The program asks for `lib ^{major}.{minor}.0`: at least that version, but below"
        f" {major + 1}.0.0.",
        question=f"Version {'.'.join(str(part) for part in have)} is installed. Does it fit?",
        key=LabelKey(labels=("yes", "no"), answer="yes" if fits else "no"),
        explain=f"{major}.{minor}.0 <= {have} < {major + 1}.0.0",
    )


def _binary(dice: Dice, _tongue: Tongue) -> Draft:
    number, base = dice.whole(17, 120), dice.pick((2, 16))
    digits = f"{number:b}" if base == 2 else f"{number:X}"
    is_to = dice.happens(0.5)
    name = "binary" if base == 2 else "hexadecimal"
    if is_to:
        return Draft(
            context=f"A settings file has the line `mask = {number}`, in decimal notation.",
            question=f"Write the value of the mask in {name}, without a prefix.",
            key=TextKey(answers=(digits, f"0{'b' if base == 2 else 'x'}{digits}")),
            explain=digits,
        )
    return Draft(
        context=f"A dump shows the counter in {name} notation: {digits}",
        question="What is the value of the counter in decimal notation?",
        key=NumberKey(answer=float(number)),
        explain=f"{number}",
    )


def _cron(dice: Dice, _tongue: Tongue) -> Draft:
    minute, hour = dice.whole(0, 55, 5), dice.whole(0, 23)
    return Draft(
        context="A schedule has five fields: minute, hour, day of the month, month, day of the week"
        " (0 is Sunday); * means every. Example: every Monday at 6:15 is `15 6 * * 1`.",
        question=f"Write the schedule for every day at {hour}:{minute:02d}.",
        key=TextKey(answers=(f"{minute} {hour} * * *",), keeps_punctuation=True),
        explain=f"{minute} {hour} * * *",
    )


def _silent_log(dice: Dice, _tongue: Tongue) -> Draft:
    asked, key = dice.pick(
        (
            ("On which server did this run?", SILENT_TEXT),
            ("Who was logged in?", SILENT_TEXT),
            ("Which version of the program wrote this?", SILENT_TEXT),
            ("How much memory was used, in MB?", SILENT_NUMBER),
        )
    )
    return Draft(
        context=_log_text(_log(dice)),
        question=asked,
        key=key,
        explain="The log does not say.",
    )


def _silent_table(dice: Dice, _tongue: Tongue) -> Draft:
    rows = _people(dice)
    name = dice.pick(rows)[0]
    asked, key = dice.pick(
        (
            (f"What is the surname of {name}?", SILENT_TEXT),
            (f"In which country does {name} live?", SILENT_TEXT),
            (f"On which date was {name} added to the table?", SILENT_DATE),
            (f"What does {name} earn?", SILENT_NUMBER),
        )
    )
    day = datetime.date(2026, dice.whole(1, 12), dice.whole(1, 28))
    return Draft(
        context=f"Backup of {day.isoformat()}. {_people_table(rows)}",
        question=asked,
        key=key,
        explain="The table does not say.",
    )


TEMPLATES = (
    Template(name="sql-count", family=Family.ARITHMETIC, level=2, draw=_sql_count),
    Template(name="sql-names", family=Family.SELECTION, level=2, draw=_sql_names),
    Template(name="sql-group", family=Family.ARITHMETIC, level=2, draw=_sql_group),
    Template(name="first-error", family=Family.LOOKUP, level=2, draw=_first_error),
    Template(name="slowest-line", family=Family.LOOKUP, level=1, draw=_slowest),
    Template(name="log-fields", family=Family.EXTRACTION, level=1, draw=_log_fields),
    Template(name="version", family=Family.RULE, level=2, draw=_version),
    Template(name="version-fits", family=Family.RULE, level=2, draw=_range_fits),
    Template(name="number-bases", family=Family.FORMAT, level=2, draw=_binary),
    Template(name="schedule", family=Family.FORMAT, level=3, draw=_cron),
    Template(name="log-silent", family=Family.SILENCE, level=1, draw=_silent_log),
    Template(name="table-silent", family=Family.SILENCE, level=2, draw=_silent_table),
)
