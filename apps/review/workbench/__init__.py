"""The page on which an editor works on one translation."""
