"""Settings of the API, its documentation and cross-origin requests."""

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["apps.public.api.bodies.StrictJSONParser"],
    # Tokens only, so that no other site can use a session's cookie.
    "DEFAULT_AUTHENTICATION_CLASSES": ["apps.public.api.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "EXCEPTION_HANDLER": "apps.public.api.problems.problem_handler",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "papersite API",
    "VERSION": "1",
    "DESCRIPTION": "Everything that this site publishes, and the work of its editors. Reading "
    "needs no token; the desk needs one, which editors create under "
    "[API tokens](/admin/review/apitoken/) in the admin.",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    # Required fields of a PATCH are required in its schema too.
    "COMPONENT_SPLIT_PATCH": False,
    # Several objects have a status, a state or an origin; each enumeration needs its own name.
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "BadgeCode": ["withdrawn", "stale", "reviewed", "machine", "memory", "unreviewed"],
        "CaseRule": "apps.translation.models.CaseRule.values",
        "DecisionKind": "apps.review.models.DecisionKind.values",
        "DecisionToMake": ["approve", "publish", "unpublish", "hold", "retranslate"],
        "FindingSeverity": "apps.translation.models.FindingSeverity.values",
        "LicensedPart": ["metadata", "translations"],
        "MemoryOrigin": "apps.translation.models.MemoryOrigin.values",
        "NoticeKey": "apps.public.models.NoticeKey.values",
        "PartOfSpeech": "apps.translation.models.PartOfSpeech.values",
        "PublicStatus": ["published", "reviewed"],
        "RunKind": "apps.harvest.models.RunKind.values",
        "RunStatus": "apps.harvest.models.RunStatus.values",
        "SegmentField": "apps.translation.models.SegmentField.values",
        "SegmentOrigin": "apps.translation.models.SegmentOrigin.values",
        "SegmentState": "apps.translation.models.SegmentState.values",
        "SourceFormat": "apps.papers.records.SourceFormat.values",
        "SuggestionState": "apps.review.models.SuggestionState.values",
        "SummaryOrigin": "apps.translation.models.SummaryOrigin.values",
        "TranslationStatus": "apps.translation.status.TranslationStatus.values",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# Pages of other sites may read public data. Their requests have no cookie, so no session.
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/(api/v1|oai|exports)(/.*)?$"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_PREFLIGHT_MAX_AGE = 86400
CORS_EXPOSE_HEADERS = [
    "Accept-Ranges",
    "Content-Range",
    "ETag",
    "Last-Modified",
    "Link",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
]
