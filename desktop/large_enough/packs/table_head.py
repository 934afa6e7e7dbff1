"""Finds out what the columns of a table hold, by their names or by where they stand."""

import re

import msgspec

from large_enough.domain.pack import AnswerType
from large_enough.domain.pack_fault import Fault
from large_enough.packs.alike import option_form
from large_enough.packs.column_kinds import FLAGS, LISTS, NUMBERS, OBJECTS, TEXTS
from large_enough.packs.table import Table, TableRow
from large_enough.wording.translate import _

QUESTION, ANSWER, TYPE, CHOICES, CONTEXT = "question", "answer", "type", "choices", "context"
EXACT_MARK = "pack.schema"
"""Name of a column that tables of ours have: their cells are taken as they are."""

_SYNONYMS = {
    QUESTION: "question prompt input q questions input_text frage fragen pregunta preguntas",
    ANSWER: (
        "answer target expected ideal answers key solution correct correct_answer expected_answer "
        "reference a antwort lösung richtig ergebnis respuesta solución correcta"
    ),
    TYPE: "type kind answer_type typ art tipo",
    CHOICES: (
        "choices options optionen auswahl antwortmöglichkeiten opciones alternativas possibilities"
    ),
    CONTEXT: "context document passage source_text kontext dokument contexto documento",
    "id": "id nr no number nummer item identifier identificador",
    "group": "group gruppe grupo cluster template",
    "family": "family familie familia category kategorie categoría",
    "level": "level difficulty stufe schwierigkeit nivel dificultad",
    "tags": "tags tag schlagwörter etiquetas",
    "explain": "explain explanation erklärung begründung explicación",
    "source": "source quelle fuente",
    "unit": "unit einheit unidad",
    "labels": "labels kategorien",
    "tolerance.abs": "tolerance tolerance_abs toleranz tolerancia",
    "keywords": "keywords stichwörter",
}
_FIELDS = {name: field for field, names in _SYNONYMS.items() for name in names.split()}
_LETTERS = re.compile(r"(?:option|choice|antwort|opción)?[ _-]*([a-z])[.)]?")
_KNOWN = LISTS | FLAGS | NUMBERS | OBJECTS | TEXTS
_FEWEST_NAMES = 2


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """What the columns of a table hold."""

    names: tuple[str, ...]
    """A field of an item for each column, `option.A` and so on for options, `extra.NAME` for what
    is kept as the author's own; empty for a column that is not used."""
    rows: tuple[TableRow, ...]
    """Without the one with the names."""
    is_exact: bool = False
    """Whether the table is one of ours."""
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


def find_columns(table: Table) -> Columns:
    """Return what the columns of a table hold; never raises."""
    if not table.rows:
        return Columns(names=(), rows=(), faults=(Fault(problem=_("there is no question")),))
    head, *rows = table.rows
    named = [cell.strip() for cell in head.cells]
    if EXACT_MARK in named:
        return Columns(names=_unique(named), rows=tuple(rows), is_exact=True)
    fields = [field_of(name) for name in named]
    if QUESTION in fields or _count(fields) >= _FEWEST_NAMES:
        return _with_names(head, named, fields, tuple(rows))
    return _without_names(table)


def field_of(name: str) -> str:
    """Return the field that a column's name means; empty if it means none."""
    plain = "_".join(option_form(name).split())
    if plain in _FIELDS:
        return _FIELDS[plain]
    if plain in _KNOWN:
        return plain
    letter = _LETTERS.fullmatch(option_form(name))
    return f"option.{letter[1].upper()}" if letter else ""


def _count(fields: list[str]) -> int:
    return sum(bool(field) and not field.startswith("option.") for field in fields)


