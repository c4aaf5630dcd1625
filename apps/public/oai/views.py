"""The view of OAI-PMH."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods
from lxml import etree

from apps.public.api.throttling import TooManyRequests, count_request
from apps.public.oai.protocol import OaiProblem, read_request
from apps.public.oai.verbs import add_answer, add_problem, empty_answer
from apps.public.site.page_urls import absolute


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_cache=True)
@gzip_page
def oai(request: HttpRequest) -> HttpResponse:
    """Answer a request of OAI-PMH 2.0.

    Labels are in the site's default language, because the protocol has no language negotiation.

    Args:
        request: GET or POST, with the arguments of the protocol.

    Returns:
        The XML of the answer or the error; 503 with Retry-After above the rate limit.
    """
    now = timezone.now()
    try:
        count_request(request, None, now=now)
    except TooManyRequests as too_many:
        # The protocol's flow control: harvesters wait and repeat the request.
        return HttpResponse(
            str(too_many.detail),
            status=503,
            content_type="text/plain; charset=utf-8",
            headers={"Retry-After": str(too_many.wait)},
        )
    base_url = absolute(reverse("oai"))
    given = request.POST if request.method == "POST" else request.GET
    pairs = [(name, value) for name, values in given.lists() for value in values]
    with override(settings.LANGUAGE_CODE):
        try:
            asked = read_request(pairs)
        except OaiProblem as problem:
            answer = empty_answer(base_url, now=now, request=None)
            add_problem(answer, problem)
        else:
            answer = empty_answer(base_url, now=now, request=asked)
            try:
                add_answer(answer, asked, now=now)
            except OaiProblem as problem:
                wrong = None if problem.code == "badArgument" else asked
                answer = empty_answer(base_url, now=now, request=wrong)
                add_problem(answer, problem)
    body = etree.tostring(answer, xml_declaration=True, encoding="UTF-8")
    return HttpResponse(body, content_type="text/xml; charset=utf-8")
