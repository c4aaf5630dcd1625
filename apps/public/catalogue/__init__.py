"""Published papers with their versions, authors and lists, for pages, feeds, API and OAI-PMH."""
