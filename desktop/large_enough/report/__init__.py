"""Turns records of rounds into tables and documents."""
