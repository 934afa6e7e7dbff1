"""Says in one sentence what a thorough measurement found."""

from collections.abc import Mapping

from large_enough.comparison.thorough_figures import ThoroughFigures, thorough_figures
from large_enough.domain.interval import MedianInterval
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.domain.round import Done
from large_enough.domain.thorough import ThoroughRecord
from large_enough.wording.energy_words import basis_text, flag_text
from large_enough.wording.numbers import count_text
from large_enough.wording.states import is_cut
from large_enough.wording.summary import Finding, display_names, have_unequal_lengths
from large_enough.wording.thorough_words import end_text, faster_text, rough_text, thriftier_text
from large_enough.wording.translate import _


def thorough_sentence(record: ThoroughRecord) -> str:
    """Return what was found, how sure it is, and why it ended."""
    return thorough_finding(record).sentence


def thorough_finding(record: ThoroughRecord) -> Finding:
    """Return the same, what was found apart from the rest."""
    figures = thorough_figures(record)
    names = display_names(record.plan.template.contenders)
    first = next(iter(figures.contenders))
    clauses: list[str] = []
    is_measured = figures.energy is not None and figures.energy.quality is NumberQuality.MEASURED
    for ratios in figures.ratios:
        energy_j = ratios.energy_j if is_measured else None  # no winner from an estimate
        for ratio, words in ((ratios.total_s, faster_text), (energy_j, thriftier_text)):
            if isinstance(ratio, MedianInterval):
                clauses.append(
                    words(names[first], names[ratios.letter], ratio.median, ratio.low, ratio.high)
                )
    found = "; ".join(clauses) + "." if clauses else _rough(figures, names)
    pass_count = len(record.rounds) // len(record.plan.prompts)
    remarks = (
        _length_remark(record),
        end_text(record.end, pass_count),
        _small_print(figures),
    )
    return Finding(found, " ".join(part for part in remarks if part))


def _rough(figures: ThoroughFigures, names: Mapping[str, str]) -> str:
    """Return what too few passes for an interval still say."""
    first = next(iter(figures.contenders))
    clauses = [
        rough_text(names[first], names[ratios.letter], ratios.rough_total_s)
        for ratios in figures.ratios
        if not isinstance(ratios.rough_total_s, Unavailable)
    ]
    if not clauses:
        return _("Nothing could be compared.")
    return _("{found}; too few passes to say how sure that is: give it more time.").format(
        found="; ".join(clauses)
    )


def _length_remark(record: ThoroughRecord) -> str:
    """Return that the answers are of unequal length, where they are: times are of whole answers."""
    if not record.rounds:
        return ""
    answers = [each.answer for each in record.rounds[-1].results if isinstance(each, Done)]
    counts = [answer.timing.character_count for answer in answers]
    if any(is_cut(answer.finish) for answer in answers):
        return _("Answers were cut at their limit, so times of whole answers say little.")
    if len(counts) < 2 or not have_unequal_lengths(counts):
        return ""
    return _("Each time is of a model's own answer, and those differ in length ({counts}).").format(
        counts=_("{counts} characters").format(counts=", ".join(map(count_text, counts)))
    )


def _small_print(figures: ThoroughFigures) -> str:
    known = [each.total_s for each in figures.ratios if isinstance(each.total_s, MedianInterval)]
    parts = []
    if known:
        parts.append(
            _(
                "Medians of {count} pairs; intervals hold the true median in {share} % of cases."
            ).format(count=known[0].count, share=f"{100 * known[0].confidence:.0f}")
        )
    if figures.energy is not None:
        parts.append(_("Energy: {basis}.").format(basis=basis_text(figures.energy)))
    parts += [_("Beware: {flag}.").format(flag=flag_text(flag)) for flag in figures.flags]
    return " ".join(parts)
