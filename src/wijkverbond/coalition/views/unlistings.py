"""That the host of the site took the coalition off the list, and the review of it."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wijkverbond.coalition import forms, policies, services
from wijkverbond.coalition.acting import find_coalition, find_record
from wijkverbond.coalition.models import Coalition, Unlisting
from wijkverbond.coalition.queries import voices
from wijkverbond.ui import http, navigation, shown
from wijkverbond.ui.decorators import form_page
from wijkverbond.ui.forms import bound, try_service
from wijkverbond.ui.navigation import Link


@require_safe
def off_the_list(request: HttpRequest, slug: str) -> HttpResponse:
    """How often the coalition was taken off the list, why, and what partners said of it."""
    coalition, actor = find_coalition(request, slug)
    unlistings = list(coalition.unlistings.all())
    standing = next((unlisting for unlisting in unlistings if unlisting.stands), None)
    context = {
        "coalition": coalition,
        "crumbs": navigation.coalition_crumbs(coalition, Link(_("Off the list"))),
        "unlistings": unlistings,
        "standing": standing,
        "may_review": standing and policies.may_review_unlisting(actor, standing),
        "now": actor.now,
    }
    return http.page(request, "coalition/off_the_list.html", context)


@form_page
def review_unlisting(request: HttpRequest, slug: str, unlisting_id: uuid.UUID) -> HttpResponse:
    """Say whether the coalition must stay off the list."""
    unlisting, actor = find_record(
        request, slug, _unlistings, unlisting_id, policies.may_review_unlisting
    )
    coalition = unlisting.coalition
    form = bound(forms.UnlistingReviewForm, request)
    if form.is_valid():
        with try_service(form):
            services.review_unlisting(
                unlisting,
                actor=actor,
                upholds=form.cleaned_data["upholds"] == "yes",
                reason=form.cleaned_data["reason"],
                shown=shown.sent(request, unlisting),
            )
            messages.success(request, _("Your answer is in. Two kinds that agree settle it."))
            return redirect("coalition:off_the_list", slug)
    page = reverse("coalition:off_the_list", args=[slug])
    title = _("Must the coalition stay off the list?")
    context = {
        "coalition": coalition,
        "crumbs": navigation.coalition_crumbs(
            coalition, Link(_("Off the list"), page), Link(_("Review"))
        ),
        "title": title,
        "unlisting": unlisting,
        "also_for": voices.also_act_for(coalition, actor.now),
        "reviews": unlisting.reviews.select_related("party__organisation").order_by("at"),
        "cancel": page,
    }
    return http.show_form(request, "coalition/review_unlisting.html", form, context)


def _unlistings(coalition: Coalition) -> QuerySet[Unlisting]:
    return coalition.unlistings.select_related("coalition")
