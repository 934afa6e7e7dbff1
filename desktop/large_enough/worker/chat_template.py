"""Renders a conversation through the model's own chat template.

Templates are Jinja programs inside model files, so they are hostile until shown otherwise: they run
in Jinja's sandbox, see plain data only, and what they may compute is bounded. A template that burns
time all the same burns it in a worker, which the program can end.

The dialect is the one that model publishers write for (Hugging Face's `apply_chat_template`).
"""

import datetime
import json
from collections.abc import Sequence
from typing import Any, NoReturn

import jinja2
import jinja2.ext
import jinja2.nodes
import jinja2.parser
import jinja2.runtime
import jinja2.sandbox
from jinja2.exceptions import SecurityError

from large_enough.domain.clock import Clock
from large_enough.domain.errors import EngineError, FailureKind
from large_enough.domain.generation import Message

MAX_TEMPLATE_CHARACTERS = 1_000_000
MAX_RENDERED_CHARACTERS = 8_000_000
MAX_RANGE_ITEMS = 100_000
"""Over all ranges of one rendering."""
MAX_REPEATED_LENGTH = 1_000_000
"""Of a text or list made by multiplication."""
MAX_RENDER_NS = 10_000_000_000

PINNED_DATE = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
"""Templates that ask for today's date get this one: else every day would have its own prompt, and
answers of two days could not be compared."""

_FAULTS = (
    jinja2.TemplateError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""Whatever a template can raise while it runs."""


class _GenerationBlock(jinja2.ext.Extension):
    """Accepts `{% generation %}`: it marks the model's own words for training, no more."""

    tags = {"generation"}  # noqa: RUF012 - Jinja's own declaration

    def parse(self, parser: jinja2.parser.Parser) -> list[jinja2.nodes.Node]:
        """Return the nodes within the block."""
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


class _Sandbox(jinja2.sandbox.ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with bounds on multiplication."""

    intercepted_binops = frozenset(("*", "**"))

    def call_binop(
        self,
        context: jinja2.runtime.Context,
        operator: str,
        left: Any,  # noqa: ANN401 - whatever the template has
        right: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Multiply, unless the result would be huge.

        Raises:
            SecurityError: It would be.
        """
        if operator == "**" or _product_length(left, right) > MAX_REPEATED_LENGTH:
            message = "the result of a multiplication would be too large"
            raise SecurityError(message)
        return super().call_binop(context, operator, left, right)


class _Budget:
    """What one rendering may still use."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._deadline_ns = clock.monotonic_ns() + MAX_RENDER_NS
        self._range_items = MAX_RANGE_ITEMS
        self._characters = MAX_RENDERED_CHARACTERS

    def range(self, *bounds: int) -> range:
        """Stand in for Python's `range`.

        Raises:
            SecurityError: The template has used up its items or its time.
        """
        numbers = range(*bounds)
        self._range_items -= len(numbers) + 1
        if self._range_items < 0:
            message = "the template counts too far"
            raise SecurityError(message)
        self._check_time()
        return numbers

    def pay(self, text: str) -> str:
        """Return the text, once it has been counted.

        Raises:
            SecurityError: The template has written too much or used up its time.
        """
        self._characters -= len(text)
        if self._characters < 0:
            message = "the template writes too much"
            raise SecurityError(message)
        self._check_time()
        return text

    def _check_time(self) -> None:
        if self._clock.monotonic_ns() > self._deadline_ns:
            message = "the template takes too long"
            raise SecurityError(message)


class ChatTemplate:
    """The chat template of one model."""

    def __init__(self, source: str, *, bos_text: str, eos_text: str, clock: Clock) -> None:
        """Compile the template.

        Args:
            source: Its text.
            bos_text: The token that begins a text; empty if the model has none.
            eos_text: The token that ends a text; empty if the model has none.
            clock: Bounds the time it may take.

        Raises:
            EngineError: It is no template.
        """
        if len(source) > MAX_TEMPLATE_CHARACTERS:
            message = f"the template is longer than {MAX_TEMPLATE_CHARACTERS} characters"
            raise _rejected(message)
        self.source = source
        self._clock = clock
        self._special = {"bos_token": bos_text, "eos_token": eos_text}
        environment = _Sandbox(
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[_GenerationBlock, jinja2.ext.loopcontrols],
            autoescape=False,  # the result is a prompt, not a page
        )
        environment.filters["tojson"] = _to_json
        environment.globals["raise_exception"] = _raise_exception
        environment.globals["strftime_now"] = PINNED_DATE.strftime
        del environment.globals["lipsum"]  # random text
        try:
            self._template = environment.from_string(source)
        except _FAULTS as error:
            raise _rejected(str(error)) from error

    def render(self, messages: Sequence[Message], thinking: bool | None) -> str:
        """Return the prompt for a conversation, open for the model's next turn.

        Args:
            messages: The conversation.
            thinking: Whether a thinking model is to think; None leaves its default.

        Raises:
            EngineError: The template refuses this conversation, with its own message.
        """
        budget = _Budget(self._clock)
        variables: dict[str, object] = {
            "messages": [
                {"role": message.role.value, "content": message.content} for message in messages
            ],
            "add_generation_prompt": True,
            "tools": None,
            "documents": None,
            "range": budget.range,
            **self._special,
        }
        if thinking is not None:
            variables["enable_thinking"] = thinking
        try:
            return "".join(budget.pay(text) for text in self._template.generate(variables))
        except _FAULTS as error:
            raise _rejected(str(error) or type(error).__name__) from error


def _rejected(message: str) -> EngineError:
    return EngineError(FailureKind.TEMPLATE_REJECTED, detail=message, message=message[:500])


def _raise_exception(message: object) -> NoReturn:
    raise jinja2.TemplateError(str(message))


def _to_json(
    value: object,
    indent: int | None = None,
    separators: tuple[str, str] | None = None,
    *,
    ensure_ascii: bool = False,
    sort_keys: bool = False,
) -> str:
    """Jinja's own `tojson` writes for web pages and would alter quotes and angle brackets."""
    return json.dumps(
        value,
        indent=None if indent is None else min(indent, 16),
        separators=separators,
        ensure_ascii=ensure_ascii,
        sort_keys=sort_keys,
    )


def _product_length(left: object, right: object) -> int:
    """Return the length of a text or list multiplied by a number; 0 for two numbers."""
    for sequence, number in ((left, right), (right, left)):
        if isinstance(sequence, str | list | tuple) and isinstance(number, int):
            return len(sequence) * number
    return 0
