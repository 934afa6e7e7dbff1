"""Writes a round as Markdown (CommonMark with GitHub's tables).

Text of models stands in fenced blocks, so that nothing in it is taken for Markdown or HTML; names
and other short texts are escaped.
"""

import re
from collections.abc import Iterable, Iterator

from large_enough.domain.costing import Costing
from large_enough.domain.round import RoundRecord
from large_enough.report.provenance import FactGroup
from large_enough.report.round_document import DocumentAnswer, RoundDocument, round_document
from large_enough.wording.translate import _

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&#!$])")
_ADDRESS = re.compile(r"(:)(?=//)|(?<=www)(\.)", re.IGNORECASE)
_BEFORE_BLOCK_SIGN = re.compile(r"^(?:\d+(?=[.)](?:\s|$))|(?=[-+=]))")
"""What stands before a sign that begins a list or underlines a heading."""
_FENCES = re.compile(r"~{3,}")


def round_markdown(record: RoundRecord, costing: Costing | None = None) -> str:
    """Return the document.

    Args:
        record: The round.
        costing: The user's price and grid intensity; None for none.
    """
    document = round_document(record, costing)
    blocks = [
        f"# {escaped(document.title)}",
        escaped(document.when),
        f"**{escaped(document.result)}**" if document.result else "",
        escaped(document.remarks),
        f"## {_('Question')}",
        fenced(document.question),
        *(block for answer in document.answers for block in _answer(answer)),
        f"## {_('Figures')}",
        "\n".join(_table(document)),
        "\n".join(f"- {escaped(line)}" for line in document.small_print),
        f"## {_('Where the figures come from')}",
        *(block for group in document.provenance for block in _group(group)),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escaped(text: str) -> str:
    """Return the text so that Markdown shows it as it is; it must be on one line."""
    harmless = _SPECIAL.sub(r"\\\1", text)
    harmless = _ADDRESS.sub(lambda match: f"\\{match[0]}", harmless)
    return _BEFORE_BLOCK_SIGN.sub(lambda match: f"{match[0]}\\", harmless)


def fenced(text: str) -> str:
    """Return the text as a block that shows it as it is."""
    longest = max((len(match) for match in _FENCES.findall(text)), default=0)
    fence = "~" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _answer(answer: DocumentAnswer) -> Iterator[str]:
    yield f"## {answer.letter}: {escaped(answer.name)}"
    yield escaped(f"{answer.about}; {answer.state}")
    if answer.problem:
        yield escaped(answer.problem)
    if answer.thoughts:
        yield _("Thoughts:")
        yield fenced(answer.thoughts)
    yield fenced(answer.text) if answer.text else _("(no text)")


def _table(document: RoundDocument) -> Iterator[str]:
    heads = [f"{answer.letter} {answer.name}" for answer in document.answers]
    yield _line(["", *heads])
    yield "|---|" + "---:|" * len(heads)
    for row in document.rows:
        yield _line([row.label, *row.cells])


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(escaped(cell) for cell in cells)} |"


def _group(group: FactGroup) -> Iterator[str]:
    yield f"### {escaped(group.heading)}"
    yield "\n".join(f"- {escaped(fact.label)}: {escaped(fact.value)}" for fact in group.facts)
