"""Text from outside is normalised and cleaned."""
