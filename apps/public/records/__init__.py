"""The stream of changes: what is public of each paper, and since when."""
