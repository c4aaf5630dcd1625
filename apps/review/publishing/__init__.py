"""Translations are published, held and taken down, one by one or in bulk."""
