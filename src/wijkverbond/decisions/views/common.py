"""What the pages of proposals have in common."""

from functools import partial

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wijkverbond.coalition.models import Coalition
from wijkverbond.decisions.models import Decision, Position
from wijkverbond.kernel.shown import Shown
from wijkverbond.ui import http, navigation
from wijkverbond.ui.navigation import Link

crumbs = partial(navigation.crumbs, "decisions:index")


def show(
    request: HttpRequest,
    form: BaseForm,
    decision: Decision,
    *,
    title: str,
    submit: str,
    shown: Shown | None = None,
    entered: Position | None = None,
) -> HttpResponse:
    """A page about a proposal with one form; `shown` is what is agreed to with it.

    `entered` is the position that somebody entered for the party, while it has not confirmed it.
    """
    decision_url = reverse("decisions:page", args=[decision.coalition.slug, decision.id])
    context = {
        "coalition": decision.coalition,
        "crumbs": crumbs(decision.coalition, Link(decision.title, decision_url), Link(submit)),
        "decision": decision,
        "shown": shown,
        "entered": entered,
        "title": title,
        "submit": submit,
    }
    return http.show_form(request, "decisions/form.html", form, context)


def decisions_of(coalition: Coalition) -> QuerySet[Decision]:
    """Every proposal of a coalition."""
    return coalition.decisions.select_related("proposer__organisation")


def to_page(decision: Decision) -> HttpResponse:
    """On to the page of a proposal."""
    return redirect("decisions:page", decision.coalition.slug, decision.id)
