"""Says what is worth knowing before a quantised copy is made."""

from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantising import QuantisingStage, SizeForecast
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.wording.numbers import bytes_text, share_text
from large_enough.wording.translate import _

WORTH_SAYING_SHARE = 0.25
"""From this share of weights on, formats that do not fit are mentioned (our choice)."""


def forecast_remarks(parent: ModelCard, forecast: SizeForecast) -> tuple[str, ...]:
    """Return what speaks against a copy, a sentence each; nothing if nothing does."""
    remarks = (
        _twice_rounded(parent, forecast),
        _larger(parent, forecast),
        _not_fitting(forecast),
    )
    return tuple(remark for remark in remarks if remark)


def stage_text(stage: QuantisingStage) -> str:
    """Return what is being done, in a word or two."""
    match stage:
        case QuantisingStage.WAITING:
            return _("waiting for another process that quantises")
        case QuantisingStage.CHECKING:
            return _("computing the checksum of the original")
        case QuantisingStage.QUANTISING:
            return _("quantising")
        case QuantisingStage.FINISHING:
            return _("writing the rest to the disk")


def _twice_rounded(parent: ModelCard, forecast: SizeForecast) -> str:
    if forecast.twice_rounded_share <= 0:
        return ""
    quantisation = parent.quantisation
    if isinstance(quantisation, Unavailable):
        return _(
            "The original is quantised already, so quality suffers twice: a copy made from F16 or "
            "BF16 weights would be better."
        )
    return _(
        "The original is quantised already ({quantisation}), so quality suffers twice: a copy made "
        "from F16 or BF16 weights would be better."
    ).format(quantisation=harmless_line(quantisation))


def _larger(parent: ModelCard, forecast: SizeForecast) -> str:
    if forecast.size_bytes <= parent.size_bytes:
        return ""
    return _(
        "{type_name} takes more room than the original ({size} instead of {parent_size}) and "
        "cannot be better."
    ).format(
        type_name=forecast.type_name,
        size=bytes_text(forecast.size_bytes),
        parent_size=bytes_text(parent.size_bytes),
    )


def _not_fitting(forecast: SizeForecast) -> str:
    if forecast.fallback_share < WORTH_SAYING_SHARE:
        return ""
    return _(
        "{share} of this model's weights do not fit the blocks of {type_name}: they get a format "
        "that takes more room."
    ).format(share=share_text(forecast.fallback_share), type_name=forecast.type_name)
