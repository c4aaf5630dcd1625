"""Records are merged into papers and stored; papers are restored from exports."""
