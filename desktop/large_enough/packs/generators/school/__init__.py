"""School: marks, rules, dates and letters."""

from large_enough.packs.generators.school import facts, grades, office
from large_enough.packs.generators.template import Demo, Domain
from large_enough.packs.generators.tongue import Tongue


def _about(_tongue: Tongue) -> str:
    return (
        "Work in the office of a school: marks and averages, who moves up, dates, timetables, house"
        " rules and letters from parents. Every question comes with its document; schools, pupils"
        " and rules are invented, so nothing can be known by heart. Twenty-five kinds of"
        " questions, five of each. Real school law is not tested."
    )


def _demos(_tongue: Tongue) -> tuple[Demo, ...]:
    return (
        Demo(
            name="demo-parents",
            question="Write a letter to parents: on Thursday there is no heating, lessons take"
            " place, children should dress warmly. Friendly, at most 80 words.",
        ),
        Demo(
            name="demo-feedback",
            question="Write three sentences of feedback on an essay that has good ideas but no"
            " order, for a thirteen-year-old.",
        ),
        Demo(
            name="demo-fractions",
            question="Explain to a ten-year-old why one third is more than one quarter, with an"
            " example from the kitchen.",
        ),
        Demo(
            name="demo-quiz",
            question="Make a quiz of five questions on the water cycle, with the answers below.",
        ),
        Demo(
            name="demo-rules",
            question="Turn these notes into house rules that children understand: 'no running"
            " (stairs!), phones off until 1pm, library quiet, caps ok outside'",
        ),
    )


SCHOOL = Domain(
    id="school-office",
    field="education",
    version="1.1.0",
    title=lambda _tongue: "School: marks, rules and dates",
    description=lambda _tongue: "Marks, rules, dates and letters of an invented school.",
    about=_about,
    demos=_demos,
    templates=(*facts.TEMPLATES, *grades.TEMPLATES, *office.TEMPLATES),
)
