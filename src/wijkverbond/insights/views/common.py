"""What the pages of signals and insights have in common."""

from functools import partial

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Coalition
from wijkverbond.ui import http, navigation

crumbs = partial(navigation.crumbs, "insights:index")


def show_form(
    request: HttpRequest,
    form: BaseForm,
    coalition: Coalition,
    *,
    title: str | Promise,
    submit: str,
    about: str = "",
) -> HttpResponse:
    """A page with one form; `about` is the text that it is about, shown above it."""
    return http.show_one_form(
        request,
        form,
        coalition=coalition,
        crumbs=crumbs(coalition),
        title=title,
        lead=about,
        submit=submit,
        sees=_("Everyone sees this, with the name of your partner."),
    )


def focus(coalition: Coalition) -> http.Context:
    """What a page with one task shows around it."""
    return http.focus(coalition, reverse("insights:index", args=[coalition.slug]))


def too_many(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """Too much came from one network."""
    return http.page(request, "insights/too_many.html", focus(coalition), status=429)
