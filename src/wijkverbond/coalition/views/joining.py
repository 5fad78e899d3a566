"""Starting a coalition, inviting others, and answering an invitation."""

import datetime as dt
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wijkverbond.coalition import forms, policies, services
from wijkverbond.coalition.acting import choose, coalition_or_404, current_actor, current_person
from wijkverbond.coalition.models import Coalition, Invitation, MissingVoice, Party
from wijkverbond.coalition.queries import circle, invitation_links
from wijkverbond.coalition.views.common import crumbs, run_button, try_service
from wijkverbond.kernel import clock, rate_limits
from wijkverbond.kernel.actor import Actor, ActorKind
from wijkverbond.kernel.policy import require
from wijkverbond.ui import http
from wijkverbond.ui.forms import status
from wijkverbond.ui.navigation import Link

TOO_OFTEN = gettext_lazy(
    "Enough invitations were mailed today. Try again tomorrow, or pass on a link yourself."
)
DAY = dt.timedelta(days=1)
MAILS_A_DAY = 60  # by one person, in all their coalitions
MAILS_TO_ONE_A_DAY = 5  # by everyone together: nobody's mailbox is filled from here


def themselves(request: HttpRequest, coalition: Coalition | None = None) -> Actor:
    """The visitor, speaking for themselves."""
    return Actor(
        kind=ActorKind.PARTICIPANT,
        person=current_person(request),
        coalition=coalition.id if coalition else None,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Start a coalition for an organisation."""
    data = request.POST if request.method == "POST" else None
    coalition = forms.CoalitionForm(data)
    organisation = forms.OrganisationForm(
        data, prefix="organisation", person=current_person(request)
    )
    part = forms.TakingPartForm(data)
    made: list[Party] = []

    def begin() -> None:
        made.append(
            services.start(
                coalition.coalition(),
                organisation.organisation(),
                part.taking_part(),
                actor=themselves(request),
            )
        )

    shown = [coalition, organisation, part]
    if all(form.is_valid() for form in shown) and try_service(begin, *shown):
        messages.success(request, _("The coalition has begun. Now invite the others."))
        return redirect("coalition:who", slug=made[0].coalition.slug)
    context = {"coalition_form": coalition, "organisation_form": organisation, "part_form": part}
    return http.page(request, "coalition/start.html", context, status=status(*shown))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite somebody, and see the invitations that wait for an answer."""
    coalition = coalition_or_404(request, slug)
    acting = current_actor(request, coalition)
    require(policies.may_invite(acting, coalition))
    voice = _voice(coalition, request.GET.get("voor", ""))
    form = forms.InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _mails_too_often(request, form.cleaned_data["email"]):
        form.add_error("email", TOO_OFTEN)
    elif form.is_valid() and try_service(
        lambda: services.invite(coalition, actor=acting, missing_voice=voice, **form.cleaned_data),
        form,
    ):
        said = (
            _("The invitation is on its way.")
            if form.cleaned_data["email"]
            else _("The link is ready. You find it below.")
        )
        messages.success(request, said)
        return redirect("coalition:invite", slug=slug)
    context = {
        "coalition": coalition,
        "crumbs": crumbs(coalition, Link(_("Invite"))),
        "form": form,
        "voice": voice,
        "invitations": _invitations(request, coalition, acting),
    }
    return http.page(request, "coalition/invite.html", context, status=status(form))


def _mails_too_often(request: HttpRequest, address: str) -> bool:
    """Whether this person, or everyone together to this address, already mailed enough today."""
    if not address:
        return False
    limited = (
        (f"by:{current_person(request)}", MAILS_A_DAY),
        (f"to:{address}", MAILS_TO_ONE_A_DAY),
    )
    return not all(rate_limits.allow(f"coalition.invite:{key}", most, DAY) for key, most in limited)


def _voice(coalition: Coalition, wanted: str) -> MissingVoice | None:
    try:
        found = uuid.UUID(wanted)
    except ValueError:
        return None
    return coalition.missing.filter(id=found, dismissed_at=None, filled_at=None).first()


def _invitations(
    request: HttpRequest, coalition: Coalition, acting: Actor
) -> list[tuple[Invitation, str, bool]]:
    """Every invitation with its link, for whoever may withdraw it."""
    found = coalition.invitations.select_related(
        "sent_by_party__organisation", "party__organisation"
    )
    shown = []
    for invitation in found[:100]:
        mine = bool(policies.may_revoke_invitation(acting, invitation))
        is_open = not (invitation.accepted_at or invitation.declined_at or invitation.revoked_at)
        open_now = is_open and invitation.expires_at > acting.now
        link = reverse("coalition:invitation", args=[invitation_links.link_token(invitation)])
        address = request.build_absolute_uri(link) if mine and open_now else ""
        shown.append((invitation, address, open_now))
    return shown


@login_required
@require_POST
def revoke(request: HttpRequest, slug: str, invitation: uuid.UUID) -> HttpResponse:
    """Withdraw an invitation."""
    coalition = coalition_or_404(request, slug)
    found = coalition.invitations.filter(id=invitation).first()
    if not found:
        raise Http404
    acting = current_actor(request, coalition)
    said = _("The invitation is withdrawn. Its link no longer works.")
    run_button(request, lambda: services.revoke_invitation(found, actor=acting), said)
    return redirect("coalition:invite", slug=slug)


def _invitation_or_404(token: str) -> Invitation:
    try:
        return invitation_links.invitation_for(token)
    except Invitation.DoesNotExist:
        raise Http404 from None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Read an invitation and accept it for an organisation."""
    found = _invitation_or_404(token)
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    data = request.POST if request.method == "POST" else None
    initial = {"name": found.addressee}
    organisation = forms.OrganisationForm(
        data, prefix="organisation", person=current_person(request), initial=initial
    )
    part = forms.TakingPartForm(data)
    shown = [organisation, part]

    def join() -> None:
        party = services.accept(
            found,
            organisation.organisation(),
            part.taking_part(),
            actor=themselves(request, found.coalition),
        )
        choose(request, found.coalition, str(party.id))

    if all(form.is_valid() for form in shown) and try_service(join, *shown):
        messages.success(request, _("Welcome. You take part now."))
        return redirect("coalition:who", slug=found.coalition.slug)
    context = {
        "invitation": found,
        "token": token,
        "circle": circle.circle(found.coalition),
        "organisation_form": organisation,
        "part_form": part,
        "closed": found.why_closed(clock.now()),
    }
    return http.page(request, "coalition/invitation.html", context, status=status(*shown))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Decline an invitation, with a reason; no account is needed."""
    found = _invitation_or_404(token)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and try_service(
        lambda: services.decline(
            found,
            actor=themselves(request, found.coalition),
            reason=form.cleaned_data["reason"],
        ),
        form,
    ):
        messages.success(request, _("Thank you for your answer."))
        return redirect("coalition:invitation", token=token)
    context = {
        "invitation": found,
        "token": token,
        "form": form,
        "closed": found.why_closed(clock.now()),
    }
    return http.page(request, "coalition/decline.html", context, status=status(form))
