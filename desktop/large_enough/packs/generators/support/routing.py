"""Asks where messages belong: queues, urgency, language, duplicates."""

from large_enough.domain.pack import ChoiceKey, LabelKey, ListKey, MultiChoiceKey, NumberKey
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.names import FIRST_NAMES, TOWNS
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue, table

PRODUCTS = ("Lumen lamp", "Terra kettle", "Aero fan", "Nido heater", "Sono radio")
_QUEUES = ("Delivery", "Returns", "Payment", "Technical help", "Accounts", "Praise and ideas")
_MESSAGES = (
    (0, "The courier says the {thing} was left at a neighbour's, but nobody here has it."),
    (0, "It has been nine days and the {thing} has still not arrived in {town}."),
    (0, "Can you send the {thing} to my office in {town} instead? It left your store today."),
    (1, "The {thing} is too large for our shelf; how do I send it back?"),
    (1, "I sent the {thing} to {town} two weeks ago and still wait for the label number."),
    (1, "I would like to swap the {thing} for the blue one."),
    (2, "My card shows the price of the {thing} twice."),
    (2, "I need a proper invoice for the {thing} with our tax number."),
    (2, "The voucher was not taken off when I bought the {thing}."),
    (3, "The {thing} hums and then goes out after ten minutes."),
    (3, "How do I pair the {thing} with a telephone? The lamp only blinks."),
    (3, "Since the update the {thing} does not start any more."),
    (4, "I cannot log in; the mail for a new password never comes to {town}."),
    (4, "Please delete all that you have stored about me. I only once bought a {thing}."),
    (4, "I have married and my name in the profile is wrong now."),
    (5, "Just to say that the {thing} is lovely and that the lady on the phone was very kind."),
    (5, "Have you thought of a {thing} for children? My daughter would love one."),
)


def _message(dice: Dice) -> tuple[int, str]:
    place, text = dice.pick(_MESSAGES)
    return place, text.format(thing=dice.pick(PRODUCTS), town=dice.pick(TOWNS))


def _queue(dice: Dice, _tongue: Tongue) -> Draft:
    place, text = _message(dice)
    return Draft(
        context=f"Message: “{text}” {dice.pick(FIRST_NAMES)}",
        question="Into which queue does this message go?",
        key=LabelKey(labels=_QUEUES, answer=_QUEUES[place]),
        explain=_QUEUES[place],
    )


def _queue_with_rule(dice: Dice, _tongue: Tongue) -> Draft:
    place, text = _message(dice)
    is_press, is_lawyer = dice.happens(0.14), dice.happens(0.14)
    labels = (*_QUEUES, "Management")
    answer = "Management" if is_press or is_lawyer else _QUEUES[place]
    tail = (" I write for the Morning Herald." if is_press else "") + (
        " My lawyer reads along." if is_lawyer else ""
    )
    return Draft(
        context="Rule: messages from the press and messages that mention a lawyer go to Management,"
        f" whatever they are about.\n\nMessage: “{text}{tail}” {dice.pick(FIRST_NAMES)}",
        question="Into which queue does this message go?",
        key=LabelKey(labels=labels, answer=answer),
        explain=f"press: {is_press}, lawyer: {is_lawyer}",
    )


def _two_topics(dice: Dice, _tongue: Tongue) -> Draft:
    while True:
        (first, one), (second, other) = _message(dice), _message(dice)
        if first != second:
            break
    return Draft(
        context=f"Message: “{one} And one more thing: {other}” {dice.pick(FIRST_NAMES)}",
        question="This message concerns two queues. Which ones?",
        key=MultiChoiceKey(choices=_QUEUES, answers=(_QUEUES[first], _QUEUES[second])),
        explain=f"{_QUEUES[first]}, {_QUEUES[second]}",
    )


_MOODS = ("angry", "content", "neutral")
_TONES = (
    ("This is the third time I am writing, and I am fed up with your excuses.", "angry"),
    ("What a joke of a shop, never again.", "angry"),
    ("I have wasted my whole Saturday on your hotline, thank you for nothing.", "angry"),
    ("Everything came early and works at once, you made my day.", "content"),
    ("Many thanks for the quick help, that is what I call service.", "content"),
    ("The replacement fits and my mother is delighted.", "content"),
    ("Please tell me whether the {thing} has a plug for {town}.", "neutral"),
    ("I order the {thing} for the second time; is it the same size?", "neutral"),
    ("When does the branch in {town} open on Saturdays?", "neutral"),
)


