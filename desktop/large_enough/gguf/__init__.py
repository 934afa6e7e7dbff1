"""Reads what a GGUF file says about itself, without llama.cpp."""
