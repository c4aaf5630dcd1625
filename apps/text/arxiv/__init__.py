"""arXiv's identifiers, author strings, categories and licences."""
