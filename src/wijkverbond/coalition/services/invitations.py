"""Inviting: a link for one organisation, answered once."""

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts import addresses
from wijkverbond.coalition import events, policies
from wijkverbond.coalition.models import (
    Coalition,
    Invitation,
    InvitationText,
    MissingVoice,
    Organisation,
    Party,
    TakingPart,
    name_normalisation,
)
from wijkverbond.coalition.queries import invitation_links, undelivered
from wijkverbond.coalition.queries.sides import is_barred
from wijkverbond.coalition.services.joining import (
    enter,
    first_mandate,
    joined_event,
    listing,
    lock_coalition,
    new_party,
    record_joining,
    settle,
)
from wijkverbond.coalition.services.missing_voices import fill_missing
from wijkverbond.kernel import jobs, shared_fields
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event, Text
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.text_input import is_blank

VALID_FOR = dt.timedelta(days=30)


@transaction.atomic
def invite(
    coalition: Coalition,
    *,
    actor: Actor,
    wording: InvitationText,
    missing_voice: MissingVoice | None = None,
) -> Invitation:
    """Invite an organisation, by e-mail when there is an address, otherwise by a link to pass on.

    `wording` comes unsaved. Whoever has an invitation that can still be answered gets no second one.
    The link works for 30 days; `invitation_links.link_token(invitation)` gives its secret part. The
    mail is sent by the worker after the transaction.
    """
    coalition = lock_coalition(coalition.id)
    require(policies.may_invite(actor, coalition))
    invitation = Invitation(
        coalition=coalition,
        kind=missing_voice.kind if missing_voice else "",
        missing_voice=missing_voice,
        sent_by_party_id=actor.party,
        sent_at=actor.now,
        expires_at=actor.now + VALID_FOR,
        **shared_fields.values(wording, InvitationText),
    )
    invitation.addressee = name_normalisation.normalised_name(invitation.addressee)
    if invitation.email:
        invitation.email = addresses.canonical(invitation.email)
    invitation.channel = Invitation.Route.EMAIL if invitation.email else Invitation.Route.LINK
    same = {"addressee__iexact": invitation.addressee, "email__iexact": invitation.email}
    if coalition.invitations.open(actor.now).filter(**same).exists():
        raise ValidationError({"addressee": _("There is an open invitation for them already.")})
    invitation.token_digest = invitation_links.token_digest(invitation_links.link_token(invitation))
    invitation.full_clean()
    invitation.save()
    if invitation.email:
        _mail(invitation)
    sent = events.InvitationSent(
        invitation=invitation.id,
        channel=invitation.channel,
        kind=invitation.kind or None,
        expires=invitation.expires_at,
        rests_on=(f"missing_voice:{missing_voice.id}",) if missing_voice else (),
    )
    record(sent, actor=actor, stream=coalition.id)
    return invitation


@transaction.atomic
def invite_again(invitation: Invitation, *, actor: Actor) -> None:
    """Mail an open invitation once more: it did not arrive, or got lost among others.

    One that waits to be sent is enough.
    """
    invitation = Invitation.objects.select_for_update(no_key=True).get(id=invitation.id)
    require(policies.may_revoke_invitation(actor, invitation))
    invitation.check_open(actor.now)
    if not invitation.email:
        raise ValidationError(_("This invitation has no e-mail address. Pass on its link."))
    if undelivered.is_on_its_way(invitation):
        return
    undelivered.of_invitation(invitation).delete()
    _mail(invitation)
    again = events.InvitationSentAgain(invitation=invitation.id)
    record(again, actor=actor, stream=invitation.coalition_id)


def _mail(invitation: Invitation) -> None:
    identity = str(invitation.id)
    jobs.defer("coalition.send_invitation", invitation=identity, mail_id=str(uuid.uuid4()))


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, actor: Actor) -> None:
    """Withdraw an invitation that was not answered yet; its link no longer works."""
    invitation = Invitation.objects.select_for_update(no_key=True).get(id=invitation.id)
    require(policies.may_revoke_invitation(actor, invitation))
    invitation.check_open(actor.now)
    invitation.revoked_at = actor.now
    invitation.save(update_fields=["revoked_at"])
    revoked = events.InvitationRevoked(invitation=invitation.id)
    record(revoked, actor=actor, stream=invitation.coalition_id)


@transaction.atomic
def accept(
    invitation: Invitation, organisation: Organisation, taking_part: TakingPart, *, actor: Actor
) -> Party:
    """Accept an invitation: the organisation joins; the person may take part and grant.

    Of two people accepting the same link at the same moment only the first succeeds. Raises
    ValidationError when the invitation can no longer be answered or the organisation takes part
    already.
    """
    coalition = lock_coalition(invitation.coalition_id)
    invitation = Invitation.objects.select_for_update(no_key=True).get(id=invitation.id)
    registered = settle(organisation)
    barred = is_barred(actor.person, coalition, actor.now)
    require(policies.may_join(actor, coalition, organisation, barred=barred))
    invitation.check_open(actor.now)
    enter(organisation, coalition)
    party = new_party(coalition, organisation, taking_part, invitation.role, actor)
    mandate = first_mandate(party, actor, f"invitation:{invitation.id}")
    invitation.accepted_at, invitation.party = actor.now, party
    invitation.save(update_fields=["accepted_at", "party"])
    joining: list[Event] = [
        joined_event(party, actor, rests_on=(f"invitation:{invitation.id}",)),
        events.InvitationAccepted(invitation=invitation.id, party=party.id),
        mandate,
        *fill_missing(party, actor),
        *listing(coalition, actor),
    ]
    record_joining(party, joining, actor, organisation=registered)
    return party


@transaction.atomic
def decline(invitation: Invitation, *, actor: Actor, reason: str) -> None:
    """Decline an invitation, with a reason that the partners can read."""
    invitation = Invitation.objects.select_for_update(no_key=True).get(id=invitation.id)
    require(policies.may_decline(actor, invitation))
    if invitation.declined_at and invitation.declined_reason == reason.strip():
        return
    invitation.check_open(actor.now)
    if is_blank(reason):
        raise ValidationError({"reason": _("Say why not. Then the others know.")})
    invitation.declined_at, invitation.declined_reason = actor.now, reason.strip()
    invitation.full_clean()
    invitation.save(update_fields=["declined_at", "declined_reason"])
    declined = events.InvitationDeclined(
        invitation=invitation.id,
        kind=invitation.kind or None,
        reason=Text(invitation.declined_reason),
    )
    record(declined, actor=actor, stream=invitation.coalition_id)
