"""How the workbench's small requests are answered: JSON, with what went wrong in words."""

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

Act = Callable[..., dict[str, Any]]


def answers_small_requests(
    may_enter: Callable[[HttpRequest], bool],
) -> Callable[[Act], Callable[..., HttpResponseBase]]:
    """Make a view of a function that returns what to answer.

    `may_enter` says whether the request comes from somebody who is logged in to the admin. An
    refusal becomes an answer with its status, message, code, and what else it says, such as the
    present text. 401 is for an ended session, 404 for what is gone. The browser keeps what was
    typed until the answer is 200.
    """

    def make(act: Act) -> Callable[..., HttpResponseBase]:
        @csrf_protect
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return JsonResponse(act(request, *args, **kwargs))
            except Refusal as error:
                said = {"message": str(error), "code": error.code, **error.extensions}
                return JsonResponse(said, status=error.status)
            except PermissionDenied:
                message = _("Your account may not do this.")
                return JsonResponse({"message": message}, status=403)
            except ObjectDoesNotExist:
                message = _("This no longer exists. Reload the page.")
                return JsonResponse({"message": message}, status=404)

        @never_cache
        @require_POST
        @wraps(act)
        def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may_enter(request):
                message = _("Your session has ended. Log in again in another tab; nothing is lost.")
                return JsonResponse({"message": message}, status=401)
            return answer(request, *args, **kwargs)

        return view

    return make
