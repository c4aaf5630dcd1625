"""Text is split into sentences."""
