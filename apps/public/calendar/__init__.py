"""Days, weeks and months that have papers."""
