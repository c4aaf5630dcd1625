"""The translation memory: stored, matched, exchanged as TMX."""
