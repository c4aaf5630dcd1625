"""Atom, JSON Feed and OPML."""
