"""The same error is found everywhere and corrected at once."""
