"""Readers' corrections: validated, stored, answered."""
