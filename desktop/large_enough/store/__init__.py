"""Writes and reads the run log."""