def _mood(dice: Dice, _tongue: Tongue) -> Draft:
    text, mood = dice.pick(_TONES)
    written = text.format(thing=dice.pick(PRODUCTS), town=dice.pick(TOWNS))
    return Draft(
        context=f"Message: “{written}” {dice.pick(FIRST_NAMES)}",
        question="What is the mood of this message?",
        key=LabelKey(labels=_MOODS, answer=mood),
        explain=mood,
    )


def _priority(dice: Dice, _tongue: Tongue) -> Draft:
    hours, is_safety, is_gold = dice.whole(1, 90), dice.happens(0.35), dice.happens(0.4)
    words = ("P1", "P2", "P3")
    place = 0 if is_safety else (1 if is_gold or hours > 48 else 2)
    what = "smells of burning" if is_safety else "has a scratch"
    return Draft(
        context="P1: anything that may hurt people. P2: gold customers, and tickets that have"
        " waited for more than 48 hours. P3: all others. The most urgent level that fits counts.",
        question=f"Ticket: the {dice.pick(PRODUCTS)} {what}. The customer"
        f" {'is' if is_gold else 'is not'} a gold customer; the ticket has waited for {hours}"
        f" hour{'s' * (hours > 1)}. Which level is it?",
        key=ChoiceKey(choices=words, answer=words[place], shuffle=False),
        explain=f"safety: {is_safety}, gold: {is_gold}, {hours} h",
    )


def _late(dice: Dice, _tongue: Tongue) -> Draft:
    numbers = dice.some(tuple(f"T{number}" for number in range(100, 190)), 6)
    limits = {"P1": 4, "P2": 24, "P3": 72}
    while True:
        levels = [dice.pick(tuple(limits)) for _number in numbers]
        waits = [dice.whole(1, 100) for _number in numbers]
        solved = [dice.happens(0.3) for _number in numbers]
        late = [
            number
            for number, level, wait, is_solved in zip(numbers, levels, waits, solved, strict=True)
            if wait > limits[level] and not is_solved
        ]
        if 1 <= len(late) <= 4:
            break
    rows = [
        (number, level, str(wait), "solved" if is_solved else "open")
        for number, level, wait, is_solved in zip(numbers, levels, waits, solved, strict=True)
    ]
    return Draft(
        context="Open tickets are late after 4 hours (P1), 24 hours (P2), 72 hours (P3).\n\n"
        + table(("Ticket", "Level", "Hours since it came in", "State"), rows),
        question="Which tickets are late? List their numbers.",
        key=ListKey(entries=tuple((number,) for number in late)),
        explain=", ".join(late),
    )


def _count(dice: Dice, _tongue: Tongue) -> Draft:
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    queues = dice.some(_QUEUES[:5], 4)
    counts = [[dice.whole(0, 40) for _day in days] for _queue in queues]
    row, col = dice.whole(0, 3), dice.whole(0, 4)
    rows = [(name, *(str(n) for n in line)) for name, line in zip(queues, counts, strict=True)]
    return Draft(
        context=f"New tickets of a week\n\n{table(('Queue', *days), rows)}",
        question=f"How many new tickets came into “{queues[row]}” on {days[col]}?",
        key=NumberKey(answer=float(counts[row][col])),
        explain=f"{queues[row]} / {days[col]}",
    )


TEMPLATES = (
    Template(name="queue", family=Family.ROUTING, level=2, draw=_queue),
    Template(name="queue-rule", family=Family.RULE, level=2, draw=_queue_with_rule),
    Template(name="two-queues", family=Family.ROUTING, level=3, draw=_two_topics),
    Template(name="mood", family=Family.ROUTING, level=1, draw=_mood),
    Template(name="priority", family=Family.RULE, level=2, draw=_priority),
    Template(name="late-tickets", family=Family.SELECTION, level=2, draw=_late),
    Template(name="ticket-count", family=Family.LOOKUP, level=1, draw=_count),
)
