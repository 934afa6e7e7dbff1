"""Where files of the program and of its user lie."""
