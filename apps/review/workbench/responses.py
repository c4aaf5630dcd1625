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

from apps.review.claims import ClaimedByOther
from apps.review.editing.session import CannotEdit, ChangedMeanwhile
from apps.review.publishing.publish import CannotPublish
from apps.translation.engines.base import EngineUnavailable
from apps.translation.status import ForbiddenTransition

Act = Callable[..., dict[str, Any]]


def answers_small_requests(
    may_enter: Callable[[HttpRequest], bool],
) -> Callable[[Act], Callable[..., HttpResponseBase]]:
    """Make a view of a function that returns what to answer.

    `may_enter` says whether the request comes from somebody who is logged in to the admin. An
    error becomes an answer with a message: 401 for an ended session, 403 for a missing right, 404
    for what is gone, 409 with the other text when somebody was faster, 423 while somebody else
    is working on the translation, 503 when an engine cannot answer, 400 for any other refusal.
    The browser keeps what was typed until the answer is 200.
    """

    def make(act: Act) -> Callable[..., HttpResponseBase]:
        @csrf_protect
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return JsonResponse(act(request, *args, **kwargs))
            except ChangedMeanwhile as error:
                return JsonResponse({"message": str(error), "theirs": error.text}, status=409)
            except ClaimedByOther as error:
                return JsonResponse({"message": str(error), "claimed": True}, status=423)
            except EngineUnavailable as error:
                return JsonResponse({"message": str(error)}, status=503)
            except PermissionDenied as error:
                message = str(error) or _("Your account may not do this.")
                return JsonResponse({"message": message}, status=403)
            except (CannotEdit, CannotPublish, ForbiddenTransition) as error:
                return JsonResponse({"message": str(error)}, status=400)
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
