"""How much of a pack is read: anything beyond is a mistake, or meant to do harm."""

MOST_FILE_BYTES = 16_000_000
"""Largest file: thousands of long questions."""
MOST_ITEMS = 10_000
"""At a second each, every contender would need hours."""
MOST_TEXT_CHARACTERS = 200_000
"""Longest question, document or description: about 50,000 tokens."""
MOST_SHORT_CHARACTERS = 1_000
"""Longest title, id, tag, unit or name of a group."""
MOST_ANSWER_CHARACTERS = 20_000
"""Longest option or accepted answer."""
MOST_PATTERN_CHARACTERS = 2_000
"""Longest regular expression."""
MOST_ENTRIES = 1_000
"""Longest list: tags, accepted answers, entries, fields."""
FEWEST_CHOICES = 2
MOST_CHOICES = 26
"""They are called by the letters A to Z."""
DEEPEST_NESTING = 40
"""Objects and lists inside each other."""
MOST_ANSWER_TOKENS = 32_768
"""Largest limit of an answer."""
MOST_REPEATS = 100
MOST_LEVEL = 3
LARGEST_NUMBER = 1e15
"""Beyond, neighbouring numbers cannot be told apart by their digits."""
MOST_FAULTS = 1_000
"""So many are told one by one."""
