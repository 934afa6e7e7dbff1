from pathlib import Path

import pytest
from tests.helpers.app_layouts import model_bytes, part_bytes, write

from large_enough.catalog.header_facts import HeaderFacts, Refusal, read_facts, why_aside
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.found_model import WhyAside


def refusal(facts: HeaderFacts) -> Refusal:
    assert isinstance(facts, Refusal)
    return facts


@pytest.mark.parametrize(
    ("content", "kind", "is_lasting"),
    [
        (b"<html>", FailureKind.NOT_GGUF, True),
        (model_bytes()[:-1], FailureKind.FILE_TRUNCATED, True),
        (model_bytes(architecture="bert"), FailureKind.NOT_A_LANGUAGE_MODEL, True),
        (part_bytes(1, 2), FailureKind.NOT_FIRST_SPLIT, True),
        (part_bytes(0, 2), FailureKind.SPLIT_PART_MISSING, False),
    ],
)
def test_what_depends_on_the_file_alone_lasts(
    tmp_path: Path, content: bytes, kind: FailureKind, is_lasting: bool
) -> None:
    found = refusal(read_facts(write(tmp_path / "model.gguf", content)))
    assert (found.error.kind, found.is_lasting) == (kind, is_lasting)


def test_what_depends_on_other_parts_does_not(tmp_path: Path) -> None:
    path = write(tmp_path / "m-00001-of-00002.gguf", part_bytes(0, 2))
    write(tmp_path / "m-00002-of-00002.gguf", model_bytes())
    found = refusal(read_facts(path))
    assert (found.error.kind, found.is_lasting) == (FailureKind.FILE_MALFORMED, False)


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    assert not refusal(read_facts(tmp_path / "no.gguf")).is_lasting


@pytest.mark.parametrize("facts", [{}, {"why": "something newer"}, {"why": 5}])
def test_a_reason_that_is_not_known_is_some_reason(facts: dict[str, str | int | float]) -> None:
    error = ErrorInfo(kind=FailureKind.NOT_A_LANGUAGE_MODEL, facts=facts)
    assert why_aside(error) is WhyAside.OTHER_KIND
