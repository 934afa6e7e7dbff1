"""Prints a run: what was looked at before, how contenders did, where they differ."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from large_enough.cli.live_view import LETTER_STYLES
from large_enough.cli.run_limits_view import limit_lines
from large_enough.comparison.pack_judge import flip_rate
from large_enough.comparison.pack_preflight import PreflightLine, PreflightVerdict
from large_enough.comparison.pack_run_health import RunHealth, run_health
from large_enough.comparison.pack_run_summary import (
    ContenderSummary,
    PairCount,
    pair_counts,
    summaries,
)
from large_enough.domain.grade import ANSWERED, GradeStatus
from large_enough.domain.pack_run import JudgeVerdict, PackRunPlan, PackRunRecord
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.text import harmless_line
from large_enough.wording.energy_words import marked_text
from large_enough.wording.grade_words import status_word
from large_enough.wording.numbers import (
    count_text,
    number_text,
    quantity_text,
    seconds_text,
    share_text,
)
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _, ngettext

SHOWN_IDS = 8
_MARKS = {
    PreflightVerdict.GOOD: Text("✓ ", style="green"),
    PreflightVerdict.CARE: Text("! ", style="yellow"),
    PreflightVerdict.BAD: Text("✗ ", style="bold red"),
    PreflightVerdict.NOTE: Text("· ", style="dim"),
}


def show_preflight(console: Console, plan: PackRunPlan, line: PreflightLine) -> None:
    """Print one thing that was looked at."""
    text = _MARKS[line.verdict].copy()
    if line.letter:
        name = harmless_line(plan.contender(line.letter).card.name)
        text.append(f"{line.letter}  {name}  ", style="bold")
    text.append(f"{line.title}: {harmless_line(line.words)}")
    if line.next_step:
        text.append(f"\n    {harmless_line(line.next_step)}", style="dim")
    console.print(text, soft_wrap=True)


def show_run(console: Console, record: PackRunRecord) -> None:
    """Print how the contenders of a run did."""
    plan = record.plan
    head = _("{title}: {count} questions, run {run}").format(
        title=harmless_line(plan.pack.title), count=len(plan.item_ids), run=plan.run_id
    )
    console.print(Text(head, style="bold"), soft_wrap=True)
    console.print(_table(summaries(record)))
    for line in _lines(record):
        console.print(Text(line), soft_wrap=True)


def _table(rows: Sequence[ContenderSummary]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column("")
    for row in rows:
        heading = Text(f"{row.letter}  ", style=LETTER_STYLES.get(row.letter, "bold"))
        heading.append(harmless_line(row.name), style="bold")
        table.add_column(heading, justify="right")
    for name, cells in _rows(rows):
        table.add_row(name, *cells)
    return table


def _rows(rows: Sequence[ContenderSummary]) -> Iterator[tuple[str, list[str]]]:
    yield _("Accuracy"), [_share(row.accuracy) for row in rows]
    yield _("Accuracy on answered"), [_share(row.accuracy_on_answered) for row in rows]
    yield _("Answers"), [count_text(row.cell_count) for row in rows]
    if any(row.missing_count for row in rows):
        yield _("Missing"), [count_text(row.missing_count) for row in rows]
    for status in GradeStatus:
        counts = [row.statuses.get(status, 0) for row in rows]
        if any(counts) or status in ANSWERED - {GradeStatus.PARTIAL}:
            yield f"  {status_word(status)}", [count_text(count) for count in counts]
    yield _("Time of an answer, median"), [_seconds(row.median_s) for row in rows]
    yield _("Time of an answer, nine in ten"), [_seconds(row.p90_s) for row in rows]
    yield _("Time for each right answer"), [_seconds(row.per_right_s) for row in rows]
    yield _("Energy of an answer"), [_joules(row, row.energy_j) for row in rows]
    yield _("Energy for each right answer"), [_joules(row, row.per_right_j) for row in rows]
    yield _("Tokens of an answer"), [quantity_text(row.answer_tokens, number_text) for row in rows]
    yield (
        _("Tokens of a question"),
        [quantity_text(row.prompt_tokens, number_text) for row in rows],
    )


def _lines(record: PackRunRecord) -> Iterator[str]:
    yield from limit_lines(record)
    for pair in pair_counts(record):
        yield from _pair_lines(pair)
    yield from _health_lines(run_health(record))
    yield from _judge_lines(record)
    reasons = {
        row.energy_j.reason for row in summaries(record) if isinstance(row.energy_j, Unavailable)
    }
    for reason in sorted(reasons):
        yield _("No energy: {reason}.").format(reason=reason_text(reason))
    if record.unreadable_lines:
        yield ngettext(
            "{count} line of the record makes no sense and was left out.",
            "{count} lines of the record make no sense and were left out.",
            record.unreadable_lines,
        ).format(count=record.unreadable_lines)


def _pair_lines(pair: PairCount) -> Iterator[str]:
    yield _(
        "{a} and {b}: both right {both}, only {a} {only_a}, only {b} {only_b}, none {none}"
    ).format(
        a=pair.first,
        b=pair.second,
        both=len(pair.both),
        only_a=len(pair.only_first),
        only_b=len(pair.only_second),
        none=len(pair.neither),
    )
    for letter, ids in ((pair.first, pair.only_first), (pair.second, pair.only_second)):
        if ids:
            yield "  " + _("only {letter}: {ids}").format(letter=letter, ids=_ids(ids))


def _health_lines(health: RunHealth) -> Iterator[str]:
    if health.judged_count:
        yield _("Always the same answer would get {share} (computed, no model).").format(
            share=_share(health.constant_baseline)
        )
    if health.floor:
        yield _("Nobody right, check the key first: {ids}").format(ids=_ids(health.floor))
    if health.inverted:
        yield _("The smaller right, the largest wrong, often a bad key: {ids}").format(
            ids=_ids(health.inverted)
        )


def _judge_lines(record: PackRunRecord) -> Iterator[str]:
    if not record.judgements:
        return
    names = {one.judge.name for one in record.judgements}
    yield _("Judged by {judges}; the order of the answers changed {share} of the verdicts.").format(
        judges=harmless_line(", ".join(sorted(names))), share=_share(flip_rate(record.judgements))
    )
    pairs = sorted({(one.first, one.second) for one in record.judgements})
    for first, second in pairs:
        verdicts = [
            one.verdict for one in record.judgements if (one.first, one.second) == (first, second)
        ]
        yield "  " + _("{a} better {wins_a}, {b} better {wins_b}, tie {ties}").format(
            a=first,
            b=second,
            wins_a=verdicts.count(JudgeVerdict.FIRST),
            wins_b=verdicts.count(JudgeVerdict.SECOND),
            ties=verdicts.count(JudgeVerdict.TIE),
        )


def _ids(ids: Sequence[str]) -> str:
    shown = ", ".join(harmless_line(item_id) for item_id in ids[:SHOWN_IDS])
    return f"{shown} …" if len(ids) > SHOWN_IDS else shown


def _share(share: Quantity) -> str:
    return quantity_text(share, share_text)


def _seconds(duration_s: Quantity) -> str:
    return quantity_text(duration_s, seconds_text)


def _joules(row: ContenderSummary, energy_j: Quantity) -> str:
    return quantity_text(
        energy_j,
        lambda value: _("{number} J").format(number=marked_text(value, row.energy_quality)),
    )
