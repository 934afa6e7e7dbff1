"""Says how fit a pack is: what it can show, and what is wrong with it, finding by finding."""

from collections.abc import Iterator, Mapping

from large_enough.domain.pack import DEFAULT_MARGIN, Pack
from large_enough.domain.pack_fault import Fault
from large_enough.domain.pack_health import KeyBalance, PackHealth
from large_enough.domain.quantity import Unavailable
from large_enough.report.power import chance_sentence
from large_enough.ui.pack_forms import Examination
from large_enough.ui.pack_health_rows import HealthLine, HealthWords, Mark
from large_enough.wording.item_words import item_title
from large_enough.wording.numbers import count_text, share_text
from large_enough.wording.pack_words import type_word
from large_enough.wording.power_words import power_sentence
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _, ngettext

FEWEST_GROUPS = 10
"""With fewer kinds, intervals over kinds are not to be trusted."""
_MOST_NAMED = 6
_SHORT_CHARACTERS = 70


def health_words(pack: Pack, examination: Examination) -> HealthWords:
    """Return all that is to be said of a pack."""
    health = examination.health
    count = health.group_count
    places = {item.id: place for place, item in enumerate(pack.items)}
    return HealthWords(
        sentence=power_sentence(count),
        explanation=chance_sentence(count, DEFAULT_MARGIN),
        question_count=count,
        lines=(
            *_fault_lines(examination.faults, places),
            *_double_lines(pack, health, places),
            *_group_lines(health),
            *_chance_lines(health),
            *_balance_lines(health),
            *_length_lines(health, places),
            *_kind_lines(health),
        ),
    )


def item_problems(pack: Pack, examination: Examination) -> dict[int, str]:
    """Return what is wrong with questions, by place."""
    places = {item.id: place for place, item in enumerate(pack.items)}
    problems: dict[int, str] = {}
    for fault in examination.faults:
        place = _place_of(fault, places)
        if place is not None:
            problems.setdefault(place, fault.problem)
    return problems


def _fault_lines(faults: tuple[Fault, ...], places: Mapping[str, int]) -> Iterator[HealthLine]:
    if not faults:
        yield HealthLine(
            Mark.GOOD,
            _("Every key passes its own grader."),
            _("A right answer counts as right, and near misses do not."),
        )
    for fault in faults:
        place = _place_of(fault, places)
        if place is None:
            yield HealthLine(Mark.WARNING, fault.problem)
        else:
            words = _("Question {number}: {problem}")
            text = words.format(number=count_text(place + 1), problem=fault.problem)
            yield HealthLine(Mark.WARNING, text, places=(place,))


def _place_of(fault: Fault, places: Mapping[str, int]) -> int | None:
    if fault.item in places:
        return places[fault.item]
    in_range = fault.row is not None and 1 <= fault.row <= len(places)
    return fault.row - 1 if fault.row is not None and in_range else None


def _double_lines(
    pack: Pack, health: PackHealth, places: Mapping[str, int]
) -> Iterator[HealthLine]:
    if not health.duplicates and not health.near_duplicates and health.is_searched:
        yield HealthLine(Mark.GOOD, _("No question is asked twice."))
    if not health.is_searched:
        yield HealthLine(
            Mark.PLAIN, _("There are too many questions to look for ones that are nearly alike.")
        )
    for ids in health.duplicates[:_MOST_NAMED]:
        found = tuple(places[each] for each in ids if each in places)
        numbers = ", ".join(count_text(place + 1) for place in found)
        text = _("Questions {numbers} ask the same.").format(numbers=numbers)
        yield HealthLine(Mark.WARNING, text, _short(pack, found), found)
    for likeness in health.near_duplicates[:_MOST_NAMED]:
        found = tuple(places[each] for each in (likeness.first, likeness.second) if each in places)
        numbers = ", ".join(count_text(place + 1) for place in found)
        words = _("Questions {numbers} are nearly alike: they share {share} of their words.")
        text = words.format(numbers=numbers, share=share_text(likeness.share))
        yield HealthLine(Mark.WARNING, text, _short(pack, found), found)
    yield from _left_out(len(health.duplicates) + len(health.near_duplicates))


