"""Says what the video claims, what sources say of it, and what one's own run has measured.

The video's figure for the large model's training is never stated as a fact: its text names what
speaks against it in the same breath, and nothing else has the figure.
"""

from large_enough.domain.claim import (
    SMALL_TRAINING_KWH,
    Claim,
    ClaimKind,
    ClaimsView,
    OwnFigures,
    Source,
    Support,
)
from large_enough.domain.quantity import Unavailable
from large_enough.wording.claim_own_words import (
    own_accuracy_text,
    own_energy_text,
    own_speed_text,
)
from large_enough.wording.numbers import count_text, decimal_text, share_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _, ngettext, pgettext

_CLAIMED_SMALL_KWH = 153_000
_CLAIMED_LARGE_KWH = 284_000
_GPT_3_KWH = 1_287_000
_BLOOM_KWH = 433_196
_LLAMA_KWH = 688_128  # 1,720,320 hours of A100 cards at 400 W
_GRANITE_CARD_HOURS = 270_336  # 256 cards, 1,056 hours
_POUNDS, _KILOGRAMS = 626_155, 284_019


def claims_title() -> str:
    """Return the heading of the page."""
    return _("How large is large enough? What was claimed, and what can be measured")


def claims_lead() -> str:
    """Return what the page is about."""
    return _(
        "The idea is from a video by IBM Technology: size alone does not decide, and a small model "
        "that fits the work may be the better choice. Its figures are claims. Here is what sources "
        "say of each, and what your own run has measured."
    )


def claim_name(kind: ClaimKind) -> str:
    """Return what a claim is about, in few words."""
    return {
        ClaimKind.TRAINING_OF_SMALL: _("Training the smaller model"),
        ClaimKind.TRAINING_OF_LARGE: _("Training the larger model"),
        ClaimKind.HOURS: _("Processor hours"),
        ClaimKind.SPEED: pgettext("of answers", "Speed"),
        ClaimKind.ACCURACY: _("Accuracy"),
    }[kind]


def claim_text(kind: ClaimKind) -> str:
    """Return what the video says."""
    return {
        ClaimKind.TRAINING_OF_SMALL: _(
            "{energy} kWh to train a model of 13 billion parameters."
        ).format(energy=count_text(_CLAIMED_SMALL_KWH)),
        ClaimKind.TRAINING_OF_LARGE: _(
            "{energy} kWh to train one of 175 billion: a claim that no source we found supports, "
            "and that known figures contradict."
        ).format(energy=count_text(_CLAIMED_LARGE_KWH)),
        ClaimKind.HOURS: _("About a tenth of the processor hours for the smaller model."),
        ClaimKind.SPEED: _("13 billion parameters are three times faster than 70 billion."),
        ClaimKind.ACCURACY: _(
            "Accuracy {small} with 13 billion parameters, {large} with 70 billion."
        ).format(small=decimal_text(0.57, 2), large=decimal_text(0.59, 2)),
    }[kind]


def support_word(support: Support) -> str:
    """Return in a word what sources say of a claim."""
    return {
        Support.CONFIRMED: pgettext("claim", "confirmed"),
        Support.PLAUSIBLE: pgettext("claim", "plausible"),
        Support.NO_SOURCE: pgettext("claim", "no source found"),
        Support.NOT_SUPPORTED: pgettext("claim", "not supported"),
    }[support]


