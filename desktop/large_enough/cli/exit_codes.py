"""What the command line tells the shell."""

DONE = 0
FAILED = 1
"""Something could not be done; what could be done was done."""
USAGE = 2
"""The arguments make no sense."""
INTERRUPTED = 130
"""Ended by Ctrl-C, as a shell counts it."""
