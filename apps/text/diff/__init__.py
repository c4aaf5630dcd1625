"""What changed between two texts: words, characters, terms."""
