"""Corrections everywhere: the same error is found and corrected in many sentences."""
