"""Retail banking: fees, cards, overdrafts, instalments, and a bank's own rules."""

from large_enough.packs.generators.banking import clauses, days, facts, fees, letters, rules, sums
from large_enough.packs.generators.banking.demos import about, demos
from large_enough.packs.generators.template import Domain

BANKING = Domain(
    id="retail-banking",
    field="finance",
    version="1.1.0",
    title=lambda tongue: tongue.say(
        "Retail banking: fees and sums", "Privatkundenbank: Entgelte und Rechnungen"
    ),
    description=lambda tongue: tongue.say(
        "Fees, cards, overdrafts, due dates and letters of an invented bank.",
        "Entgelte, Karten, Überziehung, Fristen und Briefe einer erfundenen Bank.",
    ),
    about=about,
    languages=("en", "de"),
    demos=demos,
    templates=(
        *facts.TEMPLATES,
        *fees.TEMPLATES,
        *rules.TEMPLATES,
        *sums.TEMPLATES,
        *days.TEMPLATES,
        *letters.TEMPLATES,
        *clauses.TEMPLATES,
    ),
)
