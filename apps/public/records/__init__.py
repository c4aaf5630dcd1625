"""The ledger of public records: what is public of each paper, and since when."""
