"""One grader for each kind of key."""
