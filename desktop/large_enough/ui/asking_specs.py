"""Says what each number means that a person may set for the answers."""

from large_enough.comparison.asking_settings import NUMBER_LIMITS, usual_value
from large_enough.ui.setting_numbers import NumberSpec
from large_enough.wording.translate import _

_FRACTIONS = frozenset({"temperature", "top_p", "min_p", "repeat_penalty"})


def answer_specs() -> tuple[NumberSpec, ...]:
    """Return the numbers that concern the length of an answer."""
    return (
        _spec(
            "max_tokens",
            _("Longest answer"),
            _("In tokens, about four characters each. An answer is cut there."),
        ),
    )


def sampling_specs() -> tuple[NumberSpec, ...]:
    """Return the numbers by which words are chosen."""
    return (
        _spec(
            "temperature",
            _("Temperature"),
            _("0 gives the same answer every time; higher values vary more."),
        ),
        _spec("top_k", "Top-k", _("Only the most probable tokens are looked at; 0 for all.")),
        _spec("top_p", "Top-p", _("Only tokens that together reach this probability.")),
        _spec("min_p", "Min-p", _("Drops tokens below this share of the best one.")),
        _spec(
            "repeat_penalty",
            _("Repeat penalty"),
            _("Above 1 discourages what was said lately; 1 is neutral."),
        ),
        _spec(
            "seed",
            _("Seed"),
            _("Start of the random sequence: the same one gives the same answer."),
        ),
    )


def loading_specs() -> tuple[NumberSpec, ...]:
    """Return the numbers that concern loading: the model is loaded anew when they change."""
    return (
        _spec(
            "context_tokens",
            _("Context length"),
            _("Tokens of the conversation and the answer together; more takes more memory."),
        ),
        _spec(
            "gpu_layers",
            _("Layers on the graphics card"),
            _("0 computes on the processor alone; -1 puts all on the card, if there is one."),
        ),
        _spec(
            "thread_count",
            _("Threads"),
            _("Processor cores that compute for a model; empty for all fast ones."),
        ),
    )


def _spec(field: str, title: str, explanation: str) -> NumberSpec:
    return NumberSpec(
        field=field,
        title=title,
        explanation=explanation,
        limits=NUMBER_LIMITS[field],
        usual=usual_value(field),
        is_whole=field not in _FRACTIONS,
    )
