"""Merges records into stored papers, and restores papers from exports."""
