"""`large-enough runs grade`: a person judges one answer of a run, or takes that back."""

import argparse
from collections.abc import Mapping

from large_enough.cli import exit_codes
from large_enough.cli.compare_arguments import refuse
from large_enough.cli.output import print_json, remarks, say, say_error
from large_enough.cli.run_output import run_document
from large_enough.comparison.pack_runs import find_run, override
from large_enough.domain.clock import SystemClock
from large_enough.domain.errors import RequestError
from large_enough.domain.grade import GradeStatus, HandGrade
from large_enough.domain.pack_run import CellKey, PackRunRecord
from large_enough.domain.text import harmless_line
from large_enough.resources.paths import user_folders
from large_enough.store.pack_run_log import RUNS_FOLDER
from large_enough.wording.grade_words import status_word
from large_enough.wording.translate import _


def add_parser(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `grade` and its options."""
    parser = actions.add_parser(
        "grade",
        help=_("judge an answer by hand, or take that back"),
        description=_(
            "Your judgement counts in place of the rule's. Both are kept and shown, with your name "
            "and your reason."
        ),
    )
    parser.add_argument(
        "name", metavar=_("RUN"), help=_("id of a run, its beginning, a file, or “last”")
    )
    parser.add_argument("item", metavar="ID", help=_("the question, as `runs show` names it"))
    parser.add_argument(
        "-m", "--model", required=True, metavar=_("LETTER"), help=_("whose answer it is")
    )
    parser.add_argument(
        "--repeat", type=int, default=1, metavar="N", help=_("which of several answers, from 1")
    )
    verdict = parser.add_mutually_exclusive_group(required=True)
    verdict.add_argument(
        "--score",
        type=float,
        metavar="X",
        help=_("1 is right, 0 is wrong, between is partly right"),
    )
    verdict.add_argument(
        "--take-back", action="store_true", help=_("let the rule's judgement count again")
    )
    parser.add_argument("--who", default="", metavar=_("NAME"), help=_("who judges"))
    parser.add_argument("--why", default="", metavar=_("TEXT"), help=_("what the rule did not see"))
    parser.add_argument("--json", action="store_true", help=_("print all that is known as JSON"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Keep a judgement, or take it back.

    Returns:
        0; 1 if the record cannot be written; 2 if there is no such answer or no such judgement.
    """
    try:
        grade = None if arguments.take_back else hand_grade(arguments)
        key = _key(arguments)
        path = find_run(user_folders(environ).data / RUNS_FOLDER, arguments.name)
        record = override(path, key, grade)
    except RequestError as error:
        say_error(error.info)
        return exit_codes.USAGE
    if arguments.json:
        print_json(run_document(record))
    _tell(record, key)
    return exit_codes.DONE


def hand_grade(arguments: argparse.Namespace) -> HandGrade:
    """Return what a person judges.

    Raises:
        RequestError: The score is out of range, or nobody says who judges and why.
    """
    score = arguments.score
    if not 0 <= score <= 1:
        refuse("--score", _("must be from {low} to {high}").format(low=0, high=1))
    who, why = harmless_line(arguments.who).strip(), harmless_line(arguments.why).strip()
    if not who:
        refuse("--who", _("say who judges: it is kept with the judgement"))
    if not why:
        refuse("--why", _("say why: it is kept with the judgement"))
    return HandGrade(
        status={1.0: GradeStatus.CORRECT, 0.0: GradeStatus.WRONG}.get(score, GradeStatus.PARTIAL),
        score=score,
        who=who,
        why=why,
        utc=SystemClock().utc_now().isoformat(timespec="seconds"),
    )


def _key(arguments: argparse.Namespace) -> CellKey:
    if arguments.repeat < 1:
        refuse("--repeat", _("it is out of range"))
    return CellKey(
        letter=arguments.model.upper(), item_id=arguments.item, repeat=arguments.repeat - 1
    )


def _tell(record: PackRunRecord, key: CellKey) -> None:
    cell = record.cell(key)
    if cell is None:
        return
    rule = status_word(cell.grade.status)
    if cell.hand_grade is None:
        say(
            remarks(),
            _("{item}, {letter}: the rule's judgement counts: {rule}."),
            item=key.item_id,
            letter=key.letter,
            rule=rule,
        )
        return
    say(
        remarks(),
        _("{item}, {letter}: now {hand}, by hand ({who}); by the rule it is “{rule}”."),
        item=key.item_id,
        letter=key.letter,
        hand=status_word(cell.hand_grade.status),
        who=cell.hand_grade.who,
        rule=rule,
    )
