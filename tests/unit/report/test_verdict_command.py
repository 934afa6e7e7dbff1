"""The command that repeats a run."""

import shlex

import msgspec
from tests.helpers.hostile_texts import HOSTILE_TEXTS
from tests.helpers.matrix_runs import make_plan
from tests.helpers.verdicts import example_record

from large_enough.domain.model_card import Adapter
from large_enough.domain.pack_run import (
    AnswerWay,
    PackRunPlan,
    PackRunSettings,
    RunLimits,
    RunMode,
    RunOrder,
    Variant,
)
from large_enough.report.verdict_command import repeat_command


def named(name: str, catalog_id: str | None = None) -> PackRunPlan:
    plan = example_record("+", "-").plan
    first, second = plan.contenders
    card = msgspec.structs.replace(first.card, path=f"/models/{name}", catalog_id=catalog_id)
    first = msgspec.structs.replace(first, card=card)
    return msgspec.structs.replace(plan, contenders=(first, second))


def test_models_are_named_so_that_others_find_them() -> None:
    assert "-m tiny-135m " in repeat_command(named("x.gguf", catalog_id="tiny-135m"))
    assert "-m x.gguf " in repeat_command(named("x.gguf"))


def test_an_adapter_is_named_too() -> None:
    plan = named("x.gguf")
    adapter = Adapter(path="/home/me/bank.gguf", name="bank", size_bytes=1)
    card = msgspec.structs.replace(plan.contenders[0].card, adapter=adapter)
    first = msgspec.structs.replace(plan.contenders[0], card=card)
    plan = msgspec.structs.replace(plan, contenders=(first,))
    assert "-m x.gguf+bank.gguf " in repeat_command(plan)


def test_every_setting_that_matters_is_said() -> None:
    settings = PackRunSettings(
        mode=RunMode.FAST,
        order=RunOrder.ABBA,
        variant=Variant.NO_CONTEXT,
        way=AnswerWay.FORCED_CHOICE,
        repeats=3,
        seed=7,
        sample_count=40,
        batch_size=4,
        margin=0.075,
        limits=RunLimits(max_tokens=99, longest_s=20),
    )
    words = shlex.split(repeat_command(make_plan(3, 1, settings)))
    for pair in (
        ("--margin", "7.5"),
        ("--seed", "7"),
        ("--repeats", "3"),
        ("--sample", "40"),
        ("--batch", "4"),
        ("--order", "abba"),
        ("--max-tokens", "99"),
        ("--longest", "20"),
    ):
        assert words[words.index(pair[0]) + 1] == pair[1]
    assert {"--fast", "--no-context", "--forced-choice"} <= set(words)


def test_the_command_line_understands_it() -> None:
    """Whatever a file is called, the shell and the program see one name and no option."""
    for text in (*HOSTILE_TEXTS, "-o evil", "$(reboot)", "a b;c", "--yes"):
        words = shlex.split(repeat_command(named(text)))
        assert words[:3] == ["large-enough", "run", "retail-banking"]
        assert words[3] == "-m"
        assert not words[4].startswith("-")
        assert words[5] == "-m"
