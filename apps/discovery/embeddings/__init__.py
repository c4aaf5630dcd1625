"""Papers become vectors; the nearest vectors are asked for here."""
