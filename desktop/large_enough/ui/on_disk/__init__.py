"""What is known and wished about the models on this disk, one module for each concern."""
