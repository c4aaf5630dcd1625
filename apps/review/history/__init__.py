"""What was decided about a translation, as a timeline."""
