"""Rising terms: terms of papers, weekly counts, reports."""
