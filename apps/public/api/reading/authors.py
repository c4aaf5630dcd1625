"""Names of authors, and the papers of a name. They speak of names, not of persons."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from apps.public.api.paging import MOMENT, WHOLE, WORDS, Ordering, paged, scope_of
from apps.public.api.queries import (
    PagedQuery,
    TranslatedQuery,
    chooses_members,
    requested_members,
)
from apps.public.api.reading.notice_serializers import NoticesSerializer, notices_in_force
from apps.public.api.reading.paper_queries import LONGEST_NAME, NameField
from apps.public.api.reading.paper_serializers import PaperSerializer
from apps.public.api.reading.papers import context
from apps.public.api.reading.prefetch import papers_with, with_abstracts
from apps.public.api.schema import schema
from apps.public.api.views import SiteView
from apps.public.catalogue.author_names import AuthorName, names_beginning
from apps.public.catalogue.authors import papers_of_name, slug_of
from apps.public.catalogue.keyset import Place
from apps.public.site.content_language import content_language
from apps.public.site.page_urls import in_api, reader_page
from apps.text.arxiv.author_key import author_key

BY_KEY = Ordering("name", (("key", WORDS),))
NEWEST = Ordering("-submitted_at", (("submitted_at", MOMENT), ("paper_id", WHOLE)))


class AuthorSerializer(serializers.Serializer):
    """A name that stands on papers: of one person or of several of the same name."""

    key = serializers.CharField(help_text="The name folded, with hyphens; its addresses have it.")
    name = serializers.CharField(help_text="As the newest paper prints it.")
    latest_submitted_at = serializers.DateTimeField(help_text="Of the newest paper.")
    url = serializers.URLField(help_text="The page for readers.")
    api_url = serializers.URLField(help_text="The name with its papers in the API.")


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
    papers = serializers.IntegerField(help_text="On this page.")
    api_url = serializers.URLField()


class AuthorDetailSerializer(serializers.Serializer):
    """A name with one page of its papers, newest first."""

    key = serializers.CharField()
    name = serializers.CharField(help_text="As these papers print it most often.")
    spellings = serializers.ListField(
        child=serializers.CharField(),
        help_text="How these papers print it, the most frequent first.",
    )
    coauthors = CoauthorSerializer(many=True, help_text="Who else stands on these papers.")
    url = serializers.URLField(help_text="The page for readers.")
    next = serializers.URLField(allow_null=True, help_text="The next page; null on the last.")
    results = PaperSerializer(many=True)
    notices = NoticesSerializer()


class AuthorsQuery(PagedQuery, TranslatedQuery):
    """Parameters of the list of names."""

    q = NameField(
        "How the name begins, in the order in which papers print it: “Ada Ex” finds Ada Example. "
        "Case, accents and punctuation make no difference."
    )


@chooses_members(PaperSerializer)
class AuthorQuery(PagedQuery, TranslatedQuery):
    """Parameters of the papers of a name."""


def _author(found: AuthorName) -> dict[str, Any]:
    slug = slug_of(found.key)
    return {
        "key": slug,
        "name": found.name,
        "latest_submitted_at": found.newest,
        "url": reader_page("author", slug),
        "api_url": in_api("author", slug),
    }


@schema(
    "authors_list",
    tag="authors",
    summary="Names of authors",
    response=AuthorPageSerializer,
)
class AuthorsView(SiteView):
    """Names of authors."""

    query = AuthorsQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """List the names that stand on published papers, in the order of their keys.

        People of the same name share one, and one person may sign with several. Names are looked
        through page by page: follow `next` until it is null, also where a page has few results.
        """
        scope, after = scope_of(request), None
        if "cursor" in query:
            (after,) = BY_KEY.key_in(query["cursor"], scope)
        found = names_beginning(
            query.get("q", ""), content_language(), after=after, limit=query["limit"]
        )
        following = found.following and BY_KEY.cursor(scope, (found.following,))
        return paged(request, [_author(name) for name in found.names], following)


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
            description="A name as its key has it, or in any spelling: ada-example.",
        )
    ],
)
class AuthorView(SiteView):
    """One name with its papers."""

    query = AuthorQuery

    def answer(self, request: Request, query: dict[str, Any], **named: Any) -> Response:
        """Give the papers on which a name stands, with its spellings and who else is on them."""
        key = author_key(named["key"][:LONGEST_NAME])
        if not key:
            raise NotFound(_("A name has at least one letter. Write it as papers do."))
        scope, place = scope_of(request), None
        if "cursor" in query:
            place = Place(*NEWEST.key_in(query["cursor"], scope))
        found = papers_of_name(key, content_language(), place, size=query["limit"])
        papers = found.papers.translations
        if not papers and place is None:
            raise NotFound(
                _("No paper here has this name. %(address)s finds names by how they begin.")
                % {"address": in_api("authors", q=key[:20])}
            )
        members = requested_members(query, PaperSerializer)
        rows = papers_with(with_abstracts(papers, members), members)
        last = found.papers.following
        following = last and NEWEST.cursor(scope, (last.submitted_at, last.paper_id))
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
                    "api_url": in_api("author", slug_of(name)),
                }
                for name, number in found.coauthors
            ],
            "url": reader_page("author", slug),
        }
        results = PaperSerializer(rows, many=True, members=members, context=context()).data
        return paged(request, results, following, **head, notices=notices_in_force())
