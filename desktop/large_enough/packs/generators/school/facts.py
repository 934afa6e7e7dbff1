"""Asks for what a school's letter states in so many words."""

from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.names import LAST_NAMES, TOWNS
from large_enough.packs.generators.parts import amount, count, day, name, one_fact
from large_enough.packs.generators.school.days import school_day
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue


def _excursion(dice: Dice, tongue: Tongue) -> Draft:
    town, teacher = dice.pick(TOWNS), dice.pick(LAST_NAMES)
    price, pupils = dice.whole(8, 60), dice.whole(16, 31)
    when = school_day(dice)
    return one_fact(
        dice,
        f"Dear parents, on {tongue.date(when)} our class goes to {town}. {pupils} pupils take part."
        f" Each pays {tongue.money(price)}. The money is collected by the teacher, {teacher}.",
        (
            amount("What does each pupil pay, in EUR?", price),
            count("How many pupils take part?", pupils),
            day("On which date is the trip?", when),
            name("To which town does the class go?", town),
            name("What is the surname of the teacher who collects the money?", teacher),
        ),
    )


def _library_card(dice: Dice, tongue: Tongue) -> Draft:
    pupil, shelf = dice.pick(LAST_NAMES), dice.whole(2, 60)
    number, pages = dice.whole(1000, 9999), dice.whole(80, 620)
    back = school_day(dice)
    return one_fact(
        dice,
        f"School library. Book number {number}, {pages} pages, from shelf {shelf}. Lent to {pupil}."
        f" It must be brought back by {tongue.date(back)}.",
        (
            count("How many pages does the book have?", pages),
            count("From which shelf is the book?", shelf),
            count("What is the number of the book?", number),
            day("By which date must the book be brought back?", back),
            name("To whom is the book lent? Give the surname.", pupil),
        ),
    )


TEMPLATES = (
    Template(name="excursion-letter", family=Family.LOOKUP, level=1, draw=_excursion),
    Template(name="library-card", family=Family.LOOKUP, level=1, draw=_library_card),
)
