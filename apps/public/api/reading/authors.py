"""Author names and their papers. A name may belong to several persons."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.keyset import WORDS, Ordering
from apps.papers.orderings import NEWEST_IN_INDEX
from apps.public.api.paging import page_response, read_cursor, scope_of, write_cursor
from apps.public.api.queries import (
    PagedQuery,
    TranslatedQuery,
    requested_members,
    with_member_choice,
)
from apps.public.api.reading.notice_serializers import NoticesSerializer, current_notices_data
from apps.public.api.reading.paper_queries import LONGEST_NAME, AuthorNameField
from apps.public.api.reading.paper_serializers import PaperSerializer
from apps.public.api.reading.papers import serializer_context
from apps.public.api.reading.prefetch import load_parts, with_abstracts
from apps.public.api.schema import schema
from apps.public.api.views import SiteView
from apps.public.catalogue.author_names import AuthorName, names_with_prefix
from apps.public.catalogue.authors import papers_of_name, slug_of
from apps.public.site.content_language import content_language
from apps.public.site.page_urls import api_url, page_url
from apps.text.arxiv.author_key import author_key

BY_KEY = Ordering("name", (("key", WORDS),))


class AuthorSerializer(serializers.Serializer):
    """An author name: of one person or of several with the same name."""

    key = serializers.CharField(help_text="The normalised name with hyphens, as used in URLs.")
    name = serializers.CharField(help_text="The name as the newest paper prints it.")
    latest_submitted_at = serializers.DateTimeField(
        help_text="Day of submission of the newest paper."
    )
    url = serializers.URLField(help_text="The page for readers.")
    api_url = serializers.URLField(help_text="The API URL of the name with its papers.")


class AuthorPageSerializer(serializers.Serializer):
    """One page of names."""

    next = serializers.URLField(
        allow_null=True,
        help_text="The next page; null on the last. A page may have fewer names than `limit`.",
    )
    results = AuthorSerializer(many=True)


class CoauthorSerializer(serializers.Serializer):
    """Another name on the same papers."""

    key = serializers.CharField()
    name = serializers.CharField()
    papers = serializers.IntegerField(help_text="Number of papers on this page.")
    api_url = serializers.URLField()


class AuthorDetailSerializer(serializers.Serializer):
    """A name with one page of its papers, newest first."""

    key = serializers.CharField()
    name = serializers.CharField(help_text="The most frequent spelling in these papers.")
    spellings = serializers.ListField(
        child=serializers.CharField(),
        help_text="The spellings in these papers, the most frequent first.",
    )
    coauthors = CoauthorSerializer(many=True, help_text="The co-authors of these papers.")
    url = serializers.URLField(help_text="The page for readers.")
    next = serializers.URLField(allow_null=True, help_text="The next page; null on the last.")
    results = PaperSerializer(many=True)
    notices = NoticesSerializer()


class AuthorsQuery(PagedQuery, TranslatedQuery):
    q = AuthorNameField(
        "The beginning of the name as papers print it: “Ada Ex” finds Ada Example. Case, "
        "accents and punctuation are ignored."
    )


@with_member_choice(PaperSerializer)
class AuthorQuery(PagedQuery, TranslatedQuery):
    """Parameters of the papers of a name."""


def _author_data(found: AuthorName) -> dict[str, Any]:
    slug = slug_of(found.key)
    return {
        "key": slug,
        "name": found.name,
        "latest_submitted_at": found.newest,
        "url": page_url("author", slug),
        "api_url": api_url("author", slug),
    }


@schema(
    "authors_list",
    tag="authors",
    summary="Names of authors",
    response=AuthorPageSerializer,
)
class AuthorsView(SiteView):
    query = AuthorsQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """List the author names of published papers, ordered by key.

        People with the same name share one entry, and one person may use several names. Follow
        `next` until it is null, even if a page has few results.
        """
        scope = scope_of(request)
        (after,) = read_cursor(query.get("cursor"), BY_KEY, scope) or (None,)
        found = names_with_prefix(
            query.get("q", ""), content_language(), after=after, limit=query["limit"]
        )
        following = write_cursor(BY_KEY, found.next, scope)
        return page_response(request, [_author_data(name) for name in found.rows], following)


@schema(
    "authors_retrieve",
    tag="authors",
    summary="A name with its papers, newest first",
    response=AuthorDetailSerializer,
    errors=[404],
    path=[
        OpenApiParameter(
            "key",
            str,
            OpenApiParameter.PATH,
            description="The key of a name, or the name in any spelling: ada-example.",
        )
    ],
)
class AuthorView(SiteView):
    query = AuthorQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """Return the papers with this author name, its spellings and the co-authors."""
        key = author_key(named["key"][:LONGEST_NAME])
        if not key:
            raise NotFound(_("A name needs at least one letter. Write it as it appears on papers."))
        scope = scope_of(request)
        after = read_cursor(query.get("cursor"), NEWEST_IN_INDEX, scope)
        found = papers_of_name(key, content_language(), after, size=query["limit"])
        papers = found.papers.rows
        if not papers and after is None:
            raise NotFound(
                _(
                    "No paper on this site has an author with this name. %(address)s finds names "
                    "by their first letters."
                )
                % {"address": api_url("authors", q=key[:20])}
            )
        members = requested_members(query, PaperSerializer)
        rows = load_parts(with_abstracts(papers, members), members)
        following = write_cursor(NEWEST_IN_INDEX, found.papers.next, scope)
        slug = slug_of(key)
        head = {
            "key": slug,
            "name": found.spellings[0] if found.spellings else key,
            "spellings": found.spellings,
            "coauthors": [
                {
                    "key": slug_of(name),
                    "name": name,
                    "papers": number,
                    "api_url": api_url("author", slug_of(name)),
                }
                for name, number in found.coauthors
            ],
            "url": page_url("author", slug),
        }
        results = PaperSerializer(
            rows, many=True, members=members, context=serializer_context()
        ).data
        return page_response(request, results, following, **head, notices=current_notices_data())
