"""The typed messages between the program and its worker processes."""
