"""The attention score: its features, versions, ranks and comparisons."""
