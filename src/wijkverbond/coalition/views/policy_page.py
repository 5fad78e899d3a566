"""Who may do what: the policy table as a page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wijkverbond.coalition.presenters import policy_page
from wijkverbond.ui import http


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The whole table, for everyone."""
    return http.page(
        request,
        "coalition/rules.html",
        {"chapters": policy_page.chapters(), "kinds": policy_page.SHOWN},
    )
