"""Inviting others, and answering an invitation."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from wijkverbond.coalition import forms, policies, services
from wijkverbond.coalition.acting import (
    choose,
    current_person,
    find_coalition,
    find_record,
    themselves,
)
from wijkverbond.coalition.models import Coalition, Invitation, MissingVoice
from wijkverbond.coalition.queries import circle, invitation_links, undelivered
from wijkverbond.coalition.views.common import crumbs, mails_too_often, tell_kind
from wijkverbond.kernel import clock
from wijkverbond.kernel.actor import Actor
from wijkverbond.ui import http
from wijkverbond.ui.decorators import button, form_page, open_form_page
from wijkverbond.ui.forms import bound, status, try_service
from wijkverbond.ui.navigation import Link

TOO_OFTEN = gettext_lazy(
    "Enough invitations were mailed today. Try again tomorrow, or pass on a link yourself."
)
INVITATIONS_SHOWN = 100


@form_page
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite somebody, and see the invitations that wait for an answer."""
    coalition, actor = find_coalition(request, slug, policies.may_invite)
    voice = _open_voice(coalition, http.id_in_query(request, "voor"))
    form = bound(forms.InviteForm, request)
    if form.is_valid() and mails_too_often(request, form.cleaned_data["email"]):
        form.add_error("email", TOO_OFTEN)
    elif form.is_valid():
        with try_service(form):
            services.invite(coalition, actor=actor, wording=form.instance, missing_voice=voice)
            if form.cleaned_data["email"]:
                messages.success(request, _("The invitation is on its way."))
            else:
                messages.success(request, _("The link is ready. You find it below."))
            return redirect("coalition:invite", slug)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Invite"))),
        "voice": voice,
        "invitations": _with_links(request, coalition, actor),
    }
    return http.show_form(request, "coalition/invite.html", form, context)


@button
def revoke(request: HttpRequest, slug: str, invitation_id: uuid.UUID) -> HttpResponse:
    """Withdraw an invitation."""
    invitation, actor = find_record(request, slug, _invitations, invitation_id)
    with http.run_button(request, _("The invitation is withdrawn. Its link no longer works.")):
        services.revoke_invitation(invitation, actor=actor)
    return redirect("coalition:invite", slug)


@button
def again(request: HttpRequest, slug: str, invitation_id: uuid.UUID) -> HttpResponse:
    """Mail an invitation once more."""
    invitation, actor = find_record(request, slug, _invitations, invitation_id)
    if mails_too_often(request, invitation.email):
        messages.error(request, TOO_OFTEN)
    else:
        with http.run_button(request, _("The invitation is on its way again.")):
            services.invite_again(invitation, actor=actor)
    return redirect("coalition:invite", slug)


@never_cache
@open_form_page
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Read an invitation and accept it for an organisation."""
    invitation = _invitation_or_404(token)
    coalition = invitation.coalition
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    organisation_form = bound(
        forms.OrganisationForm,
        request,
        prefix="organisation",
        person=current_person(request),
        initial={"name": invitation.addressee},
    )
    part_form = bound(forms.TakingPartForm, request)
    page_forms = (organisation_form, part_form)
    if all(form.is_valid() for form in page_forms):
        with try_service(*page_forms):
            party = services.accept(
                invitation,
                organisation_form.organisation(),
                part_form.taking_part(),
                actor=themselves(request, coalition),
            )
            choose(request, coalition, str(party.id))
            messages.success(request, _("Welcome. You take part now."))
            tell_kind(request, party, organisation_form)
            return redirect("coalition:who", coalition.slug)
    context = {
        "invitation": invitation,
        "token": token,
        "circle": circle.circle(coalition),
        "organisation_form": organisation_form,
        "part_form": part_form,
        "closed": invitation.why_closed(clock.now()),
    }
    return http.page(request, "coalition/invitation.html", context, status=status(*page_forms))


@never_cache
@open_form_page
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Decline an invitation, with a reason; no account is needed."""
    invitation = _invitation_or_404(token)
    form = bound(forms.ReasonForm, request)
    if form.is_valid():
        with try_service(form):
            actor = themselves(request, invitation.coalition)
            services.decline(invitation, actor=actor, reason=form.cleaned_data["reason"])
            messages.success(request, _("Thank you for your answer."))
            return redirect("coalition:invitation", token)
    context = {
        "invitation": invitation,
        "token": token,
        "closed": invitation.why_closed(clock.now()),
    }
    return http.show_form(request, "coalition/decline.html", form, context)


def _open_voice(coalition: Coalition, voice_id: uuid.UUID | None) -> MissingVoice | None:
    if not voice_id:
        return None
    return coalition.missing.open().filter(id=voice_id).first()


def _invitations(coalition: Coalition) -> QuerySet[Invitation]:
    return coalition.invitations.select_related(
        "sent_by_party__organisation", "party__organisation"
    ).annotate(is_given_up=undelivered.is_given_up())


def _with_links(
    request: HttpRequest, coalition: Coalition, actor: Actor
) -> list[tuple[Invitation, str, bool]]:
    """Invitations, each with its link for whoever may withdraw it, and whether it is open."""
    with_links = []
    for invitation in _invitations(coalition)[:INVITATIONS_SHOWN]:
        may_revoke = policies.may_revoke_invitation(actor, invitation)
        is_open = not invitation.why_closed(actor.now)
        link = ""
        if may_revoke and is_open:
            path = reverse("coalition:invitation", args=[invitation_links.link_token(invitation)])
            link = request.build_absolute_uri(path)
        with_links.append((invitation, link, is_open))
    return with_links


def _invitation_or_404(token: str) -> Invitation:
    try:
        return invitation_links.invitation_for(token)
    except Invitation.DoesNotExist:
        raise Http404 from None
