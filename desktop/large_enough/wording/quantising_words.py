"""Says what is worth knowing before a quantised copy is made."""

from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantising import (
    Parentage,
    QuantisingProgress,
    QuantisingStage,
    SizeForecast,
)
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line, to_translate
from large_enough.wording.numbers import bytes_text, decimal_text, duration_text, share_text
from large_enough.wording.translate import _

WORTH_SAYING_SHARE = 0.25
"""From this share of weights on, formats that do not fit are mentioned (our choice)."""


_PURPOSES = {
    "16": to_translate("as good as the original: what others are measured against"),
    "8": to_translate("hardly to be told from the original"),
    "6": to_translate("very close to the original"),
    "5": to_translate("close to the original, clearly smaller"),
    "4": to_translate("the usual choice for laptops: small, and most answers stay as good"),
    "4i": to_translate("a little smaller than Q4_K_M, and slower without a graphics card"),
    "old": to_translate("an older format: Q4_K_M or Q5_K_M are mostly better at the same size"),
    "3": to_translate("for little memory: answers are worse"),
    "2": to_translate("the smallest: shows where a model begins to fail"),
}
"""By kind of type: our summary of what is generally found, not a measurement."""
_OLD_TYPES = frozenset({"Q4_0", "Q4_1", "Q5_0", "Q5_1"})


def _kind(type_name: str) -> str:
    if type_name in _OLD_TYPES:
        return "old"
    if type_name.startswith("IQ4"):
        return "4i"
    return "".join(character for character in type_name.partition("_")[0] if character.isdigit())


def forecast_remarks(parent: ModelCard, forecast: SizeForecast) -> tuple[str, ...]:
    """Return what speaks against a copy, a sentence each; nothing if nothing does."""
    remarks = (
        _twice_rounded(parent, forecast),
        _larger(parent, forecast),
        _not_fitting(forecast),
    )
    return tuple(remark for remark in remarks if remark)


def purpose_text(type_name: str) -> str:
    """Return what a type is good for, in a few words."""
    purpose = _PURPOSES.get(_kind(type_name))
    return _(purpose) if purpose is not None else ""


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


def progress_text(reading: QuantisingProgress) -> str:
    """Return how far a copy is: "quantising, 43 %, 12 s left"."""
    parts = [stage_text(reading.stage)]
    if reading.stage in (QuantisingStage.CHECKING, QuantisingStage.QUANTISING):
        parts.append(share_text(reading.fraction))
    if not isinstance(reading.left_s, Unavailable):
        parts.append(_("{time} left").format(time=duration_text(reading.left_s)))
    return ", ".join(parts)


def size_text(parent: ModelCard, forecast: SizeForecast) -> str:
    """Return how large a copy will be, also beside the original."""
    return _("about {size}, {share} of the original, {bits} bits for each weight").format(
        size=bytes_text(forecast.size_bytes),
        share=share_text(forecast.size_bytes / max(1, parent.size_bytes)),
        bits=decimal_text(forecast.bits_per_weight, 1),
    )


def parent_sentence(parentage: Parentage) -> str:
    """Return what a copy was made from."""
    parent = parentage.parent
    name = harmless_line(parent.name)
    if isinstance(parent.quantisation, Unavailable):
        sentence = _("{type_name}, made here from {name}.").format(
            type_name=harmless_line(parentage.type_name), name=name
        )
    else:
        sentence = _("{type_name}, made here from {name} ({quantisation}).").format(
            type_name=harmless_line(parentage.type_name),
            name=name,
            quantisation=harmless_line(parent.quantisation),
        )
    if parentage.was_quantised:
        return _("{sentence} Its weights were rounded twice.").format(sentence=sentence)
    return sentence


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
