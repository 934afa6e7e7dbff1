"""Prompts that come with the program, or from a user's file."""
