"""Rising topics: terms of papers, weekly counts, reports."""
