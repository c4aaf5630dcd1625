"""Restoring translations from exports."""
