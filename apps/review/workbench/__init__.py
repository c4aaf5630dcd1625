"""The page on which an editor works on a translation."""
