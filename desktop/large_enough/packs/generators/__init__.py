"""Makes the packs that come with the program, and fresh variants that nobody has seen."""
