"""Records, the clock and the errors that every other layer shares."""
