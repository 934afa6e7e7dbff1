"""Holds the words that questions are asked with, in the languages of packs.

They go to the models and are the same whatever language the program speaks, so they are not among
its translated messages. `ANSWER:` is what the graders look for and is never translated.
"""

from collections.abc import Mapping

import msgspec

from large_enough.domain.answer_words import base_language
from large_enough.domain.pack import AnswerType


class AskingWords(msgspec.Struct, frozen=True, kw_only=True):
    """What surrounds a question."""

    document: str
    """Stands above the document."""
    question: str
    """Stands above the question, if there is a document."""
    labels: str
    """Stands before the labels of a closed set."""
    unit: str
    """Follows the instruction for a number that needs a unit; `{unit}` is that unit."""
    fields: str
    """Follows the instruction for JSON; `{fields}` are names of fields."""
    end: str
    """How an answer ends; stands in the instructions as `{end}`."""
    reason_and_end: str
    """Stands there instead if the pack wants reasons first. Words are limited, not tokens, which
    models count differently."""
    silent: str
    """What to do if the document does not say; `{answer}` is what to answer then."""
    instructions: Mapping[AnswerType, str]
    """How to give the answer, with `{end}`; an empty text for none."""


_ENGLISH = AskingWords(
    document="Document:",
    question="Question:",
    labels="Labels:",
    unit="Give the number in {unit}.",
    fields="Use these fields: {fields}.",
    end="End with one line of this form",
    reason_and_end="Reason briefly, in at most 50 words. Then end with one line of this form",
    silent="Only if the document says nothing about it, the last line is: ANSWER: {answer}",
    instructions={
        AnswerType.CHOICE: "{end}, with the letter of the right option: ANSWER: <letter>",
        AnswerType.MULTI_CHOICE: (
            "{end}, with the letters of all right options, separated by commas: ANSWER: <letters>"
        ),
        AnswerType.LABEL: "{end}, with one of the labels: ANSWER: <label>",
        AnswerType.NUMBER: "{end}, with the number only: ANSWER: <number>",
        AnswerType.TEXT: "{end}, as short as possible: ANSWER: <answer>",
        AnswerType.CONTAINS: "{end}: ANSWER: <answer>",
        AnswerType.REGEX: "{end}: ANSWER: <answer>",
        AnswerType.LIST: "{end}, with all entries separated by commas: ANSWER: <entries>",
        AnswerType.DATE: "{end}, with the date as year-month-day: ANSWER: <YYYY-MM-DD>",
        AnswerType.JSON: "Answer with one JSON object and nothing else.",
        AnswerType.UNANSWERABLE: "{end}, as short as possible: ANSWER: <answer>",
        AnswerType.FREE: "",
    },
)

_GERMAN = AskingWords(
    document="Dokument:",
    question="Frage:",
    labels="Kategorien:",
    unit="Geben Sie die Zahl in {unit} an.",
    fields="Verwenden Sie diese Felder: {fields}.",
    end="Schließen Sie mit einer Zeile dieser Form",
    reason_and_end=(
        "Begründen Sie kurz, in höchstens 50 Wörtern. "
        "Schließen Sie dann mit einer Zeile dieser Form"
    ),
    silent="Nur wenn im Dokument nichts darüber steht, lautet die letzte Zeile: ANSWER: {answer}",
    instructions={
        AnswerType.CHOICE: "{end}, mit dem Buchstaben der richtigen Antwort: ANSWER: <Buchstabe>",
        AnswerType.MULTI_CHOICE: (
            "{end}, mit den Buchstaben aller richtigen "
            "Antworten, durch Kommas getrennt: ANSWER: <Buchstaben>"
        ),
        AnswerType.LABEL: "{end}, mit einer der Kategorien: ANSWER: <Kategorie>",
        AnswerType.NUMBER: "{end}, nur mit der Zahl: ANSWER: <Zahl>",
        AnswerType.TEXT: "{end}, so kurz wie möglich: ANSWER: <Antwort>",
        AnswerType.CONTAINS: "{end}: ANSWER: <Antwort>",
        AnswerType.REGEX: "{end}: ANSWER: <Antwort>",
        AnswerType.LIST: "{end}, mit allen Einträgen, durch Kommas getrennt: ANSWER: <Einträge>",
        AnswerType.DATE: "{end}, mit dem Datum als Jahr-Monat-Tag: ANSWER: <JJJJ-MM-TT>",
        AnswerType.JSON: "Antworten Sie mit einem JSON-Objekt und sonst nichts.",
        AnswerType.UNANSWERABLE: "{end}, so kurz wie möglich: ANSWER: <Antwort>",
        AnswerType.FREE: "",
    },
)

_SPANISH = AskingWords(
    document="Documento:",
    question="Pregunta:",
    labels="Etiquetas:",
    unit="Dé el número en {unit}.",
    fields="Use estos campos: {fields}.",
    end="Termine con una línea de esta forma",
    reason_and_end=(
        "Razone brevemente, en 50 palabras como máximo. Después termine con una línea de esta forma"
    ),
    silent="Solo si el documento no dice nada al respecto, la última línea es: ANSWER: {answer}",
    instructions={
        AnswerType.CHOICE: "{end}, con la letra de la opción correcta: ANSWER: <letra>",
        AnswerType.MULTI_CHOICE: (
            "{end}, con las letras de todas las opciones correctas, "
            "separadas por comas: ANSWER: <letras>"
        ),
        AnswerType.LABEL: "{end}, con una de las etiquetas: ANSWER: <etiqueta>",
        AnswerType.NUMBER: "{end}, solo con el número: ANSWER: <número>",
        AnswerType.TEXT: "{end}, lo más corta posible: ANSWER: <respuesta>",
        AnswerType.CONTAINS: "{end}: ANSWER: <respuesta>",
        AnswerType.REGEX: "{end}: ANSWER: <respuesta>",
        AnswerType.LIST: (
            "{end}, con todos los elementos separados por comas: ANSWER: <elementos>"
        ),
        AnswerType.DATE: "{end}, con la fecha como año-mes-día: ANSWER: <AAAA-MM-DD>",
        AnswerType.JSON: "Responda con un objeto JSON y nada más.",
        AnswerType.UNANSWERABLE: "{end}, lo más corta posible: ANSWER: <respuesta>",
        AnswerType.FREE: "",
    },
)

ASKING_WORDS: Mapping[str, AskingWords] = {"en": _ENGLISH, "de": _GERMAN, "es": _SPANISH}


def asking_words(language: str) -> AskingWords:
    """Return the words for a pack's language; the English ones if it has none of its own.

    Args:
        language: BCP 47 code.
    """
    return ASKING_WORDS.get(base_language(language), _ENGLISH)
