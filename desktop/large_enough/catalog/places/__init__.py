"""Where other programs keep their models, and how they name them."""
