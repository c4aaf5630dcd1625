"""A site is restored from the files of an export."""
