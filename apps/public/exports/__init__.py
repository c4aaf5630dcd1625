"""Exports: everything public as files for other programs, and a site restored from them.

`rows` asks the database, `schema` names the columns, `jsonl`, `parquet` and `exchange` write files,
`parts` says which files there are, `making` makes them and `storing` puts them away; `dumps` and
`importing` read them again. docs/exports.md describes the files.
"""

FORMAT = "papersite-export"
FORMAT_VERSION = 1
