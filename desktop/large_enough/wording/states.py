"""Puts the states of contenders into words."""

from large_enough.domain.generation import FinishReason
from large_enough.domain.round import AnswerResult, Cancelled, Done, Mode, Purpose
from large_enough.wording.numbers import seconds_text, share_text
from large_enough.wording.translate import _


def state_text(state: str, fraction: float | None = None) -> str:
    """Return what a contender is doing.

    Args:
        state: A `comparison.events.ContenderState`, or its value.
        fraction: How far within the state, 0 to 1; None where nothing can be said.

    Raises:
        KeyError: There is no such state.
    """
    words = {
        "waiting": _("waiting for its turn"),
        "checking": _("checking the file"),
        "loading": _("loading"),
        "ready": _("ready"),
        "reading": _("reading the prompt"),
        "answering": _("answering"),
    }[str(state)]
    if fraction is None:
        return words
    share = share_text(min(max(fraction, 0.0), 1.0))
    return _("{state}, {share}").format(state=words, share=share)


def finish_text(reason: FinishReason) -> str:
    """Return why an answer ended."""
    return {
        FinishReason.END_OF_TEXT: _("finished"),
        FinishReason.STOP_TEXT: _("ended at a stop text"),
        FinishReason.LENGTH: _("cut at the token limit"),
        FinishReason.CONTEXT_FULL: _("cut: the context is full"),
        FinishReason.CANCELLED: _("stopped"),
        FinishReason.TIME_UP: _("cut at the time limit"),
        FinishReason.LOOPING: _("cut: it only repeated itself"),
    }[reason]


def result_text(result: AnswerResult) -> str:
    """Return how a contender's turn ended, in a word or three: "done in 0.52 s"."""
    if isinstance(result, Done):
        words = _("cut after {time}") if is_cut(result.answer.finish) else _("done in {time}")
        return words.format(time=seconds_text(result.answer.timing.total_s))
    return _("stopped") if isinstance(result, Cancelled) else _("failed")


def is_cut(reason: FinishReason) -> bool:
    """Return whether the answer ended before the model was done with it."""
    return reason not in (FinishReason.END_OF_TEXT, FinishReason.STOP_TEXT)


def mode_title(mode: Mode) -> str:
    """Return the name of a mode, as on its switch."""
    return {Mode.MEASURED: _("Measured"), Mode.TOGETHER: _("Together")}[mode]


def mode_explanation(mode: Mode) -> str:
    """Return what a mode means, as beside its switch."""
    return {
        Mode.MEASURED: _("one after the other: numbers you can compare"),
        Mode.TOGETHER: _("all at once, sharing the processor: contended numbers"),
    }[mode]


def mode_in_short(mode: Mode) -> str:
    """Return what a mode means in few words, where there is no room for more."""
    return {Mode.MEASURED: _("one after the other"), Mode.TOGETHER: _("all at once")}[mode]


def purpose_text(purpose: Purpose) -> str:
    """Return what a round was for."""
    return {
        Purpose.QUESTION: _("question"),
        Purpose.WARM_UP: _("warm-up"),
        Purpose.PROTOCOL: _("pass of a measurement"),
    }[purpose]
