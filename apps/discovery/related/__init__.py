"""Lists of related papers: built, ordered, curated by editors."""
