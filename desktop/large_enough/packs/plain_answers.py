"""Says what a right answer looks like as a text, for programs that compare texts only."""

import json
import string

from large_enough.domain.answer_words import not_stated
from large_enough.domain.pack import (
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
    RegexKey,
    TextKey,
    UnanswerableKey,
)
from large_enough.packs.item_writing import plain_number


def plain_answers(key: Key, shown: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Return the texts that are right, the usual one first; none where no text can say it.

    Args:
        key: Of the item.
        shown: Its options as they are shown; their letters are the answers.
        language: Of the pack.
    """
    match key:
        case ChoiceKey() | MultiChoiceKey():
            return (", ".join(_letters(key, shown)),)
        case LabelKey(answer=answer) | DateKey(answer=answer):
            return (answer,)
        case NumberKey(answer=number):
            return (str(plain_number(number)),)
        case TextKey(answers=answers):
            return answers
        case ListKey(entries=entries):
            return (", ".join(forms[0] for forms in entries),)
        case JsonKey(answer=answer):
            return (json.dumps(answer, ensure_ascii=False),) if answer else ()
        case UnanswerableKey(phrases=phrases):
            return (not_stated(language), *phrases)
        case ContainsKey() | RegexKey() | FreeKey():
            return ()


def _letters(key: ChoiceKey | MultiChoiceKey, shown: tuple[str, ...]) -> list[str]:
    right = {key.answer} if isinstance(key, ChoiceKey) else set(key.answers)
    letters = zip(string.ascii_uppercase, shown, strict=False)
    return [letter for letter, option in letters if option in right]
