"""One file for each instrument that tells power or energy."""
