"""Translations are restored from exports."""
