"""Vectors of papers, and searches for the nearest ones."""
