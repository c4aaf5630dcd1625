"""Lists: days, categories, authors, trends, search, bookmarks, followed categories."""
