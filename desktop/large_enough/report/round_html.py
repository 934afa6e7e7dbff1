"""Writes a round as one HTML page that needs nothing else: no script, no font, no address.

The template escapes every text; only the drawings, which are made here, go in as they are. It
prints well, and follows the reader's choice of light or dark.
"""

from large_enough.domain.costing import Costing
from large_enough.domain.round import RoundRecord
from large_enough.figures.primitives import ColourRole
from large_enough.report.round_charts import comparison_chart, speed_chart
from large_enough.report.round_document import round_document
from large_enough.report.svg import DARK, LIGHT, VARIABLES, Palette, svg_text
from large_enough.resources.locate import asset_path
from large_enough.wording.translate import _, language_in_use

TEMPLATE = ("report", "round.html.j2")
"""Below `assets/`."""


def round_html(record: RoundRecord, costing: Costing | None = None) -> str:
    """Return the page.

    Args:
        record: The round.
        costing: The user's price and grid intensity; None for none.
    """
    # Here, because the window's start must not wait for it.
    import jinja2

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(asset_path(*TEMPLATE).read_text(encoding="utf-8"))
    drawings = [comparison_chart(record, costing), speed_chart(record)]
    charts = [
        svg_text(drawing, VARIABLES, key=f"chart{number}", with_ground=False)
        for number, drawing in enumerate(drawings, start=1)
    ]
    return template.render(
        document=round_document(record, costing),
        charts=charts,
        language=language_in_use(),
        light=colour_rules(LIGHT),
        dark=colour_rules(DARK),
        _=_,
    )


def colour_rules(palette: Palette) -> str:
    """Return the colours of a palette as variables of CSS."""
    return " ".join(f"--{role.value.replace('_', '-')}: {palette[role]};" for role in ColourRole)
