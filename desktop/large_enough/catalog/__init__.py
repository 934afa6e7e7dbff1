"""Which models can be had, which are here, and how they get here."""