def _with_names(
    head: TableRow, named: list[str], fields: list[str], rows: tuple[TableRow, ...]
) -> Columns:
    if "option.B" in fields:  # then A is the first option, and not short for "answer"
        fields = [
            "option.A" if option_form(name).strip(".)") == "a" else field
            for name, field in zip(named, fields, strict=True)
        ]
    pairs = zip(named, fields, strict=True)
    names = _unique([field or f"extra.{name}" for name, field in pairs])
    notes = []
    for name, field in zip(named, names, strict=True):
        if field.startswith("extra.") and name:
            problem = _("the column “{name}” is not known here; it is kept with each question")
            notes.append(Fault(row=head.number, problem=problem.format(name=name)))
    faults = []
    if QUESTION not in names:
        problem = _("no column is called “question”")
        faults.append(Fault(row=head.number, problem=problem))
    return Columns(names=names, rows=rows, faults=tuple(faults), notes=tuple(notes))


def _unique(names: list[str]) -> tuple[str, ...]:
    """Return names of which each occurs once: a second column of the same field is the author's."""
    seen: set[str] = set()
    unique: list[str] = []
    for name in names:
        unique.append(name if name not in seen else f"extra.{name} {len(unique) + 1}")
        seen.add(name)
    return tuple("" if name.startswith("extra.") and name == "extra." else name for name in unique)


def _without_names(table: Table) -> Columns:
    """Return question, answer and type, by their places; the third may hold something else."""
    width = max(len(row.cells) for row in table.rows)
    third = {row.cells[2].strip().casefold() for row in table.rows if len(row.cells) > 2}
    has_types = bool(third - {""}) and all(not word or is_type(word) for word in third)
    names = [QUESTION, ANSWER, TYPE] if has_types else [QUESTION, ANSWER]
    rest = [f"extra.{place}" for place in range(len(names) + 1, width + 1)]
    first = table.rows[0].number
    notes = [
        Fault(row=first, problem=_("there are no names of columns; the first is the question"))
    ]
    if rest:
        problem = _("what stands in the columns from {place} on is kept, but not used")
        notes.append(Fault(row=first, problem=problem.format(place=str(len(names) + 1))))
    return Columns(names=(*names, *rest)[:width], rows=table.rows, notes=tuple(notes))


_TYPE_WORDS = {
    "multiple choice": AnswerType.CHOICE,
    "single choice": AnswerType.CHOICE,
    "mc": AnswerType.CHOICE,
    "mcq": AnswerType.CHOICE,
    "auswahl": AnswerType.CHOICE,
    "opción": AnswerType.CHOICE,
    "multiple answers": AnswerType.MULTI_CHOICE,
    "multi choice": AnswerType.MULTI_CHOICE,
    "mehrfachauswahl": AnswerType.MULTI_CHOICE,
    "numeric": AnswerType.NUMBER,
    "numerical": AnswerType.NUMBER,
    "integer": AnswerType.NUMBER,
    "float": AnswerType.NUMBER,
    "zahl": AnswerType.NUMBER,
    "número": AnswerType.NUMBER,
    "string": AnswerType.TEXT,
    "short": AnswerType.TEXT,
    "exact": AnswerType.TEXT,
    "short answer": AnswerType.TEXT,
    "texto": AnswerType.TEXT,
    "liste": AnswerType.LIST,
    "lista": AnswerType.LIST,
    "datum": AnswerType.DATE,
    "fecha": AnswerType.DATE,
    "open": AnswerType.FREE,
    "essay": AnswerType.FREE,
    "frei": AnswerType.FREE,
    "libre": AnswerType.FREE,
    "not in the document": AnswerType.UNANSWERABLE,
    "contains all": AnswerType.CONTAINS,
    "pattern": AnswerType.REGEX,
}


def is_type(word: str) -> bool:
    """Return whether a word names a type of answer."""
    return type_of(word) is not None


def type_of(word: str) -> AnswerType | None:
    """Return the type of answer that a word names; None if it names none."""
    plain = option_form(word).replace("-", " ").replace("_", " ")
    known = {answer_type.value.replace("_", " "): answer_type for answer_type in AnswerType}
    return known.get(plain) or _TYPE_WORDS.get(plain)
