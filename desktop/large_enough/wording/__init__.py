"""Turns numbers, causes and results into sentences, in the user's language."""
