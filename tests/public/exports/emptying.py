"""A site without a paper, in the middle of a test."""

from django.db import connection

_TABLES = (
    "papers_paper",
    "translation_memoryentry",
    "translation_glossaryterm",
    "review_listedday",
    "discovery_duerank",
)


def empty_the_site() -> None:
    """Take all papers, and all that is about them, memory and glossary out of the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(_TABLES)} CASCADE")
