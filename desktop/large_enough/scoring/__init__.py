"""Judges answers by rule: pure, deterministic, versioned."""
