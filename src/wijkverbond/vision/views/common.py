"""What the pages of vision, goals and benefits have in common."""

import uuid

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Coalition
from wijkverbond.ui import http
from wijkverbond.ui.forms import status
from wijkverbond.ui.navigation import Link
from wijkverbond.vision import queries
from wijkverbond.vision.models import Goal


def crumbs(coalition: Coalition, *more: Link) -> list[Link]:
    """Where one is: the coalition, vision and goals, and further."""
    return [
        Link(coalition.name, reverse("overview:home", args=[coalition.slug])),
        Link(_("Vision and goals"), reverse("vision:index", args=[coalition.slug])),
        *more,
    ]


def form_page(
    request: HttpRequest,
    coalition: Coalition,
    form: Form,
    title: str,
    submit: str,
    about: str = "",
) -> HttpResponse:
    """One form on a page; `about` is the text that it is about, shown above it."""
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(title)),
        "form": form,
        "title": title,
        "submit": submit,
        "about": about,
    }
    return http.page(request, "vision/form.html", context, status=status(form))


def goal_or_404(coalition: Coalition, goal: uuid.UUID) -> Goal:
    """A goal of the coalition, also one that was dropped."""
    found = queries.goals(coalition).filter(id=goal).first()
    if not found:
        raise Http404
    found.coalition = coalition
    return found
