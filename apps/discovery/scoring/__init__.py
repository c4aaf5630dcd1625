"""The attention score: features, formulas, ranks and comparisons."""
