"""Mechanisms that know nothing of papers, one in each file. Imports no other app."""
