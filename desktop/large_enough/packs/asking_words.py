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
    silent: str
    """What to do if the document does not say; `{answer}` is what to answer then."""
    instructions: Mapping[AnswerType, str]
    """How to give the answer; an empty text for none."""


_ENGLISH = AskingWords(
    document="Document:",
    question="Question:",
    labels="Labels:",
    unit="Give the number in {unit}.",
    fields="Use these fields: {fields}.",
    silent="If the document does not say, answer: ANSWER: {answer}",
    instructions={
        AnswerType.CHOICE: (
            "End with one line of this form, with the letter of the right option: ANSWER: <letter>"
        ),
        AnswerType.MULTI_CHOICE: (
            "End with one line of this form, with the letters of all right options, separated by "
            "commas: ANSWER: <letters>"
        ),
        AnswerType.LABEL: "End with one line of this form, with one of the labels: ANSWER: <label>",
        AnswerType.NUMBER: "End with one line of this form, with the number only: ANSWER: <number>",
        AnswerType.TEXT: ("End with one line of this form, as short as possible: ANSWER: <answer>"),
        AnswerType.CONTAINS: "End with one line of this form: ANSWER: <answer>",
        AnswerType.REGEX: "End with one line of this form: ANSWER: <answer>",
        AnswerType.LIST: (
            "End with one line of this form, with all entries separated by commas: "
            "ANSWER: <entries>"
        ),
        AnswerType.DATE: (
            "End with one line of this form, with the date as year-month-day: ANSWER: <YYYY-MM-DD>"
        ),
        AnswerType.JSON: "Answer with one JSON object and nothing else.",
        AnswerType.UNANSWERABLE: (
            "End with one line of this form, as short as possible: ANSWER: <answer>"
        ),
        AnswerType.FREE: "",
    },
)

_GERMAN = AskingWords(
    document="Dokument:",
    question="Frage:",
    labels="Kategorien:",
    unit="Geben Sie die Zahl in {unit} an.",
    fields="Verwenden Sie diese Felder: {fields}.",
    silent="Wenn es nicht im Dokument steht, antworten Sie: ANSWER: {answer}",
    instructions={
        AnswerType.CHOICE: (
            "Schließen Sie mit einer Zeile dieser Form, mit dem Buchstaben der richtigen Antwort: "
            "ANSWER: <Buchstabe>"
        ),
        AnswerType.MULTI_CHOICE: (
            "Schließen Sie mit einer Zeile dieser Form, mit den Buchstaben aller richtigen "
            "Antworten, durch Kommas getrennt: ANSWER: <Buchstaben>"
        ),
        AnswerType.LABEL: (
            "Schließen Sie mit einer Zeile dieser Form, mit einer der Kategorien: "
            "ANSWER: <Kategorie>"
        ),
        AnswerType.NUMBER: (
            "Schließen Sie mit einer Zeile dieser Form, nur mit der Zahl: ANSWER: <Zahl>"
        ),
        AnswerType.TEXT: (
            "Schließen Sie mit einer Zeile dieser Form, so kurz wie möglich: ANSWER: <Antwort>"
        ),
        AnswerType.CONTAINS: "Schließen Sie mit einer Zeile dieser Form: ANSWER: <Antwort>",
        AnswerType.REGEX: "Schließen Sie mit einer Zeile dieser Form: ANSWER: <Antwort>",
        AnswerType.LIST: (
            "Schließen Sie mit einer Zeile dieser Form, mit allen Einträgen, durch Kommas "
            "getrennt: ANSWER: <Einträge>"
        ),
        AnswerType.DATE: (
            "Schließen Sie mit einer Zeile dieser Form, mit dem Datum als Jahr-Monat-Tag: "
            "ANSWER: <JJJJ-MM-TT>"
        ),
        AnswerType.JSON: "Antworten Sie mit einem JSON-Objekt und sonst nichts.",
        AnswerType.UNANSWERABLE: (
            "Schließen Sie mit einer Zeile dieser Form, so kurz wie möglich: ANSWER: <Antwort>"
        ),
        AnswerType.FREE: "",
    },
)

_SPANISH = AskingWords(
    document="Documento:",
    question="Pregunta:",
    labels="Etiquetas:",
    unit="Dé el número en {unit}.",
    fields="Use estos campos: {fields}.",
    silent="Si el documento no lo dice, responda: ANSWER: {answer}",
    instructions={
        AnswerType.CHOICE: (
            "Termine con una línea de esta forma, con la letra de la opción correcta: "
            "ANSWER: <letra>"
        ),
        AnswerType.MULTI_CHOICE: (
            "Termine con una línea de esta forma, con las letras de todas las opciones correctas, "
            "separadas por comas: ANSWER: <letras>"
        ),
        AnswerType.LABEL: (
            "Termine con una línea de esta forma, con una de las etiquetas: ANSWER: <etiqueta>"
        ),
        AnswerType.NUMBER: (
            "Termine con una línea de esta forma, solo con el número: ANSWER: <número>"
        ),
        AnswerType.TEXT: (
            "Termine con una línea de esta forma, lo más corta posible: ANSWER: <respuesta>"
        ),
        AnswerType.CONTAINS: "Termine con una línea de esta forma: ANSWER: <respuesta>",
        AnswerType.REGEX: "Termine con una línea de esta forma: ANSWER: <respuesta>",
        AnswerType.LIST: (
            "Termine con una línea de esta forma, con todos los elementos separados por comas: "
            "ANSWER: <elementos>"
        ),
        AnswerType.DATE: (
            "Termine con una línea de esta forma, con la fecha como año-mes-día: "
            "ANSWER: <AAAA-MM-DD>"
        ),
        AnswerType.JSON: "Responda con un objeto JSON y nada más.",
        AnswerType.UNANSWERABLE: (
            "Termine con una línea de esta forma, lo más corta posible: ANSWER: <respuesta>"
        ),
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
