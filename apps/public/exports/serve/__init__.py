"""Which export files there are, and their download."""
