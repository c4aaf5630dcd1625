"""Key terms of a paper, acronyms and their definitions."""
