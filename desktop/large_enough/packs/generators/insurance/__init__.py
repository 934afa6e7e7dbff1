"""Insurance and warranties: cover, payouts, deadlines and claims."""

from large_enough.packs.generators.insurance import claims, facts, policies
from large_enough.packs.generators.template import Demo, Domain
from large_enough.packs.generators.tongue import Tongue


def _about(_tongue: Tongue) -> str:
    return (
        "Work with the papers of an insurer and of a maker's guarantee: policies, limits, excesses,"
        " waiting times, claims and letters. Every question comes with its document; insurers,"
        " people and amounts are invented, so nothing can be known by heart. Twenty-four kinds of"
        " questions, five of each, from looking up a premium to a no-claims class after several"
        " years. It does not test insurance law, and nothing in it is advice."
    )


def _demos(_tongue: Tongue) -> tuple[Demo, ...]:
    return (
        Demo(
            name="demo-refusal",
            question="Write a kind letter that refuses a claim because the damage was caused by"
            " rising groundwater, which is not covered, and says what the customer can do now.",
        ),
        Demo(
            name="demo-excess",
            question="Explain what an excess is and why it makes a policy cheaper, with an example"
            " in numbers. At most 100 words.",
        ),
        Demo(
            name="demo-report",
            question="Turn this into a proper damage report: 'so the dog ran, I ran after him, and"
            " bang, the neighbour's laptop lay in the pond, tuesday evening, it was not even mine'",
        ),
        Demo(
            name="demo-questions",
            question="Which ten questions should somebody ask before buying travel insurance?",
        ),
        Demo(
            name="demo-warranty",
            question="A customer's two-year-old kettle broke one week after the guarantee ended."
            " Draft an answer that is honest and keeps the customer.",
        ),
    )


INSURANCE = Domain(
    id="insurance-claims",
    field="insurance",
    version="1.1.0",
    title=lambda _tongue: "Insurance and warranty: who is entitled to what",
    description=lambda _tongue: "Cover, payouts, deadlines and claims of invented insurers.",
    about=_about,
    demos=_demos,
    templates=(*facts.TEMPLATES, *policies.TEMPLATES, *claims.TEMPLATES),
)
