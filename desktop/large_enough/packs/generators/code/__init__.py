"""Code reading: what programs print, where they fail, what queries return. Nothing is executed."""

from large_enough.packs.generators.code import data, facts, programs
from large_enough.packs.generators.template import Demo, Domain
from large_enough.packs.generators.tongue import Tongue


def _about(_tongue: Tongue) -> str:
    return (
        "Reading code: what small programs print, which line is wrong, which error comes, what a"
        " query returns, what a log says. Programs and data are made for each question, so nothing"
        " can be known by heart. Twenty-five kinds of questions, five of each, in Python, one in"
        " JavaScript, three in SQL. Code that a model writes is never run: all answers are"
        " numbers, names or short texts."
    )


def _demos(_tongue: Tongue) -> tuple[Demo, ...]:
    return (
        Demo(
            name="demo-review",
            question="Review this Python function and say what you would change:\n\n```python\n"
            "def f(l):\n    r = []\n    for i in range(len(l)):\n        if l[i] != None and l[i]"
            " > 0:\n            r = r + [l[i]]\n    return r\n```",
        ),
        Demo(
            name="demo-fizz",
            question="Write a Python function that returns the Roman numeral of a number from 1 to"
            " 100, with three examples of its use.",
        ),
        Demo(
            name="demo-explain",
            question="Explain to a beginner what this does: `grep -c ERROR app.log | sort -n`."
            " Is the sort of any use?",
        ),
        Demo(
            name="demo-sql",
            question="Write a SQL query that returns, for each city, the oldest person, from a"
            " table people(name, city, age). Then explain it in two sentences.",
        ),
        Demo(
            name="demo-commit",
            question="Write a commit message for this change: the search ignored words with"
            " accents; now both the index and the question are normalised to NFC first.",
        ),
    )


CODE = Domain(
    id="code-reading",
    field="coding",
    version="1.1.0",
    title=lambda _tongue: "Code reading: outputs, faults and queries",
    description=lambda _tongue: "What programs print, where they fail, what queries return.",
    about=_about,
    demos=_demos,
    templates=(*facts.TEMPLATES, *programs.TEMPLATES, *data.TEMPLATES),
)
