"""The addresses of the API."""

from django.urls import include, path

from apps.public.api.desk import proposing
from apps.public.api.documentation import DocumentationView, SchemaView
from apps.public.api.reading import categories, days, papers, search, trends

app_name = "api"
urlpatterns = [
    path("papers/", papers.PapersView.as_view(), name="papers"),
    path("papers/<path:arxiv_id>/", papers.PaperView.as_view(), name="paper"),
    path("search/", search.SearchView.as_view(), name="search"),
    path("categories/", categories.CategoriesView.as_view(), name="categories"),
    path("days/", days.DaysView.as_view(), name="days"),
    path("trends/", trends.TrendsView.as_view(), name="trends"),
    path("suggestions/", proposing.ProposingView.as_view(), name="suggestions"),
    path("desk/", include("apps.public.api.desk.urls")),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocumentationView.as_view(), name="docs"),
]
