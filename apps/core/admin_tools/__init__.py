"""Tools for the admin: paging without counting, read-only models, row keys, the editor."""
