"""How to cite a paper: BibTeX, RIS, CSL-JSON."""
