"""Clinic administration: appointments, stock, bills and house rules; no medicine."""

from large_enough.packs.generators.clinic import desk, facts, stock
from large_enough.packs.generators.template import Demo, Domain
from large_enough.packs.generators.tongue import Tongue


def _about(_tongue: Tongue) -> str:
    return (
        "Work in the office of a clinic: appointments, messages, house rules, the store room and"
        " the bills. Every question comes with its document; people, rules and numbers are"
        " invented, so nothing can be known by heart. Twenty-four kinds of questions, five of each."
        " It tests no medical knowledge, and nothing in it is advice; the admission sheet is made"
        " up for this exercise."
    )


def _demos(_tongue: Tongue) -> tuple[Demo, ...]:
    return (
        Demo(
            name="demo-waiting",
            question="Write a notice for the waiting room: today everything is about 40 minutes"
            " late, why, and what patients can do meanwhile. Friendly, at most 60 words.",
        ),
        Demo(
            name="demo-reminder",
            question="Write a text message of at most 160 characters that reminds a patient of an"
            " appointment on Tuesday at 9:30 and asks to cancel in time.",
        ),
        Demo(
            name="demo-handover",
            question="Turn these notes into a tidy handover list: 'bed 4 wants window closed, lab"
            " rings back 3pm re bed 7, order gloves!!, visitors of bed 2 were loud again'",
        ),
        Demo(
            name="demo-complaint",
            question="A patient complains that the receptionist was short with her. Draft an"
            " apology that does not promise what cannot be kept.",
        ),
        Demo(
            name="demo-privacy",
            question="Explain in plain words to a new helper why a patient's name must not be said"
            " aloud in the corridor.",
        ),
    )


CLINIC = Domain(
    id="clinic-office",
    field="medical",
    version="1.1.0",
    title=lambda _tongue: "Clinic office: appointments, stock and bills",
    description=lambda _tongue: "Appointments, stock, units and bills of an invented clinic.",
    about=_about,
    demos=_demos,
    templates=(*facts.TEMPLATES, *desk.TEMPLATES, *stock.TEMPLATES),
)
