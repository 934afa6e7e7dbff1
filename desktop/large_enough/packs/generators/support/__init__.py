"""Customer support: routing, extraction, policies and refunds."""

from large_enough.packs.generators.support import facts, orders, routing
from large_enough.packs.generators.template import Demo, Domain
from large_enough.packs.generators.tongue import Tongue


def _about(_tongue: Tongue) -> str:
    return (
        "Work at the help desk of a shop: sending messages to the right queue, judging mood and"
        " urgency, filling in fields, applying return policies, computing refunds and dates. Every"
        " question comes with its document; shops, people and orders are invented, so nothing can"
        " be known by heart. Twenty-two kinds of questions, five of each."
    )


def _demos(_tongue: Tongue) -> tuple[Demo, ...]:
    return (
        Demo(
            name="demo-sorry",
            question="A customer's birthday present came a day late. Write a reply that says sorry,"
            " offers a small voucher, and is not longer than five sentences.",
        ),
        Demo(
            name="demo-steps",
            question="Explain step by step how to reset a wireless lamp that only blinks: plug out,"
            " hold the button for ten seconds, wait for the green light.",
        ),
        Demo(
            name="demo-angry",
            question="Rewrite this reply so that it is polite: 'You should have read the manual. It"
            " says clearly that the filter must be changed. Not our fault.'",
        ),
        Demo(
            name="demo-summary",
            question="Sum up in one sentence for a colleague: 'Hi, it's me again, so the fan you"
            " sent instead of the first one (which hummed) is fine but it is white and I wanted"
            " black, my order was A311, oh and the voucher still does not work'",
        ),
        Demo(
            name="demo-faq",
            question="Write five questions and answers on returns for the website of a small shop.",
        ),
    )


SUPPORT = Domain(
    id="customer-support",
    field="support",
    version="1.1.0",
    title=lambda _tongue: "Customer support: messages and orders",
    description=lambda _tongue: "Queues, fields, refunds and policies of an invented shop.",
    about=_about,
    demos=_demos,
    templates=(*facts.TEMPLATES, *routing.TEMPLATES, *orders.TEMPLATES),
)
