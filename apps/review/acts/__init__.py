"""Editors' acts: one class each, checked on what was loaded, done in one transaction."""
