"""Readers' suggestions: validated, stored, answered."""
