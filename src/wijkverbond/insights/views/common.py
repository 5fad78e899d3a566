"""What the pages of signals and insights have in common."""

from functools import partial

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Coalition
from wijkverbond.kernel.shown import Shown
from wijkverbond.ui import http, navigation, turns

# Whose view it was, for the pages below the insights of this coalition (its path).
COOKIE = "herken"
crumbs = partial(navigation.crumbs, "insights:index")


def show_form(
    request: HttpRequest,
    form: BaseForm,
    coalition: Coalition,
    *,
    title: str | Promise,
    submit: str,
    about: str = "",
    shown: Shown | None = None,
) -> HttpResponse:
    """A page with one form; `about` is the text that it is about, `shown` a record that is agreed to."""
    return http.show_one_form(
        request,
        form,
        coalition=coalition,
        crumbs=crumbs(coalition),
        title=title,
        lead=about,
        submit=submit,
        shown=shown,
        sees=_("Everyone sees this, with the name of your partner."),
    )


def focus(request: HttpRequest, coalition: Coalition) -> http.Context:
    """What a page with one task shows around it; also whether this browser is known as somebody's."""
    page = http.focus(coalition, reverse("insights:index", args=[coalition.slug]))
    return {**page, "known_here": COOKIE in request.COOKIES}


def turn(
    request: HttpRequest, coalition: Coalition, purpose: str, *, first: int
) -> HttpResponse | None:
    """The page that asks to wait when much comes from one network; nothing when this goes on."""
    stop_url = reverse("insights:index", args=[coalition.slug])
    return turns.wait(request, coalition, purpose, first=first, stop_url=stop_url)
