"""The component page: each component in each state, with its source."""

from django.http import HttpRequest, HttpResponse

from wijkverbond.ui import http


def components(request: HttpRequest) -> HttpResponse:
    """Every component; in development and in the demonstration only."""
    return http.page(request, "ui/components.html", {})
