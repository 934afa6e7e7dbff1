"""Makes the recorded race that ships with the program from the log of a round.

Run it as `python -m tests.helpers.example_race LOG`. The round must be complete, undisturbed and of
real models; folders are taken out of it, and nothing else is changed.
"""

import sys
from pathlib import Path

import msgspec

from large_enough.domain.model_card import BackendKind
from large_enough.domain.round import Contender, Done, RoundRecord
from large_enough.resources.files import replace_file
from large_enough.store.example_race import example_race_path
from large_enough.store.log_lines import (
    SCHEMA_VERSION,
    AnswerLine,
    EndLine,
    HeaderLine,
    Line,
    encode_line,
)
from large_enough.store.log_reading import read_round


def main() -> int:
    """Write the race from the log that is named; return 1 if it is not fit to be shown."""
    record = read_round(Path(sys.argv[1]))
    problem = why_unfit(record)
    if problem:
        print(problem)
        return 1
    target = example_race_path()
    replace_file(target.parent, target.name, log_of(without_folders(record)))
    return 0


def why_unfit(record: RoundRecord) -> str:
    """Return why a round is no race to show; empty if it is one."""
    if not record.is_complete:
        return "the round is not complete"
    if any(each.card.backend is not BackendKind.LLAMA for each in record.plan.contenders):
        return "a contender is scripted"
    if not all(isinstance(result, Done) for result in record.results):
        return "a contender did not answer"
    if any(isinstance(result, Done) and result.is_disturbed for result in record.results):
        return "other programs disturbed it"
    return ""


def without_folders(record: RoundRecord) -> RoundRecord:
    """Return the round with file names in place of the paths of the model files."""
    contenders = tuple(_without_folder(contender) for contender in record.plan.contenders)
    return msgspec.structs.replace(
        record, plan=msgspec.structs.replace(record.plan, contenders=contenders)
    )


def log_of(record: RoundRecord) -> bytes:
    """Return the log of a round that has ended."""
    header = HeaderLine(
        schema_version=SCHEMA_VERSION,
        plan=record.plan,
        machine=record.machine,
        started_utc=record.started_utc,
        available_memory_before_bytes=record.available_memory_before_bytes,
    )
    answers = [AnswerLine(result=result) for result in record.results]
    lines: tuple[Line, ...] = (header, *answers, EndLine(machine_use=record.machine_use))
    return b"".join(encode_line(line) for line in lines)


def _without_folder(contender: Contender) -> Contender:
    card = contender.card
    name = card.path.replace("\\", "/").rpartition("/")[2]
    return msgspec.structs.replace(contender, card=msgspec.structs.replace(card, path=name))


if __name__ == "__main__":
    sys.exit(main())
