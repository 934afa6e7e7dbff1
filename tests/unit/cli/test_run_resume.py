"""Options beside `run --resume`: those that contradict the record are refused by name."""

import argparse

import msgspec
import pytest
from tests.helpers.pack_run_records import make_run_plan

from large_enough.cli.run_arguments import add_parser, load_for, settings_for
from large_enough.cli.run_resume import check_agreement
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.generation import LoadSettings
from large_enough.domain.pack_run import PackRunPlan, PackRunSettings

EVERY_SETTING = [
    "--fast", "--batch", "3", "--forced-choice", "--no-context", "--repeats", "2", "--sample", "5",
    "--seed", "7", "--temperature", "0.5", "--margin", "7", "--order", "abba",
    "--max-tokens", "99", "--longest", "12", "--threads", "2",
]  # fmt: skip
LOADING = ["--n-ctx", "1024", "--gpu-layers", "3"]
NAMES = [word for word in (*EVERY_SETTING, *LOADING) if word.startswith("--")]


def arguments_of(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    return parser.parse_args(["run", "--resume", "last", *words])


def plan_with(*words: str) -> PackRunPlan:
    arguments = arguments_of(*words)
    plan = make_run_plan(names=("Ant 1B", "Bee 2B"))
    contenders = tuple(
        msgspec.structs.replace(one, load=load_for(one.load, arguments)) for one in plan.contenders
    )
    settings = settings_for(plan.settings, arguments)
    return msgspec.structs.replace(plan, contenders=contenders, settings=settings)


def test_nothing_given_contradicts_nothing() -> None:
    check_agreement(plan_with(*EVERY_SETTING, *LOADING), arguments_of())


def test_what_the_record_says_may_be_said_again() -> None:
    words = [*EVERY_SETTING, *LOADING]
    check_agreement(plan_with(*words), arguments_of(*words))


def test_every_option_that_contradicts_is_named() -> None:
    with pytest.raises(RequestError) as caught:
        check_agreement(plan_with(), arguments_of(*EVERY_SETTING, *LOADING))
    assert caught.value.info.kind is FailureKind.BAD_SETTING
    assert sorted(caught.value.info.subject.split(", ")) == sorted(NAMES)


def test_who_joins_may_be_loaded_otherwise() -> None:
    check_agreement(plan_with(), arguments_of(*LOADING, "-m", "third"))


def test_without_options_everything_is_as_usual() -> None:
    usual = PackRunSettings(repeats=3)
    assert settings_for(usual, arguments_of()) == usual
    assert load_for(LoadSettings(), arguments_of()) == LoadSettings()
