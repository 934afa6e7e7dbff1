"""Words that questions ask for, and that graders look for in answers."""

ANSWER_MARK = "ANSWER:"
"""Begins the line that holds the answer, in every language."""

NOT_STATED = {"en": "not stated", "de": "nicht angegeben", "es": "no se indica"}
"""What to answer if a document does not say, by the pack's language."""

ABSTAINING = (
    *NOT_STATED.values(),
    *("not in the document", "no answer in text", "unanswerable"),
    *("steht nicht im dokument", "no está en el documento"),
)
"""How people and models write that a document does not say: nothing else can be meant by these.
Graders know more, which as a key could be an answer: "unknown", "na"."""


def not_stated(language: str) -> str:
    """Return what to answer if a document does not say.

    Args:
        language: BCP 47 code; English for those without words of their own.
    """
    return NOT_STATED.get(base_language(language), NOT_STATED["en"])


def base_language(code: str) -> str:
    """Return the language of a BCP 47 code, without its region: "de" for "de-AT"."""
    return code.replace("_", "-").partition("-")[0].strip().lower()
