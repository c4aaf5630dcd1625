"""Finding, masking and restoring the spans that no engine may change."""
