"""Mechanisms that know no paper. Each file is one of them; this room imports no other app."""
