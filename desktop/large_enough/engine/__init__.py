"""Starts, feeds and ends the worker processes that run the models."""
