"""The addresses of the API."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from apps.public.api import trends, views
from apps.public.api.documentation import DocumentationView
from apps.public.api.search import SearchView

app_name = "api"
urlpatterns = [
    path("papers/", views.PapersView.as_view(), name="papers"),
    path("papers/<path:arxiv_id>/", views.PaperView.as_view(), name="paper"),
    path("search/", SearchView.as_view(), name="search"),
    path("categories/", views.CategoriesView.as_view(), name="categories"),
    path("days/", views.DaysView.as_view(), name="days"),
    path("trends/", trends.TrendsView.as_view(), name="trends"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", DocumentationView.as_view(), name="docs"),
]
