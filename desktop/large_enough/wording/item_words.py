"""Words for the questions of a pack: how each is answered, and what a right answer is."""

from large_enough.domain.pack import (
    AnswerType,
    ChoiceKey,
    ContainsKey,
    DateKey,
    FreeKey,
    JsonKey,
    Key,
    LabelKey,
    ListKey,
    MultiChoiceKey,
    NumberKey,
    PackItem,
    RegexKey,
    TextKey,
    UnanswerableKey,
)
from large_enough.domain.text import harmless_line, to_translate
from large_enough.wording.numbers import plain_text, share_text
from large_enough.wording.translate import _

_MEANINGS = {
    AnswerType.CHOICE: to_translate(
        "The model is shown the options with letters; right is one of them."
    ),
    AnswerType.MULTI_CHOICE: to_translate(
        "The model is shown the options with letters; right are all that hold, and no other."
    ),
    AnswerType.LABEL: to_translate("Right is one label of a closed set, such as a department."),
    AnswerType.NUMBER: to_translate("Right is a number that is near enough, with its unit."),
    AnswerType.TEXT: to_translate(
        "Right is a short text in any of its accepted forms; capitals and punctuation do not count."
    ),
    AnswerType.CONTAINS: to_translate("Right is an answer in which certain words occur, or not."),
    AnswerType.REGEX: to_translate("Right is an answer in which a regular expression is found."),
    AnswerType.LIST: to_translate(
        "Right are all entries of a list; what is missing or made up counts against it."
    ),
    AnswerType.DATE: to_translate("Right is a day, in whatever form it is written."),
    AnswerType.JSON: to_translate("Right is a JSON object; each field counts."),
    AnswerType.UNANSWERABLE: to_translate(
        "The text does not tell; right is to say so instead of making something up."
    ),
    AnswerType.FREE: to_translate("No rule can judge it: people compare and vote."),
}


def type_meaning(kind: AnswerType) -> str:
    """Return a sentence on what makes an answer of this type right."""
    return _(_MEANINGS[kind])


def key_line(key: Key) -> str:
    """Return what a right answer is, in one harmless line."""
    return harmless_line(_key_words(key))


def options_of(key: Key) -> tuple[str, ...]:
    """Return the options or labels that an answer is taken from; none for other types."""
    match key:
        case ChoiceKey() | MultiChoiceKey():
            return key.choices
        case LabelKey():
            return key.labels
        case _:
            return ()


def item_title(item: PackItem) -> str:
    """Return the question in one harmless line; a few words if it is empty."""
    return harmless_line(item.question) or _("(an empty question)")


def _key_words(key: Key) -> str:
    match key:
        case ChoiceKey() | LabelKey() | DateKey():
            return key.answer
        case MultiChoiceKey():
            return "; ".join(key.answers)
        case NumberKey():
            return _number_words(key)
        case TextKey():
            return _(" or ").join(key.answers)
        case UnanswerableKey():
            return _("the text does not tell")
        case FreeKey():
            return key.reference or _("people judge")
        case _:
            return _words_of_rules(key)


def _words_of_rules(key: ContainsKey | RegexKey | ListKey | JsonKey) -> str:
    match key:
        case ContainsKey():
            return _contains_words(key)
        case RegexKey():
            return f"/{key.pattern}/"
        case ListKey():
            return "; ".join(forms[0] for forms in key.entries if forms)
        case JsonKey():
            return ", ".join(f"{name}: {value}" for name, value in key.answer.items())


def _number_words(key: NumberKey) -> str:
    words = f"{plain_number(key.answer)} {key.unit}".strip()
    if key.tolerance_abs > 0:
        words = f"{words} ± {plain_number(key.tolerance_abs)}"
    if key.tolerance_rel > 0:
        words = f"{words} ± {share_text(key.tolerance_rel)}"
    return words


def plain_number(value: float) -> str:
    """Return a number with all its digits where there are few, as the chosen language writes it."""
    if value.is_integer() and abs(value) < 1e15:  # all such numbers are exact
        return f"{value:.0f}"
    return plain_text(value) if float(f"{value:g}") == value else repr(value)


def _contains_words(key: ContainsKey) -> str:
    parts = []
    if key.all_of:
        parts.append(_("all of: {words}").format(words=", ".join(key.all_of)))
    if key.any_of:
        parts.append(_("one of: {words}").format(words=", ".join(key.any_of)))
    if key.none_of:
        parts.append(_("none of: {words}").format(words=", ".join(key.none_of)))
    return "; ".join(parts)
