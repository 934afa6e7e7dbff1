"""Asks what small programs print. The keys are computed here by the same steps, step by step."""

from large_enough.domain.pack import ChoiceKey, LabelKey, NumberKey, TextKey
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue, numbered

_PRINTED = "What does this program print?"


def _python(*lines: str) -> str:
    return "\n".join(("```python", *lines, "```"))


def _loop_sum(dice: Dice, _tongue: Tongue) -> Draft:
    start, stop, step = dice.whole(1, 4), dice.whole(9, 16), dice.whole(2, 3)
    skipped = dice.pick((3, 4, 5))
    total = sum(number for number in range(start, stop, step) if number % skipped)
    return Draft(
        context=_python(
            "total = 0",
            f"for n in range({start}, {stop}, {step}):",
            f"    if n % {skipped} == 0:",
            "        continue",
            "    total += n",
            "print(total)",
        ),
        question=_PRINTED,
        key=NumberKey(answer=float(total)),
        explain=f"{[n for n in range(start, stop, step) if n % skipped]}",
    )


def _while_loop(dice: Dice, _tongue: Tongue) -> Draft:
    start, divisor, limit = dice.whole(40, 200), dice.pick((2, 3)), dice.whole(3, 8)
    number, count = start, 0
    while number > limit:
        number //= divisor
        count += 1
    asks_count = dice.happens(0.5)
    return Draft(
        context=_python(
            f"n = {start}",
            "count = 0",
            f"while n > {limit}:",
            f"    n = n // {divisor}",
            "    count += 1",
            f"print({'count' if asks_count else 'n'})",
        ),
        question=_PRINTED,
        key=NumberKey(answer=float(count if asks_count else number)),
        explain=f"n = {number}, count = {count}",
    )


def _slices(dice: Dice, _tongue: Tongue) -> Draft:
    word = dice.pick(("lighthouse", "workbench", "umbrella", "telescope", "raspberry"))
    first, last = dice.whole(0, 3), dice.whole(5, 7)
    kind = dice.whole(0, 2)
    source = (f"word[{first}:{last}]", f"word[-{last - 2}:]", f"word[{first}::2]")[kind]
    printed = (word[first:last], word[-(last - 2) :], word[first::2])[kind]
    return Draft(
        context=_python(f'word = "{word}"', f"print({source})"),
        question=_PRINTED,
        key=TextKey(answers=(printed,), keeps_case=True),
        explain=printed,
    )


def _dictionary(dice: Dice, _tongue: Tongue) -> Draft:
    letters = dice.some("abcdef", 4)
    values = [dice.whole(1, 20) for _letter in letters]
    pairs = ", ".join(f'"{key}": {value}' for key, value in zip(letters, values, strict=True))
    changed, added = dice.pick(letters), dice.whole(1, 9)
    least = dice.whole(5, 12)
    book = dict(zip(letters, values, strict=True))
    book[changed] += added
    total = sum(value for value in book.values() if value >= least)
    return Draft(
        context=_python(
            f"d = {{{pairs}}}",
            f'd["{changed}"] += {added}',
            f"print(sum(v for v in d.values() if v >= {least}))",
        ),
        question=_PRINTED,
        key=NumberKey(answer=float(total)),
        explain=f"{book}",
    )


def _function(dice: Dice, _tongue: Tongue) -> Draft:
    low, high = dice.whole(2, 5), dice.whole(8, 12)
    up, down = dice.whole(2, 4), dice.whole(1, 3)
    value = dice.whole(1, 15)

    def result(number: int) -> int:
        if number < low:
            return number * up
        return number - down if number > high else number

    return Draft(
        context=_python(
            "def f(x):",
            f"    if x < {low}:",
            f"        return x * {up}",
            f"    if x > {high}:",
            f"        return x - {down}",
            "    return x",
            "",
            f"print(f(f({value})))",
        ),
        question=_PRINTED,
        key=NumberKey(answer=float(result(result(value)))),
        explain=f"f({value}) = {result(value)}",
    )


def _recursion(dice: Dice, _tongue: Tongue) -> Draft:
    base, factor, depth = dice.whole(1, 3), dice.whole(2, 3), dice.whole(3, 5)
    extra = dice.whole(0, 2)
    value = base
    for level in range(1, depth + 1):
        value = factor * value + (extra if level % 2 else 0)
    return Draft(
        context=_python(
            "def g(n):",
            "    if n == 0:",
            f"        return {base}",
            f"    bonus = {extra} if n % 2 == 1 else 0",
            f"    return {factor} * g(n - 1) + bonus",
            "",
            f"print(g({depth}))",
        ),
        question=_PRINTED,
        key=NumberKey(answer=float(value)),
        explain=f"g({depth}) = {value}",
    )


def _shared_list(dice: Dice, _tongue: Tongue) -> Draft:
    numbers = [dice.whole(1, 9) for _number in range(3)]
    added, is_copy = dice.whole(1, 9), dice.happens(0.5)
    length = 3 if is_copy else 4
    return Draft(
        context=_python(
            f"a = {numbers}",
            f"b = {'a.copy()' if is_copy else 'a'}",
            f"b.append({added})",
            "print(len(a), len(b))",
        ),
        question=_PRINTED,
        key=TextKey(answers=(f"{length} 4", f"{length}, 4")),
        explain="b is a copy" if is_copy else "b is the same list as a",
    )