def finding_text(kind: ClaimKind) -> str:
    """Return what was found about a claim."""
    match kind:
        case ClaimKind.TRAINING_OF_SMALL:
            return _(
                "IBM's own disclosure for Granite 13B, version 1, says {energy} kWh, on 256 A100 "
                "cards for {hours} hours."
            ).format(energy=count_text(SMALL_TRAINING_KWH), hours=count_text(1_056))
        case ClaimKind.TRAINING_OF_LARGE:
            return _large_training()
        case ClaimKind.HOURS:
            return _(
                "Granite 13B took {hours} hours of A100 cards: about {gpt} of what is told of "
                "GPT-3 (on older cards), {llama} of Llama 2 70B and {bloom} of BLOOM. Only hours "
                "of graphics cards can be meant."
            ).format(
                hours=count_text(_GRANITE_CARD_HOURS),
                gpt=share_text(0.08),
                llama=share_text(0.16),
                bloom=share_text(0.25),
            )
        case ClaimKind.SPEED:
            return _(
                "How many times faster depends on the machine, the quantisation and the length of "
                "the answers. It can be measured."
            )
        case ClaimKind.ACCURACY:
            return _(
                "Two points mean nothing without the number of questions: where two models differ "
                "on 20 to 40 % of them, it takes {fewest} to {most} questions to tell."
            ).format(fewest=count_text(3_900), most=count_text(7_800))


def own_text(kind: ClaimKind, view: ClaimsView) -> str:
    """Return what one's own run says of a claim, or why it says nothing."""
    if kind in (ClaimKind.TRAINING_OF_LARGE, ClaimKind.HOURS):
        return _("Not measured here: this program asks models and trains none.")
    own = view.own
    if isinstance(own, Unavailable):
        return _("Run a pack to see yours.")
    return _own(kind, own)


def cautions() -> tuple[str, ...]:
    """Return what to keep in mind, one sentence or two each."""
    return (
        _(
            "The video's two energies do not go together: with ten times the hours, an hour of a "
            "card would have taken a fifth of what it took for the small model, on older cards."
        ),
        _(
            "Where the larger figure is from is a guess, not proof: a study of 2019 is known for "
            "{pounds} pounds of CO2 equivalent, which are {kilograms} kilograms. Those are neither "
            "kWh nor a model of 175 billion parameters."
        ).format(pounds=count_text(_POUNDS), kilograms=count_text(_KILOGRAMS)),
        _(
            "Training energy is that of the one run that was disclosed: trials before it, data "
            "and the making of machines are not in it. And it is not what you pay: this program "
            "measures answers."
        ),
        _("We know the video from summaries that others wrote, and have not seen it ourselves."),
    )


def cautions_title() -> str:
    """Return the heading above the cautions."""
    return _("To keep in mind")


def sources_text(claim: Claim, view: ClaimsView) -> str:
    """Return under which numbers a claim's sources stand in the list; empty if it has none."""
    numbers = [count_text(view.sources.index(source) + 1) for source in claim.sources]
    return (
        ngettext("Source {numbers}", "Sources {numbers}", len(numbers)).format(
            numbers=", ".join(numbers)
        )
        if numbers
        else ""
    )


def sources_title() -> str:
    """Return the heading above the list of sources."""
    return _("Sources")


def source_text(source: Source) -> str:
    """Return a source's title, and whether its figures come through others."""
    if source.is_second_hand:
        return _("{title} (as quoted by others)").format(title=source.title)
    return source.title


def column_titles(view: ClaimsView) -> tuple[str, str, str]:
    """Return the headings of claim, sources and one's own run."""
    own = _("Your run: {models}").format(models=_models_text(view.own))
    return _("The video says"), _("What sources say"), own


def _large_training() -> str:
    return _(
        "Models of that class took more: GPT-3 (175 billion) {gpt} kWh, BLOOM (176 billion) "
        "{bloom} kWh for its cards alone, and even Llama 2 with 70 billion about {llama} kWh by "
        "the hours and watts of its cards."
    ).format(
        gpt=count_text(_GPT_3_KWH),
        bloom=count_text(_BLOOM_KWH),
        llama=count_text(round(_LLAMA_KWH, -3)),
    )


def _own(kind: ClaimKind, own: OwnFigures) -> str:
    if kind is ClaimKind.TRAINING_OF_SMALL:
        return own_energy_text(own)
    return own_speed_text(own) if kind is ClaimKind.SPEED else own_accuracy_text(own)


def _models_text(own: OwnFigures | Unavailable) -> str:
    if isinstance(own, Unavailable):
        return reason_text(own.reason)
    if not own.large:
        return own.small
    return _("{small} beside {large}").format(small=own.small, large=own.large)
