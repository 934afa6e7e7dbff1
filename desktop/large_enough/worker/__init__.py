"""The child process that runs one model."""
