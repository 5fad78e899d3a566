"""Answering a request with a page, or with the part of it that htmx asked for."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from wijkverbond.kernel.races import refused_races
from wijkverbond.kernel.shown import Shown
from wijkverbond.ui import forms, navigation

Context = Mapping[str, object]
CSRF_FIELD = "csrfmiddlewaretoken"


def page(
    request: HttpRequest, template: str, context: Context | None = None, *, status: int = 200
) -> HttpResponse:
    """The whole page.

    A `coalition` in the context brings its navigation: `nav` and `nav_label`, unless the view gave
    its own.
    """
    return render(request, template, _with_navigation(request, context), status=status)


def show_form(
    request: HttpRequest, template: str, form: BaseForm, context: Context
) -> HttpResponse:
    """The whole page with a form: 422, and what was typed is kept, when something was wrong."""
    return page(request, template, {**context, "form": form}, status=forms.status(form))


def show_one_form(
    request: HttpRequest,
    form: BaseForm,
    *,
    coalition: navigation.Coalition,
    crumbs: Sequence[navigation.Link],
    title: str | Promise,
    submit: str,
    lead: str = "",
    sees: str = "",
    crumb: str | Promise = "",
    shown: Shown | None = None,
) -> HttpResponse:
    """A page with nothing but one form.

    `crumbs` lead to the page, whose own crumb is its title, unless another is given. `sees` says in
    one line who will see what is filled in, everyone when not given; without a `submit` there is
    nothing to fill in. `shown` is the record that is agreed to, whose text stands above the form.
    """
    context = {
        "coalition": coalition,
        "crumbs": [*crumbs, navigation.Link(crumb or title)],
        "title": title,
        "lead": lead,
        "submit": submit,
        "shown": shown,
        "sees": sees or _("Everyone sees this, with the name of the partner."),
    }
    return show_form(request, "ui/one_form.html", form, context)


@contextmanager
def run_button(request: HttpRequest, message: str) -> Iterator[None]:
    """Call the service behind a button: say that it was done, or why it was not.

    The service stands in the block; either way the page goes on after it.
    """
    try:
        with refused_races():
            yield
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, message)


def page_of_this_site(request: HttpRequest, address: str, *, otherwise: str) -> str:
    """The address that somebody wants to go on to when it is a page of this site, else the other."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else otherwise


def other_fields(request: HttpRequest, *left_out: str) -> Iterator[tuple[str, str]]:
    """What was typed in a form, to be sent again; its token, and what is left out, not."""
    for name, values in request.POST.lists():
        if name not in (CSRF_FIELD, *left_out):
            for value in values:
                yield name, str(value)


def page_before(request: HttpRequest) -> str:
    """The page of the button that was pressed; nothing when it is this address, which shows none."""
    page = urlsplit(request.headers.get("Referer", "")).path
    return "" if page == request.path else page_of_this_site(request, page, otherwise="")


def id_in_query(request: HttpRequest, name: str) -> uuid.UUID | None:
    """The id that the address names after the question mark; nothing when it names none."""
    return id_or_none(request.GET.get(name, ""))


def id_or_none(text: str | None) -> uuid.UUID | None:
    """An id that came from outside; nothing when it is none."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def focus(coalition: navigation.Coalition, stop_url: str) -> Context:
    """What a page with one task shows around it: whose it is, and the way out."""
    return {"coalition": coalition, "nav_label": coalition.name, "stop_url": stop_url}


def remember(
    response: HttpResponse, name: str, value: str, *, keep: dt.timedelta, path: str
) -> None:
    """Let the browser keep something that nobody can forge, for the pages below `path` only."""
    response.set_signed_cookie(
        name,
        value,
        max_age=keep,
        httponly=True,
        secure=settings.SECURE_SITE,
        samesite="Lax",
        path=path,
    )


def forget(response: HttpResponse, name: str, *, path: str) -> None:
    """Let the browser forget what it was to `remember` for the pages below `path`."""
    response.delete_cookie(name, path=path, samesite="Lax")


def fragment(
    request: HttpRequest,
    template: str,
    partial: str,
    context: Context | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The partial `template#partial` when htmx asks for it, otherwise the whole page.

    Waiting messages travel with the fragment into the page's message area.
    """
    if wants_fragment(request):
        html = render_to_string(f"{template}#{partial}", dict(context or {}), request=request)
        if messages.get_messages(request):
            html += render_to_string("ui/messages.html#swap", {}, request=request)
        response = HttpResponse(html, status=status)
    else:
        response = page(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asked for a part of a page (a boosted link wants the whole page)."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted


def _with_navigation(request: HttpRequest, context: Context | None) -> dict[str, object]:
    filled = dict(context or {})
    coalition = filled.get("coalition")
    if isinstance(coalition, navigation.Coalition):
        filled.setdefault("nav", navigation.coalition_nav(coalition.slug, request.path))
        filled.setdefault("nav_label", coalition.name)
    return filled
