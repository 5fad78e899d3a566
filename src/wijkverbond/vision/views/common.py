"""What the pages of vision, goals and benefits have in common."""

from functools import partial

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from wijkverbond.coalition.models import Coalition
from wijkverbond.ui import http, navigation

crumbs = partial(navigation.crumbs, "vision:index")


def show_form(
    request: HttpRequest,
    form: BaseForm,
    coalition: Coalition,
    *,
    title: str,
    submit: str,
    about: str = "",
) -> HttpResponse:
    """A page with one form; `about` is the text that it is about, shown above it."""
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, navigation.Link(title)),
        "title": title,
        "submit": submit,
        "about": about,
    }
    return http.show_form(request, "vision/form.html", form, context)
