"""Cleaning and normalisation of text from outside."""
