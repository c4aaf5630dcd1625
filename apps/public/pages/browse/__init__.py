"""Pages with lists: days, categories, authors, trends, search, bookmarks, following."""
