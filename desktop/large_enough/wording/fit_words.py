"""Says whether a model fits into memory, and what would."""

from large_enough.domain.fit import (
    TIGHT_SHARE,
    CardFit,
    FitVerdict,
    ModelFit,
    NeedMethod,
    Unjudged,
)
from large_enough.domain.quantity import Unavailable
from large_enough.wording.failures import explain
from large_enough.wording.numbers import NOT_AVAILABLE, bytes_text, count_text, share_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _, ngettext


def verdict_text(fit: ModelFit | Unjudged) -> str:
    """Return the verdict in a word or two."""
    if isinstance(fit, Unjudged):
        return NOT_AVAILABLE if fit.error is None else _("cannot be loaded")
    return {
        FitVerdict.FITS: _("fits"),
        FitVerdict.TIGHT: _("tight"),
        FitVerdict.DOES_NOT_FIT: _("does not fit"),
    }[fit.verdict]


def largest_context_text(fit: ModelFit | Unjudged) -> str:
    """Return the largest context for a column whose heading says tokens."""
    if isinstance(fit, Unjudged) or isinstance(fit.largest_context_tokens, Unavailable):
        return NOT_AVAILABLE
    return count_text(fit.largest_context_tokens)


def fit_sentences(fit: ModelFit | Unjudged) -> list[str]:
    """Return verdict, advice and method, a sentence or two each; never a bare "no"."""
    if isinstance(fit, Unjudged):
        return [_unjudged(fit)]
    lines = (_verdict(fit), _shortened(fit), _advice(fit), _room(fit), graphics_sentence(fit))
    return [line for line in (*lines, method_sentence(fit)) if line]


def _unjudged(fit: Unjudged) -> str:
    if fit.error is None:
        return _("It is scripted: it has no weights, and takes next to no memory.")
    return explain(fit.error).happened


def _verdict(fit: ModelFit) -> str:
    needed = bytes_text(fit.need.needed_bytes)
    usable = bytes_text(max(0, fit.room.usable_bytes))
    if fit.left_bytes < 0:
        return _(
            "With a context of {context} tokens it needs {needed}, and there are {usable} for it: "
            "{missing} are missing."
        ).format(
            context=count_text(fit.need.context_tokens),
            needed=needed,
            usable=usable,
            missing=bytes_text(-fit.left_bytes),
        )
    sentence = _("With a context of {context} tokens it needs {needed} of {usable}.").format(
        context=count_text(fit.need.context_tokens), needed=needed, usable=usable
    )
    if fit.verdict is not FitVerdict.TIGHT:
        return sentence
    tight = _(
        "That is tight: less than {share} of its need is left over, and the forecast may be wrong "
        "by as much."
    ).format(share=share_text(TIGHT_SHARE))
    return f"{sentence} {tight}"


def _shortened(fit: ModelFit) -> str:
    """Say that the context is smaller than asked for."""
    trained = fit.card.context_length_tokens
    if isinstance(trained, Unavailable) or fit.settings.context_tokens <= trained:
        return ""
    return _("It was trained for {trained} tokens, and gets no more.").format(
        trained=count_text(trained)
    )


def _advice(fit: ModelFit) -> str:
    """Return what would fit, where that is not what was asked for."""
    if fit.left_bytes < 0:
        return _smaller_context(fit) or _too_large(fit)
    return _smaller_context(fit) if fit.verdict is FitVerdict.TIGHT else ""


def _smaller_context(fit: ModelFit) -> str:
    largest, cached = fit.largest_context_tokens, fit.smaller_cache_tokens
    sentences = []
    if isinstance(largest, int) and largest < fit.need.context_tokens:
        sentences.append(
            _("A context of up to {largest} tokens would fit.").format(largest=count_text(largest))
        )
    if isinstance(cached, int) and cached > (largest if isinstance(largest, int) else 0):
        sentences.append(
            _("With a cache of 8 bits (q8_0), up to {largest} tokens would.").format(
                largest=count_text(cached)
            )
        )
    return " ".join(sentences)


def _too_large(fit: ModelFit) -> str:
    return _(
        "No context is small enough: its weights alone take {weights}. Close other programs, or "
        "choose a smaller model or one with fewer bits per weight."
    ).format(weights=bytes_text(fit.need.estimate.weights_bytes + fit.need.estimate.repacked_bytes))


def _room(fit: ModelFit) -> str:
    """Say where the room comes from, where it is not simply what is free."""
    room = fit.room
    free, kept = bytes_text(room.available_bytes), bytes_text(room.reserve_bytes)
    if room.others_bytes:
        return _(
            "Of {free} that are free, {kept} are left to the system, and {others} go to the other "
            "models."
        ).format(
            free=bytes_text(room.available_bytes + room.released_bytes),
            kept=kept,
            others=bytes_text(room.others_bytes),
        )
    if room.released_bytes:
        return _(
            "{free} are free, {released} more when the models that are loaded now make room; "
            "{kept} of it are left to the system."
        ).format(free=free, released=bytes_text(room.released_bytes), kept=kept)
    return _("{free} are free, of which {kept} are left to the system.").format(
        free=free, kept=kept
    )


def graphics_sentence(fit: ModelFit) -> str:
    """Return how many layers go on the graphics card; or why none do."""
    card = fit.graphics
    if isinstance(card, Unavailable):
        return _("No layers go on a graphics card: {reason}.").format(
            reason=reason_text(card.reason)
        )
    fitting = ngettext(
        "{count} of {all} layers fits on {device}, where {free} are free.",
        "{count} of {all} layers fit on {device}, where {free} are free.",
        card.proposed_layers,
    ).format(
        count=count_text(card.proposed_layers),
        all=count_text(card.layer_count),
        device=card.device,
        free=bytes_text(card.free_bytes),
    )
    return fitting if card.has_room else f"{fitting} {_card_too_full(card)}"


def _card_too_full(card: CardFit) -> str:
    return _("The {wanted} that are asked for take {needed}, and {kept} must stay free.").format(
        wanted=count_text(card.wanted_layers),
        needed=bytes_text(card.wanted_bytes),
        kept=bytes_text(card.reserve_bytes),
    )


def method_sentence(fit: ModelFit) -> str:
    """Return how the need was found out."""
    if fit.need.method is NeedMethod.DRY_RUN:
        return _("The engine itself worked that out, without loading the weights.")
    error = fit.need.why_formula
    return (
        _("That is computed from the file, since the engine could not be asked: {cause}")
        .format(cause=explain(error).happened if error else "")
        .rstrip()
    )
