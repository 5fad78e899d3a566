"""The page of the reading."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wijkverbond.coalition.acting import coalition_or_404
from wijkverbond.kernel import clock
from wijkverbond.ui import http, navigation
from wijkverbond.vitality import presenters, queries


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """How vital the coalition is, on a date: today unless another is asked."""
    coalition = coalition_or_404(request, slug)
    today = timezone.localdate(clock.now())
    as_of, wrong = _asked(request.GET.get("op", ""), today)
    context = {
        "coalition": coalition,
        "crumbs": navigation.crumbs("vitality:index", coalition),
        "vitality_page": presenters.vitality_page(queries.reading(coalition, as_of)),
        "today": today,
        "wrong": wrong,
        "typed": request.GET.get("op", ""),
    }
    return http.page(request, "vitality/index.html", context, status=400 if wrong else 200)


def _asked(text: str, today: dt.date) -> tuple[dt.date, bool]:
    try:
        day = dt.date.fromisoformat(text) if text else today
    except ValueError:
        return today, True
    return (day, False) if day <= today else (today, True)
