"""JSON answers to the workbench's requests, with errors as messages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from apps.core.refusals import Refusal

Answer = Callable[..., dict[str, Any]]


def json_endpoint(
    may_enter: Callable[[HttpRequest], bool],
) -> Callable[[Answer], Callable[..., HttpResponseBase]]:
    """Return a decorator that makes a POST view of a function that returns a JSON object.

    `may_enter` tells whether the account is logged in to the admin; 401 otherwise. A refusal is
    answered with its status, message, code and extensions, a missing row with 404. The browser
    keeps what was typed until the status is 200.
    """

    def make(answer: Answer) -> Callable[..., HttpResponseBase]:
        @csrf_protect
        def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return JsonResponse(answer(request, *args, **kwargs))
            except Refusal as error:
                body = {"message": str(error), "code": error.code, **error.extensions}
                return JsonResponse(body, status=error.status)
            except PermissionDenied:
                message = _("Your account may not do this.")
                return JsonResponse({"message": message}, status=403)
            except ObjectDoesNotExist:
                message = _("This no longer exists. Reload the page.")
                return JsonResponse({"message": message}, status=404)

        @never_cache
        @require_POST
        @wraps(answer)
        def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may_enter(request):
                message = _("Your session has ended. Log in again in another tab; nothing is lost.")
                return JsonResponse({"message": message}, status=401)
            return respond(request, *args, **kwargs)

        return view

    return make
