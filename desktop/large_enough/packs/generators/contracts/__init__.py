"""Contracts: notice periods, renewals, penalties, and what stands in them."""

from large_enough.packs.generators.contracts import facts, reading, terms
from large_enough.packs.generators.template import Demo, Domain
from large_enough.packs.generators.tongue import Tongue


def _about(_tongue: Tongue) -> str:
    return (
        "Work with contracts: notice periods, renewals, penalties, registers, leases and signing"
        " rules. Every question comes with its document; firms, people and amounts are invented, so"
        " nothing can be known by heart. Twenty-three kinds of questions, five of each. Only what"
        " the document says counts: real law is not tested, and nothing in it is advice."
    )


def _demos(_tongue: Tongue) -> tuple[Demo, ...]:
    return (
        Demo(
            name="demo-notice",
            question="Write a notice that ends the lease of an office at the end of June, asks for"
            " a confirmation, and proposes two dates for handing over the keys.",
        ),
        Demo(
            name="demo-plain",
            question="Put this into plain English: 'The lessee shall indemnify and hold harmless"
            " the lessor against any and all claims arising out of the lessee's use of the"
            " premises, save where caused by the lessor's gross negligence.'",
        ),
        Demo(
            name="demo-risks",
            question="Name the three points of this clause that a customer should ask about: 'The"
            " supplier may adjust prices at any time and in any amount; the customer waives all"
            " rights arising from this.'",
        ),
        Demo(
            name="demo-summary",
            question="Write the five questions that a one-page summary of any service contract"
            " should answer.",
        ),
        Demo(
            name="demo-clause",
            question="Draft a short, fair clause on working from home for a small firm: equipment,"
            " hours, visits to the office.",
        ),
    )


CONTRACTS = Domain(
    id="contracts-notice",
    field="legal",
    version="1.1.0",
    title=lambda _tongue: "Contracts: notice periods and clauses",
    description=lambda _tongue: "Notice, renewals, penalties and clauses of invented contracts.",
    about=_about,
    demos=_demos,
    templates=(*facts.TEMPLATES, *terms.TEMPLATES, *reading.TEMPLATES),
)
