"""Text processing in plain Python: no Django, no database."""
