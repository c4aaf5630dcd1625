"""Export runs: rows are read from one snapshot and written to files."""
