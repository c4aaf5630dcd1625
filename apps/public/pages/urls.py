"""The URLs of the pages."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter, StringConverter

from apps.public.pages.browse import (
    author,
    bookmarks,
    calendar,
    category_day,
    following,
    lists,
    search,
    trends,
)
from apps.public.pages.corrections import views as corrections
from apps.public.pages.feeds import views as feeds
from apps.public.pages.feeds.views import feed_paths
from apps.public.pages.paper import card, downloads, markdown
from apps.public.pages.paper import views as paper
from apps.public.pages.site import about, exports, score, status


class DayConverter(StringConverter):
    """A day, 2025-02-28; the view checks whether it exists."""

    regex = r"\d{4}-\d{2}-\d{2}"


class MonthConverter(StringConverter):
    """A month, 2025-02; the view checks whether it exists."""

    regex = r"\d{4}-\d{2}"


class YearConverter(IntConverter):
    """A year of four digits."""

    regex = r"\d{4}"

    def to_url(self, value: object) -> str:
        return f"{int(str(value)):04d}"


class CategoryConverter(StringConverter):
    """A category, such as "cs.CL" or "hep-th"."""

    regex = r"[A-Za-z][A-Za-z-]*(?:\.[A-Za-z-]+)?"


class SentenceConverter(StringConverter):
    """A sentence by its number, from 1: "title-1", "abstract-3"."""

    regex = r"(?:title|abstract)-[1-9]\d{0,3}"


register_converter(DayConverter, "day")
register_converter(MonthConverter, "month")
register_converter(YearConverter, "year")
register_converter(CategoryConverter, "category")
register_converter(SentenceConverter, "sentence")

app_name = "pages"
urlpatterns = [
    path("", lists.home, name="home"),
    path("days/", calendar.latest_month, name="days"),
    path("days/<year:year>/", calendar.year, name="year"),
    path("days/<month:month>/", calendar.month, name="month"),
    path("days/<day:day>/", lists.day, name="day"),
    path("categories/", lists.categories, name="categories"),
    path("categories/<category:code>/", lists.category, name="category"),
    *feed_paths("feeds/latest", feeds.latest, "feed"),
    *feed_paths("days/<day:day>/feed", feeds.day, "day-feed"),
    *feed_paths("categories/<category:code>/feed", feeds.category, "category-feed"),
    *feed_paths(
        "categories/<category:code>/days/<day:day>/feed", feeds.category_day, "category-day-feed"
    ),
    *feed_paths("authors/<path:name>/feed", feeds.author, "author-feed"),
    path(
        "categories/<category:code>/days/<day:day>/",
        category_day.category_day,
        name="category-day",
    ),
    path("following/", following.following, name="following"),
    *feed_paths("feeds/following", following.feed, "following-feed"),
    path("feeds/following.opml", following.feeds_opml, name="following-opml"),
    path("bookmarks/", bookmarks.bookmarks, name="bookmarks"),
    path("kept/", bookmarks.kept, name="kept"),
    path("search/", search.results, name="search"),
    *feed_paths("search/feed", search.feed, "search-feed"),
    path(
        "papers/<path:spelling>/sentences/<sentence:place>/correct/",
        corrections.correct,
        name="correct",
    ),
    path(
        "papers/<path:spelling>/sentences/<sentence:place>/correct/thanks/",
        corrections.corrected,
        name="corrected",
    ),
    path("papers/<path:spelling>/card.png", card.card, name="card"),
    path("papers/<path:spelling>.md", markdown.markdown, name="paper-markdown"),
    path("papers/<path:spelling>/cite.bib", downloads.cite_bib, name="cite-bib"),
    path("papers/<path:spelling>/cite.ris", downloads.cite_ris, name="cite-ris"),
    path("papers/<path:spelling>/cite.json", downloads.cite_json, name="cite-json"),
    path("papers/<path:spelling>/", paper.paper, name="paper"),
    path("authors/<path:name>/", author.author, name="author"),
    path("trends/", trends.trends, name="trends"),
    path("trends/<category:code>/", trends.trends, name="category-trends"),
    path("about/", about.about, name="about"),
    path("about/score/", score.about_score, name="about-score"),
    path("about/translations/", about.translations, name="about-translations"),
    path("privacy/", about.privacy, name="privacy"),
    path("exports/", exports.exports, name="exports"),
    path("licences/", about.licences, name="licences"),
    path("status/", status.status, name="status"),
    path("disclaimer/", about.disclaimer, name="disclaimer"),
]
