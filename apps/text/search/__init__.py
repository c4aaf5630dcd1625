"""Queries are parsed, texts become search tokens, matches are highlighted."""
