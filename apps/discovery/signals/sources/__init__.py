"""Services that count citations, one file each."""
