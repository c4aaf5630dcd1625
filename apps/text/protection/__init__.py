"""Spans that no engine may change are found, masked and put back."""