def _sorted_names(dice: Dice, _tongue: Tongue) -> Draft:
    words = dice.some(("fig", "plum", "kiwi", "banana", "date", "lime", "peach", "cherry"), 5)
    place = dice.whole(0, 4)
    ordered = sorted(words, key=lambda word: (len(word), word))
    listed = ", ".join(f'"{word}"' for word in words)
    return Draft(
        context=_python(
            f"words = [{listed}]",
            "words.sort(key=lambda w: (len(w), w))",
            f"print(words[{place}])",
        ),
        question=_PRINTED,
        key=ChoiceKey(choices=words, answer=ordered[place]),
        explain=", ".join(ordered),
    )


def _javascript(dice: Dice, _tongue: Tongue) -> Draft:
    numbers = [6 * dice.whole(1, 3), *(dice.whole(1, 12) for _number in range(4))]
    divisor, factor = dice.whole(2, 3), dice.whole(2, 5)
    result = sum(number * factor for number in numbers if number % divisor == 0)
    return Draft(
        context="\n".join(
            (
                "```javascript",
                f"const xs = {numbers};",
                f"const ys = xs.filter(x => x % {divisor} === 0).map(x => x * {factor});",
                "console.log(ys.reduce((a, b) => a + b, 0));",
                "```",
            )
        ),
        question=_PRINTED,
        key=NumberKey(answer=float(result)),
        explain=f"{[number * factor for number in numbers if number % divisor == 0]}",
    )


_FAULTS = (
    (("def mean(xs):", "    total = 0", "    for x in xs:", "        total = x",
      "    return total / len(xs)"), 4, "the mean of a list"),
    (("def longest(words):", '    best = ""', "    for w in words:",
      "        if len(w) < len(best):", "            best = w", "    return best"), 4,
     "the longest word"),
    (("def count_positive(xs):", "    n = 0", "    for x in xs:", "        if x < 0:",
      "            n += 1", "    return n"), 4, "how many numbers are above 0"),
    (("def last(xs):", "    if not xs:", "        return None", "    return xs[0]"), 4,
     "the last element, if there is one"),
    (("def factorial(n):", "    result = 0", "    for i in range(1, n + 1):",
      "        result *= i", "    return result"), 2, "the factorial of n"),
    (("def is_prime(n):", "    for d in range(1, n):", "        if n % d == 0:",
      "            return False", "    return n > 1"), 2, "whether n is a prime number"),
    (("def add_up(xs):", "    total = 0", "    for x in xs:", "        total += 1",
      "    return total"), 4, "the sum of the numbers"),
    (("def clamp(x, low, high):", "    if x < low:", "        return low", "    if x > high:",
      "        return low", "    return x"), 5, "x, kept between low and high"),
)  # fmt: skip


def _faulty_line(dice: Dice, _tongue: Tongue) -> Draft:
    lines, place, purpose = dice.pick(_FAULTS)
    name = dice.pick(("compute", "work", "helper", "run", "answer"))
    old = lines[0].split("(")[0].removeprefix("def ")
    renamed = [line.replace(f"def {old}(", f"def {name}(") for line in lines]
    return Draft(
        context=f"```\n{numbered(renamed, '{}  ')}\n```",
        question=f"This function should return {purpose}, but one line is wrong. Which one? Give"
        " its number only.",
        key=NumberKey(answer=float(place)),
        explain=lines[place - 1].strip(),
    )


def _raises(dice: Dice, _tongue: Tongue) -> Draft:
    words = ("IndexError", "KeyError", "ZeroDivisionError", "TypeError", "no error")
    size, index = dice.whole(2, 4), dice.whole(0, 6)
    kind = dice.whole(0, 4)
    lines = (
        (f"xs = {list(range(1, size + 1))}", f"print(xs[{size + index}])"),
        ('d = {"a": 1, "b": 2}', f'print(d["{dice.pick("cdef")}"])'),
        (f"n = {size}", f"print({index + 10} // (n - {size}))"),
        (f'print("n = " + {index})',),
        (f"xs = {list(range(1, size + 1))}", f"print(xs[-{size}:{index}])"),
    )[kind]
    return Draft(
        context=_python(*lines),
        question="Which error, if any, does this program raise?",
        key=LabelKey(labels=words, answer=words[kind]),
        explain=words[kind],
    )


TEMPLATES = (
    Template(name="loop-sum", family=Family.ARITHMETIC, level=3, draw=_loop_sum),
    Template(name="while-loop", family=Family.ARITHMETIC, level=2, draw=_while_loop),
    Template(name="slices", family=Family.LOOKUP, level=3, draw=_slices),
    Template(name="dictionary", family=Family.ARITHMETIC, level=3, draw=_dictionary),
    Template(name="function-twice", family=Family.RULE, level=3, draw=_function),
    Template(name="recursion", family=Family.ARITHMETIC, level=3, draw=_recursion),
    Template(name="same-list", family=Family.RULE, level=2, draw=_shared_list),
    Template(name="sorted-words", family=Family.RULE, level=3, draw=_sorted_names),
    Template(name="filter-map", family=Family.ARITHMETIC, level=3, draw=_javascript),
    Template(name="faulty-line", family=Family.CLAUSE, level=3, draw=_faulty_line),
    Template(name="which-error", family=Family.ROUTING, level=2, draw=_raises),
)
