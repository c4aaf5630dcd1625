"""The termbase: found in sentences, edited, imported, exported, with history."""
