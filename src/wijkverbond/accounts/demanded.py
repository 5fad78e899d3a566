"""Where a second step is demanded: what a session showed, and the page that leads to showing it."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wijkverbond.accounts import second_step
from wijkverbond.kernel.policy import SecondStepAsked
from wijkverbond.ui import errors, http

ONWARD = "after_second_step"  # where a session holds to which page its person was on the way

GetResponse = Callable[[HttpRequest], HttpResponse]


def shown_in(request: HttpRequest) -> bool:
    """Whether somebody showed, in this session, a second step that they still have."""
    known = request.__dict__
    if "_second_step_shown" not in known:
        known["_second_step_shown"] = _shown_in(request)
    return bool(known["_second_step_shown"])


def _shown_in(request: HttpRequest) -> bool:
    if not isinstance(request.user, AbstractBaseUser):
        return False
    records = get_authentication_records(request, request.user)
    showed = [record.get("id") for record in records if record["method"] == "mfa"]
    if not showed:
        return False
    types_by_id = dict(
        Authenticator.objects.filter(user_id=request.user.pk).values_list("pk", "type")
    )
    has_step = any(type in second_step.STEPS for type in types_by_id.values())
    return has_step and not types_by_id.keys().isdisjoint(showed)


def keep_onward(request: HttpRequest) -> None:
    """Keep to which page somebody goes on once they have shown a second step."""
    if onward := http.page_of_this_site(request, request.GET.get("next", ""), otherwise=""):
        request.session[ONWARD] = onward


def way(onward: str) -> str:
    """The address of the page about one's second step, from which one goes on to this page."""
    return f"{reverse('mfa_index')}?{urlencode({'next': onward}, safe='/')}"


class Middleware:
    """Leads who did not show a second step to the page for it, and keeps what they typed."""

    def __init__(self, get_response: GetResponse) -> None:
        """Go on to `get_response`, as Django asks of a middleware."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the page does."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """403 with why, the way to a second step, and in a form what was sent."""
        if not isinstance(exception, SecondStepAsked):
            return None
        context = {
            "reason": exception.reason,
            "way": way(_page(request)),
            "fields": [*http.other_fields(request)] if request.method == "POST" else [],
            "has_files": bool(request.FILES),
            "second_step_url": "",  # this page says it
        }
        template = "accounts/second_step/asked.html"
        return errors.in_message_area(request, template, context, status=403)


def _page(request: HttpRequest) -> str:
    """The page that was asked for, or from which something was sent."""
    if request.method != "POST" and not http.wants_fragment(request):
        return request.get_full_path()
    return http.page_before(request)
