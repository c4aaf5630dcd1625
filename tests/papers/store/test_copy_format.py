"""Lines for COPY: PostgreSQL reads back what was written."""

import json

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.papers.models import Paper
from apps.papers.store.copy_format import array_literal, authors_json, escape
from apps.papers.store.merge import authors_as_json
from apps.papers.store.service import store_records
from apps.text.arxiv.author_strings import Author
from tests.support.sample_records import FIRST_DAY, raw

# What PostgreSQL can hold at all: no NUL, no lone surrogates.
storable = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",))) | st.text(
    "\\N.,{}\"'\t\n\r NULL"
)
authors = st.lists(
    st.builds(Author, storable, storable, storable, storable, st.lists(storable).map(tuple))
).map(tuple)


@given(authors)
def test_authors_are_json(people: tuple[Author, ...]) -> None:
    assert json.loads(authors_json(authors_as_json(people))) == authors_as_json(people)


@pytest.mark.django_db
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=storable, texts=st.lists(storable, max_size=4))
def test_postgresql_reads_every_text_and_array_back(text: str, texts: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS read_back (text text, texts text[])")
        cursor.execute("TRUNCATE read_back")
        with cursor.copy("COPY read_back FROM STDIN") as copy:
            copy.write(f"{escape(text)}\t{escape(array_literal(texts))}\n")
        cursor.execute("SELECT text, texts FROM read_back")
        assert cursor.fetchall() == [(text, texts)]


@pytest.mark.django_db
def test_a_new_paper_with_awkward_texts_and_nothing_known_of_some() -> None:
    record = raw(
        title=r"\N and \. in $\frac{1}{2}$",
        abstract='One\n\n"Two"\t\\\\',
        authors=(Author('\\ "Q"', "k", "f", "", ("A, {B}", "C\\")),),
        categories=('a"b', "c\\d", "e,f", "NULL", ""),
        datestamp=None,
    )
    store_records([record], now=FIRST_DAY)
    paper = Paper.objects.get()
    assert (paper.title, paper.abstract) == (record.title, record.abstract)
    assert paper.authors == authors_as_json(record.authors)
    assert tuple(paper.categories) == record.categories
    assert paper.datestamp is None
    assert paper.withdrawn_at is None
    assert paper.harvested_at == FIRST_DAY
