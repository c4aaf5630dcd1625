"""The stages of a translation: open, translate, check, finish."""
