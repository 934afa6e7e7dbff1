"""Judges answers by rule: pure, deterministic, versioned.

How an answer is found: by the item's own pattern if it has one; else behind the last "ANSWER:"
(in capitals it settles the matter), in a box of TeX, behind "the answer is", and at last in the
whole text. Letters in prose are never taken for options.

What a text that was cut counts for: only what is complete. An answer line is, if something follows
it or its brackets, quotes or stars are closed; an object is, if its braces are; a list of several
lines, if text follows it; words that must occur, if they stand before the last word and nothing is
forbidden. Everything else is `truncated`, `looping` or `timeout`, never `wrong`.

What says that nothing can be known ("not stated") is right where the document is silent, else
wrong. What refuses, and gives no answer, is `refused`.
"""
