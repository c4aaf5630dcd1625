"""The URLs of the editors' endpoints."""

from django.urls import path

from apps.public.api.desk import (
    decisions,
    findings,
    glossary,
    harvests,
    memory,
    queue,
    segments,
    suggestions,
    translations,
)

urlpatterns = [
    path("queue/", queue.DeskQueueView.as_view(), name="desk-queue"),
    path("translations/", translations.DeskTranslationsView.as_view(), name="desk-translations"),
    path(
        "translations/<int:id>/",
        translations.DeskTranslationView.as_view(),
        name="desk-translation",
    ),
    path(
        "translations/<int:id>/history/",
        translations.DeskHistoryView.as_view(),
        name="desk-translation-history",
    ),
    path(
        "translations/<int:id>/claim/",
        translations.DeskClaimView.as_view(),
        name="desk-translation-claim",
    ),
    path(
        "translations/<int:id>/decisions/",
        decisions.DeskDecideView.as_view(),
        name="desk-translation-decisions",
    ),
    path("segments/", segments.DeskSegmentsView.as_view(), name="desk-segments"),
    path("segments/<int:id>/", segments.DeskSegmentView.as_view(), name="desk-segment"),
    path(
        "segments/<int:id>/approval/",
        segments.DeskSegmentApprovalView.as_view(),
        name="desk-segment-approval",
    ),
    path("findings/", findings.DeskFindingsView.as_view(), name="desk-findings"),
    path("decisions/", decisions.DeskDecisionsView.as_view(), name="desk-decisions"),
    path("suggestions/", suggestions.DeskSuggestionsView.as_view(), name="desk-suggestions"),
    path("suggestions/<int:id>/", suggestions.DeskSuggestionView.as_view(), name="desk-suggestion"),
    path(
        "suggestions/<int:id>/acceptance/",
        suggestions.DeskAcceptanceView.as_view(),
        name="desk-suggestion-acceptance",
    ),
    path(
        "suggestions/<int:id>/decline/",
        suggestions.DeskDeclineView.as_view(),
        name="desk-suggestion-decline",
    ),
    path("glossary/", glossary.DeskTermsView.as_view(), name="desk-terms"),
    path("glossary/<int:id>/", glossary.DeskTermView.as_view(), name="desk-term"),
    path(
        "glossary/<int:id>/history/",
        glossary.DeskTermHistoryView.as_view(),
        name="desk-term-history",
    ),
    path("memory/", memory.DeskMemoryView.as_view(), name="desk-memory"),
    path("memory/search/", memory.DeskMemorySearchView.as_view(), name="desk-memory-search"),
    path("memory/<int:id>/", memory.DeskMemoryEntryView.as_view(), name="desk-memory-entry"),
    path("harvests/", harvests.DeskRunsView.as_view(), name="desk-harvests"),
    path("harvests/<int:id>/", harvests.DeskRunView.as_view(), name="desk-harvest"),
    path("harvests/<int:id>/stop/", harvests.DeskStopView.as_view(), name="desk-harvest-stop"),
    path(
        "harvests/<int:id>/resume/", harvests.DeskResumeView.as_view(), name="desk-harvest-resume"
    ),
]
