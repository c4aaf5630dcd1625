"""The list of exports and their download."""
