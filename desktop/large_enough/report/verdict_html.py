"""Writes a report of a run as one HTML page that needs nothing else: no script, no address.

The template escapes every text; only the drawings, which are made here, go in as they are. It
prints well on A4, and follows the reader's choice of light or dark.
"""

from collections.abc import Sequence

from large_enough.domain.claim import ClaimsView
from large_enough.domain.costing import Costing
from large_enough.domain.pack_run import PackRunRecord
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import CostMeasure, RunVerdict
from large_enough.figures.primitives import Drawing
from large_enough.report.round_html import colour_rules
from large_enough.report.svg import DARK, LIGHT, VARIABLES, svg_text
from large_enough.report.verdict_charts import (
    cascade_drawing,
    cost_drawing,
    evidence_drawing,
    interval_drawing,
    ladder_drawing,
    signals_drawing,
)
from large_enough.report.verdict_document import verdict_document
from large_enough.report.verdict_parts import SectionKey
from large_enough.report.verdict_tables import has_cost
from large_enough.resources.locate import asset_path
from large_enough.wording.translate import _, language_in_use

TEMPLATE = ("report", "verdict.html.j2")
"""Below `assets/`."""
WIDTH = 760.0
"""Of drawings: wide enough for a screen, and letters can still be read on A4."""
_DRAWN_COSTS = (CostMeasure.TIME, CostMeasure.ENERGY, CostMeasure.MEMORY)


def verdict_html(
    verdict: RunVerdict,
    record: PackRunRecord,
    costing: Costing | None = None,
    claims: ClaimsView | None = None,
) -> str:
    """Return the page.

    Args:
        verdict: What the run comes to.
        record: The run.
        costing: The user's price and grid intensity that the verdict was made with; None for none.
        claims: The video's claims beside this run's figures; None to leave them out.
    """
    # Here, because the window's start must not wait for it.
    import jinja2

    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    template = environment.from_string(asset_path(*TEMPLATE).read_text(encoding="utf-8"))
    return template.render(
        document=verdict_document(verdict, record, costing, claims),
        charts={key: _written(key, drawings_of(verdict, key)) for key in SectionKey},
        language=language_in_use(),
        light=colour_rules(LIGHT),
        dark=colour_rules(DARK),
        _=_,
    )


def drawings_of(verdict: RunVerdict, key: SectionKey) -> tuple[Drawing, ...]:
    """Return the drawings of a section, in their order; most sections have none."""
    match key:
        case SectionKey.DIFFERENCE if not isinstance(verdict.headline, Unavailable):
            return (interval_drawing(verdict, verdict.headline, WIDTH),)
        case SectionKey.COSTS:
            return tuple(
                cost_drawing(verdict, measure, WIDTH)
                for measure in _DRAWN_COSTS
                if has_cost(verdict, measure)
            )
        case SectionKey.LADDERS:
            return tuple(ladder_drawing(verdict, ladder, WIDTH) for ladder in verdict.ladders)
        case SectionKey.CASCADE if not isinstance(verdict.cascade, Unavailable):
            return cascade_drawing(verdict, WIDTH), signals_drawing(verdict, WIDTH)
        case SectionKey.EVIDENCE if not isinstance(verdict.evidence, Unavailable):
            return (evidence_drawing(verdict.evidence, WIDTH),)
        case _:
            return ()


def _written(key: SectionKey, drawings: Sequence[Drawing]) -> list[str]:
    return [
        svg_text(drawing, VARIABLES, key=f"{key.value}{number}", with_ground=False)
        for number, drawing in enumerate(drawings, 1)
    ]
