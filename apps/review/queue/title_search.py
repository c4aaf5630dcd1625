"""Search in the queue: by arXiv identifier, or by words of the original or translated title."""

from apps.discovery.search.tsquery import quote_entry
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId
from apps.text.search.tokens import LONGEST_WORD, fold, index_entries, run_ngrams, tokenise
from apps.text.tex.html import to_plain

LONGEST_TITLE = 2000
LONGEST_SEARCH = 200
MOST_WORDS = 20


def title_words(*texts: str) -> str:
    """Return the words of `texts` as a literal for PostgreSQL's tsvector, without positions."""
    words = {entry for text in texts for entry, _ in index_entries(to_plain(text[:LONGEST_TITLE]))}
    return " ".join(map(quote_entry, sorted(words)))


def named_paper(text: str) -> str | None:
    """Return the arXiv identifier without version if the text is one, else None."""
    try:
        return ArxivId.parse(text).base
    except InvalidArxivId:
        return None


def title_query(text: str) -> str:
    """Return a search as a tsquery literal; empty if it has no words.

    Every word must occur as a word or as the beginning of one. Japanese is matched by runs of three
    characters, so a longer run may also match a title that has its parts in separate places.
    """
    parts: list[str] = []
    for token in tokenise(fold(to_plain(text[:LONGEST_SEARCH]))):
        if token.is_cjk:
            parts += map(quote_entry, run_ngrams(token.text))
        else:
            parts += [f"{quote_entry(part[:LONGEST_WORD])}:*" for part in token.parts]
    return " & ".join(list(dict.fromkeys(parts))[:MOST_WORDS])
