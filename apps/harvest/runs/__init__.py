"""Harvest runs: started, executed page by page, scheduled, resumed."""
