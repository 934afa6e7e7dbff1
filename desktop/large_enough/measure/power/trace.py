"""Records what a library answers, to play it back in its place.

A trace has one entry for each call: when, which function, its arguments, and the reply or the
error. It makes tests out of machines that no developer has. `Scrubber` takes out what is private
while recording, so a trace never holds it.

Recording and playing both work for a module or object with functions (`NVML`) and for single
functions (a reader of files, an ioctl).
"""

from collections.abc import Callable, Sequence
from typing import NoReturn, ParamSpec, TypeVar, cast

import msgspec

from large_enough.domain.clock import Clock
from large_enough.measure.power.trace_file import Trace, TraceCall, TraceFault
from large_enough.measure.power.trace_scrub import REMOVED, Scrubber
from large_enough.measure.power.trace_values import Json, ValueCodec, from_json

_Library = TypeVar("_Library")
_Arguments = ParamSpec("_Arguments")
_Reply = TypeVar("_Reply")


class TraceGapError(LookupError):
    """A call that a trace has no answer to."""


class TraceRecorder:
    """Writes down every call of the libraries and functions that it is given."""

    def __init__(self, clock: Clock, *, about: str, private: Sequence[str] = ()) -> None:
        """Begin a recording.

        Args:
            clock: For the times of calls.
            about: What machine this is.
            private: Words to take out everywhere: host name, user name.
        """
        self._clock = clock
        self._start_s = clock.monotonic_s()
        self._scrubber = Scrubber(private)
        self._codec = ValueCodec(self._scrubber)
        self._about = about
        self._errors: list[str] = []
        self._calls: list[TraceCall] = []

    def library(self, library: _Library, errors: Sequence[type[Exception]]) -> _Library:
        """Return something that behaves like the library and is written down."""
        self._errors += [error.__name__ for error in errors]
        return cast("_Library", _RecordedLibrary(self, library, tuple(errors)))

    def function(
        self,
        name: str,
        function: Callable[_Arguments, _Reply],
        errors: Sequence[type[Exception]] = (OSError,),
    ) -> Callable[_Arguments, _Reply]:
        """Return a function that behaves like this one and is written down under a name."""

        def recorded(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Reply:
            given = _all_arguments(args, kwargs)
            try:
                reply = function(*args, **kwargs)
            except tuple(errors) as error:
                self._note(name, given, error=_fault(error, errors))
                raise
            self._note(name, given, reply)
            return reply

        return recorded

    def trace(self) -> Trace:
        """Return what has been recorded up to now."""
        return Trace(
            origin="recorded",
            about=self._scrubber.text(self._about),
            errors=tuple(self._errors),
            calls=tuple(self._calls),
        )

    def _note(
        self,
        name: str,
        args: tuple[object, ...],
        reply: object = None,
        error: TraceFault | None = None,
    ) -> None:
        written = tuple(self._codec.to_json(arg) for arg in args)
        self._codec.name_handle(reply, f"{name}{_key(written).decode()}")
        self._calls.append(
            TraceCall(
                t_s=round(self._clock.monotonic_s() - self._start_s, 6),
                call=name,
                args=written,
                reply=REMOVED
                if self._is_private(name, written, reply)
                else self._codec.to_json(reply),
                error=error,
            )
        )

    def _is_private(self, name: str, args: tuple[Json, ...], reply: object) -> bool:
        names = [name, *(arg for arg in args if isinstance(arg, str))]
        return reply is not None and any(self._scrubber.is_private(each) for each in names)


class _RecordedLibrary:
    """Passes every call on to a library, by way of the recorder."""

    def __init__(
        self, recorder: TraceRecorder, library: object, errors: tuple[type[Exception], ...]
    ) -> None:
        self._recorder = recorder
        self._library = library
        self._errors = errors

    def __getattr__(self, name: str) -> object:
        member = getattr(self._library, name)
        if isinstance(member, type) or not callable(member):
            return member
        return self._recorder.function(name, member, self._errors)


class TracePlayer:
    """Answers as the library of a recording did: every function of it is an attribute here.

    Without a clock each call takes the next answer to the same call, and stays at the last. With a
    clock it takes the latest answer that had been given by that time since the first call, so that
    a trace can be read at any rate.
    """

    def __init__(self, trace: Trace, clock: Clock | None = None) -> None:
        self._clock = clock
        self._start_s: float | None = None
        self._codec = ValueCodec(Scrubber())
        self._errors = {name: _error_class(name) for name in trace.errors}
        self._answers: dict[tuple[str, bytes], list[TraceCall]] = {}
        self._given: dict[tuple[str, bytes], int] = {}
        for call in trace.calls:
            self._answers.setdefault((call.call, _key(call.args)), []).append(call)
        self._functions = {call.call for call in trace.calls}

    def __getattr__(self, name: str) -> object:
        """Return a function or an error class of the recorded library."""
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._errors:
            return self._errors[name]
        if name not in self._functions:
            raise AttributeError(name)
        return self.function(name)

    def function(self, name: str) -> Callable[..., object]:
        """Return one function of the recording."""

        def played(*args: object, **kwargs: object) -> object:
            call = self._answer(name, _all_arguments(args, kwargs))
            if call.error is not None:
                self._fail(call.error)
            return from_json(call.reply)

        return played

    def call_count(self, name: str) -> int:
        """Return how often a function has been called."""
        return sum(count for (call, _), count in self._given.items() if call == name)

    def _answer(self, name: str, args: tuple[object, ...]) -> TraceCall:
        key = name, _key(tuple(self._codec.to_json(arg) for arg in args))
        answers = self._answers.get(key)
        if answers is None:
            gap = f"{name}{args}"
            raise TraceGapError(gap)
        position = self._given.get(key, 0)
        self._given[key] = position + 1
        if self._clock is None:
            return answers[min(position, len(answers) - 1)]
        return self._answer_by_now(answers, self._clock)

    def _answer_by_now(self, answers: list[TraceCall], clock: Clock) -> TraceCall:
        now_s = clock.monotonic_s()
        if self._start_s is None:
            self._start_s = now_s
        elapsed_s = now_s - self._start_s
        given = [answer for answer in answers if answer.t_s <= elapsed_s]
        return given[-1] if given else answers[0]

    def _fail(self, fault: TraceFault) -> NoReturn:
        error_class = self._errors.get(fault.kind)
        if error_class is not None:
            raise error_class(fault.code)
        if fault.kind == ImportError.__name__:
            raise ImportError
        raise OSError(fault.code, fault.kind)


def _key(args: tuple[Json, ...]) -> bytes:
    return msgspec.json.encode(args, order="sorted")


def _all_arguments(args: tuple[object, ...], kwargs: dict[str, object]) -> tuple[object, ...]:
    return (*args, kwargs) if kwargs else args


def _fault(error: Exception, errors: Sequence[type[Exception]]) -> TraceFault:
    """Write an error down as the class that was announced, not as one derived from it."""
    kind = next(announced for announced in errors if isinstance(error, announced))
    codes = (getattr(error, name, None) for name in ("value", "code", "errno"))
    code = next((code for code in codes if code is not None), None)
    return TraceFault(kind=kind.__name__, code=code if isinstance(code, int) else None)


class PlayedError(Exception):
    """An error of a library that is played back."""

    def __init__(self, value: int | None) -> None:
        super().__init__(value)
        self.value = value


def _error_class(name: str) -> type[PlayedError]:
    return type(name, (PlayedError,), {})
