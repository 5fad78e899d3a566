"""Answering a request with a page, or with the part of it that htmx asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wijkverbond.ui import forms, navigation

Context = Mapping[str, Any]


def page(
    request: HttpRequest, template: str, context: Context | None = None, *, status: int = 200
) -> HttpResponse:
    """The whole page.

    A `coalition` in the context (anything with `slug` and `name`) brings its navigation:
    `nav` and `nav_label`, unless the view gave its own.
    """
    return render(request, template, _with_navigation(request, context), status=status)


def form_page(
    request: HttpRequest,
    coalition: object,
    form: BaseForm,
    *,
    title: str | Promise,
    submit: str,
    crumbs: Sequence[navigation.Link],
    lead: str = "",
    sees: str = "",
) -> HttpResponse:
    """A page with one form: 422, and what was typed is kept, when something must be corrected.

    `sees` says in one line who will see it, everyone when not given; without a `submit` there is
    nothing to fill in.
    """
    context = {
        "coalition": coalition,
        "crumbs": crumbs,
        "form": form,
        "title": title,
        "lead": lead,
        "submit": submit,
        "sees": sees or _("Everyone sees this, with the name of the partner."),
    }
    return page(request, "ui/one_form.html", context, status=forms.status(form))


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


def _with_navigation(request: HttpRequest, context: Context | None) -> dict[str, Any]:
    filled = dict(context or {})
    coalition = filled.get("coalition")
    if coalition is not None:
        filled.setdefault("nav", navigation.coalition_nav(coalition.slug, request.path))
        filled.setdefault("nav_label", coalition.name)
    return filled
