"""Restore a site from the files of an export."""
