"""Memory, machine and power readings, taken from outside the workers."""
