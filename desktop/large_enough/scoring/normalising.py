"""Brings texts into a form in which equal answers are equal."""

import re
import unicodedata

_ARTICLES = {
    "en": frozenset({"a", "an", "the"}),
    "de": frozenset({"der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem"}),
    "es": frozenset({"el", "la", "los", "las", "un", "una", "unos", "unas"}),
}
_LATEX_TEXT = re.compile(r"\\(?:text|textbf|mathrm|mathbf|operatorname)\s?\{([^{}]*)\}")
_JOINERS = re.compile(r"(?<=\w)['’`´](?=\w)|(?<=[^\W\d])\.(?=[^\W\d])")
_PUNCTUATION = re.compile(r"(?<!\d)[.,:](?!\d)|(?<=\d)[.,:](?!\d)|(?<!\d)[.,:](?=\d)")
_MARKS = re.compile(r"[^\w\s.,:%€$£¥+/<>=&#@°-]|_")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe63\uff0d]")
_LONE_DASH = re.compile(r"(?<!\S)-(?=\s|$)|(?<=\w)-(?=\w)|(?<=\w)-(?=\s|$)")


def folded(text: str) -> str:
    """Return the text in compatibility form and lower case, with single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def normalised(
    text: str,
    language: str = "en",
    *,
    keeps_case: bool = False,
    keeps_punctuation: bool = False,
    keeps_articles: bool = False,
) -> str:
    """Return the form in which two texts are compared.

    Args:
        text: Any text.
        language: Whose articles are left out; a BCP 47 code.
        keeps_case: Whether upper and lower case differ.
        keeps_punctuation: Whether quotes, full stops, Markdown and so on matter.
        keeps_articles: Whether "the bank" and "bank" differ.
    """
    plain = unicodedata.normalize("NFKC", _LATEX_TEXT.sub(r"\1", text))
    if not keeps_case:
        plain = plain.casefold()
    if not keeps_punctuation:
        plain = without_punctuation(plain)
    words = plain.split()
    if not keeps_articles:
        articles = _ARTICLES.get(language.partition("-")[0].lower(), _ARTICLES["en"])
        words = [word for word in words if word.casefold() not in articles] or words
    return " ".join(words)


def without_punctuation(text: str) -> str:
    """Return the text without marks that carry no meaning; those inside numbers stay."""
    plain = _DASHES.sub("-", text)
    plain = _JOINERS.sub("", plain)
    plain = _MARKS.sub(" ", plain)
    plain = _PUNCTUATION.sub(" ", plain)
    return _LONE_DASH.sub(" ", plain)
