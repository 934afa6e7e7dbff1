"""Telephone companies: tariffs, roaming, contracts and calls."""

from large_enough.packs.generators.telecom import contracts, facts, tariffs, travel
from large_enough.packs.generators.telecom.demos import about, demos
from large_enough.packs.generators.template import Domain

TELECOM = Domain(
    id="telecom-tariffs",
    field="telecom",
    version="1.1.0",
    title=lambda tongue: tongue.say("Telecom: tariffs and roaming", "Telefon: Tarife und Ausland"),
    description=lambda tongue: tongue.say(
        "Tariffs, roaming, contracts and calls of invented telephone companies.",
        "Tarife, Ausland, Verträge und Anrufe erfundener Telefongesellschaften.",
    ),
    about=about,
    languages=("en", "de"),
    demos=demos,
    templates=(*facts.TEMPLATES, *tariffs.TEMPLATES, *travel.TEMPLATES, *contracts.TEMPLATES),
)