def _left_out(pair_count: int) -> Iterator[HealthLine]:
    more = pair_count - 2 * _MOST_NAMED
    if more > 0:
        words = ngettext(
            "{count} more pair is alike.", "{count} more pairs are alike.", more
        ).format(count=count_text(more))
        yield HealthLine(Mark.WARNING, words)


def _short(pack: Pack, places: tuple[int, ...]) -> str:
    return item_title(pack.items[places[0]])[:_SHORT_CHARACTERS] if places else ""


def _group_lines(health: PackHealth) -> Iterator[HealthLine]:
    graded, groups = health.graded_count, health.group_count
    if groups == graded:
        yield HealthLine(Mark.GOOD, _("Every question stands alone, and counts in full."))
        return
    text = _("{questions} questions of {kinds} kinds count like about {kinds}.").format(
        questions=count_text(graded), kinds=count_text(groups)
    )
    detail = _("The largest kind is “{group}” with {count} questions.").format(
        group=health.largest_group, count=count_text(health.largest_group_count)
    )
    yield HealthLine(Mark.WARNING if groups < FEWEST_GROUPS else Mark.PLAIN, text, detail)


def _chance_lines(health: PackHealth) -> Iterator[HealthLine]:
    if isinstance(health.chance, Unavailable):
        words = _("The chance level is not known: {reason}.")
        yield HealthLine(Mark.PLAIN, words.format(reason=reason_text(health.chance.reason)))
        return
    text = _("Guessing gives {share} of the points.").format(share=share_text(health.chance))
    detail = _("A model whose result lies about there has shown nothing.")
    yield HealthLine(Mark.PLAIN, text, detail if health.chance > 0 else "")


def _balance_lines(health: PackHealth) -> Iterator[HealthLine]:
    skewed = [balance for balance in health.balances if balance.is_skewed]
    if health.balances and not skewed:
        yield HealthLine(Mark.GOOD, _("Right answers are spread evenly over the options."))
    for balance in skewed:
        yield HealthLine(
            Mark.WARNING, _balance_words(balance), _("A model that always says so looks clever.")
        )


def _balance_words(balance: KeyBalance) -> str:
    return _("“{answer}” is right in {count} of {total} questions, between {options}.").format(
        answer=balance.name,
        count=count_text(balance.count),
        total=count_text(balance.total),
        options=count_text(balance.option_count),
    )


def _length_lines(health: PackHealth, places: Mapping[str, int]) -> Iterator[HealthLine]:
    lengths = health.lengths
    text = _("Half of the questions have at most {median} words, the longest {longest}.").format(
        median=count_text(lengths.median_words), longest=count_text(lengths.longest_words)
    )
    long = tuple(places[each] for each in lengths.over_limit if each in places)
    if not long:
        yield HealthLine(Mark.GOOD, text, _("All fit a small context."))
        return
    detail = ngettext(
        "{count} question is too long for a context of 2,048 tokens.",
        "{count} questions are too long for a context of 2,048 tokens.",
        len(long),
    ).format(count=count_text(len(long)))
    yield HealthLine(Mark.WARNING, text, detail, long)


def _kind_lines(health: PackHealth) -> Iterator[HealthLine]:
    kinds = ", ".join(
        f"{type_word(kind)} {count_text(count)}" for kind, count in health.by_type.items()
    )
    levels = ", ".join(
        _("level {level}: {count}").format(level=level, count=count_text(count))
        for level, count in health.by_level.items()
    )
    if kinds:
        yield HealthLine(Mark.PLAIN, _("Answers: {kinds}").format(kinds=kinds), levels)
