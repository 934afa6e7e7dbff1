"""Intervals and tests, in plain Python or numpy."""
