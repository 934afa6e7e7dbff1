"""Packs of graded questions: files, importers, exporters, how they are asked; and plain prompts."""
