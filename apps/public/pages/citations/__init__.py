"""Citations of a paper: BibTeX, RIS, CSL-JSON."""
