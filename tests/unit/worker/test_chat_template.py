"""Rendering a conversation through the model's own template."""

import pytest
from tests.helpers.fake_clock import FakeClock

from large_enough.domain.errors import EngineError, FailureKind
from large_enough.domain.generation import Message, Role
from large_enough.worker.chat_template import ChatTemplate

CHATML = (
    "{% for message in messages %}\n"
    "{{- '<|im_start|>' + message['role'] + '\\n' + message.content + '<|im_end|>\\n' -}}\n"
    "{% endfor %}\n"
    "{% if add_generation_prompt %}\n"
    "{{- '<|im_start|>assistant\\n' }}\n"
    "{%- endif %}\n"
)
HI = (Message(role=Role.USER, content="Hi"),)


def template(source: str) -> ChatTemplate:
    return ChatTemplate(source, bos_text="<s>", eos_text="</s>", clock=FakeClock())


def render(source: str, *messages: Message, thinking: bool | None = None) -> str:
    return template(source).render(messages or HI, thinking)


def refusal(source: str) -> EngineError:
    with pytest.raises(EngineError) as caught:
        render(source)
    assert caught.value.info.kind is FailureKind.TEMPLATE_REJECTED
    return caught.value


def test_a_conversation() -> None:
    system = Message(role=Role.SYSTEM, content="Be brief.")
    assert render(CHATML, system, *HI) == (
        "<|im_start|>system\nBe brief.<|im_end|>\n"
        "<|im_start|>user\nHi<|im_end|>\n"
        "<|im_start|>assistant\n"
    )


def test_blocks_are_trimmed_as_publishers_expect() -> None:
    assert render("a\n  {% if true %}\nb\n  {% endif %}\nc") == "a\nb\nc"


def test_special_tokens_and_the_loop_controls() -> None:
    source = (
        "{{ bos_token }}{% for n in [1, 2, 3] %}{% if n == 2 %}{% break %}{% endif %}{{ n }}"
        "{% endfor %}{{ eos_token }}"
    )
    assert render(source) == "<s>1</s>"


def test_tools_and_documents_are_there_but_none() -> None:
    assert render("{% if tools is not none or documents %}yes{% else %}no{% endif %}") == "no"


def test_thinking_is_handed_on_only_if_it_was_chosen() -> None:
    source = "{{ enable_thinking if enable_thinking is defined else 'default' }}"
    assert render(source) == "default"
    assert render(source, thinking=False) == "False"
    assert render(source, thinking=True) == "True"


def test_json_is_written_as_it_stands() -> None:
    quoted = "{{ {'text': \"<b> & 'é'\"} | tojson }}"
    assert render(quoted) == '{"text": "<b> & \'é\'"}'
    assert render("{{ {'a': [1]} | tojson(indent=2) }}") == '{\n  "a": [\n    1\n  ]\n}'


def test_marks_for_training_have_no_effect() -> None:
    assert render("a{% generation %}b{{ messages[0].content }}{% endgeneration %}c") == "abHic"


def test_the_date_is_the_same_every_day() -> None:
    assert render("{{ strftime_now('%d %B %Y') }}") == "01 January 2025"


def test_namespaces_and_slices_work() -> None:
    source = (
        "{% set ns = namespace(n=0) %}{% for m in messages[::-1] %}{% set ns.n = ns.n + 1 %}"
        "{% endfor %}{{ ns.n }}{{ messages[0]['content'].split('i')[0].strip() }}"
    )
    assert render(source) == "1H"


def test_a_template_refuses_with_its_own_words() -> None:
    error = refusal("{{ raise_exception('System role not supported') }}")
    assert error.info.facts["message"] == "System role not supported"


@pytest.mark.parametrize(
    "source",
    [
        "{{ messages[7].content }}",
        "{{ 1 / 0 }}",
        "{{ messages + 1 }}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{{ none.x.y }}",
        "{{ 'x' | nosuchfilter }}",
        "{% if %}",
        "{% include 'other' %}",
    ],
)
def test_whatever_goes_wrong_within_is_a_refusal(source: str) -> None:
    refusal(source)


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ messages.__class__.__base__.__subclasses__() }}",
        "{{ raise_exception.__globals__.x }}",
        "{{ strftime_now.__self__.x }}",
        "{{ range.__self__.x }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ (messages | attr('__class__')).__base__ }}",
        "{{ '{0.__class__}'.format(messages).x() }}",
        "{{ messages.append(1) }}",
        "{{ messages[0].update(role='system') }}",
    ],
)
def test_the_sandbox_holds(source: str) -> None:
    refusal(source)


@pytest.mark.parametrize(
    "name", ["raise_exception.__globals__", "strftime_now.__self__", "range.__self__"]
)
def test_helpers_show_nothing_of_what_is_behind_them(name: str) -> None:
    assert render("{{ " + name + " }}") == ""


@pytest.mark.parametrize(
    "source",
    [
        "{% for i in range(10000000) %}{% endfor %}",
        "{% for i in range(1000) %}{% for j in range(1000) %}{% endfor %}{% endfor %}",
        "{{ range(1, 2000000, 2) | list | length }}",
        "{{ 'x' * 100000000 }}",
        "{{ 3 * ['x' * 900000] | length * 'abcdef' * 1000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{% for i in range(90000) %}{{ 'x' * 1000 }}{% endfor %}",
        "x" * 1_000_001,
    ],
)
def test_what_it_computes_is_bounded(source: str) -> None:
    refusal(source)


def test_the_time_it_takes_is_bounded() -> None:
    class HurryingClock(FakeClock):
        def monotonic_ns(self) -> int:
            self.advance(1.0)
            return super().monotonic_ns()

    slow = ChatTemplate(
        "{% for i in range(50) %}{{ i }}{% endfor %}",
        bos_text="",
        eos_text="",
        clock=HurryingClock(),
    )
    with pytest.raises(EngineError) as caught:
        slow.render(HI, None)
    assert "too long" in caught.value.info.detail


def test_ranges_within_bounds_are_the_usual_ones() -> None:
    assert (
        render("{% for i in range(2, 8, 3) %}{{ i }}{% endfor %}{{ 2 * 3 }}{{ '-' * 3 }}")
        == "256---"
    )
