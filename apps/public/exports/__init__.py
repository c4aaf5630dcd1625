"""Exports: all public data as files, described in docs/exports.md, and restoring a site from them.

`schema` has the columns, `write` makes exports, `storage` stores them, `serve` lists and sends
them, `restore` reads them.
"""

FORMAT = "papersite-export"
FORMAT_VERSION = 1
