"""The URLs of the API."""

from django.urls import include, path, register_converter

from apps.public.api.desk import reader_suggestions
from apps.public.api.documentation import DocumentationView, SchemaView
from apps.public.api.reading import (
    authors,
    categories,
    days,
    entry_point,
    glossary,
    notices,
    paper_parts,
    papers,
    problems,
    search,
    translations,
    trends,
)


class ArxivIdConverter:
    """An arXiv identifier by its form. Old identifiers contain a slash; the view validates them."""

    regex = r"(?i:[0-9]{4}\.[0-9]{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?/[0-9]{7})(?i:v[0-9]{1,3})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: object) -> str:
        return str(value)


register_converter(ArxivIdConverter, "arxiv")

app_name = "api"

of_a_paper = [
    path("", papers.PaperView.as_view(), name="paper"),
    path("versions/", paper_parts.VersionsView.as_view(), name="versions"),
    path("translations/", translations.TranslationsView.as_view(), name="translations"),
    path(
        "translations/<str:language>/", translations.TranslationView.as_view(), name="translation"
    ),
    path("summary/", paper_parts.SummaryView.as_view(), name="summary"),
    path("score/", paper_parts.ScoreView.as_view(), name="score"),
    path("related/", paper_parts.RelatedView.as_view(), name="related"),
]

urlpatterns = [
    path("", entry_point.ServiceView.as_view(), name="service"),
    path("papers/", papers.PapersView.as_view(), name="papers"),
    path("papers/<arxiv:arxiv_id>/", include(of_a_paper)),
    path("papers/<path:arxiv_id>/", papers.AnySpellingView.as_view(), name="paper-spelled"),
    path("search/", search.SearchView.as_view(), name="search"),
    path("categories/", categories.CategoriesView.as_view(), name="categories"),
    path("categories/<str:code>/", categories.CategoryView.as_view(), name="category"),
    path("authors/", authors.AuthorsView.as_view(), name="authors"),
    path("authors/<path:key>/", authors.AuthorView.as_view(), name="author"),
    path("days/", days.DaysView.as_view(), name="days"),
    path("days/<str:day>/", days.DayView.as_view(), name="day"),
    path("trends/", trends.TrendsView.as_view(), name="trends"),
    path("glossary/", glossary.GlossaryView.as_view(), name="glossary"),
    path("notices/", notices.NoticesView.as_view(), name="notices"),
    path("notices/<str:key>/", notices.NoticeView.as_view(), name="notice"),
    path(
        "notices/<str:key>/<int:version>/",
        notices.NoticeVersionView.as_view(),
        name="notice-version",
    ),
    path("suggestions/", reader_suggestions.SendSuggestionView.as_view(), name="suggestions"),
    path("desk/", include("apps.public.api.desk.urls")),
    path("problems/", problems.ProblemTypesView.as_view(), name="problem-types"),
    path("problems/<str:code>/", problems.ProblemTypeView.as_view(), name="problem-type"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocumentationView.as_view(), name="docs"),
]
