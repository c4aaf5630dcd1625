"""Numbers and quantities in English and Japanese."""
