"""Saying who is missing at the table, and weighing it."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition import events, policies
from wijkverbond.coalition.models import (
    Coalition,
    Invitation,
    MissingVoice,
    MissingVoiceText,
    Party,
    sectors,
)
from wijkverbond.coalition.services.joining import lock_coalition
from wijkverbond.kernel import shared_fields
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event, Text
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.text_input import is_blank


@transaction.atomic
def suggest_missing(
    coalition: Coalition, *, actor: Actor, wording: MissingVoiceText, figures: Sequence[str] = ()
) -> MissingVoice:
    """Say that a sort of organisation is missing at the table, and why it is needed.

    `wording` comes unsaved; `figures` are the references of the official figures that point at it,
    if any.
    """
    coalition = lock_coalition(coalition.id)
    require(policies.may_suggest_missing(actor, coalition))
    voice = MissingVoice(
        coalition=coalition,
        suggested_by_id=actor.party,
        suggested_at=actor.now,
        **shared_fields.values(wording, MissingVoiceText),
    )
    if voice.sector not in sectors.SECTORS:
        raise ValidationError({"sector": _("Choose a sort of organisation.")})
    if coalition.parties.present().filter(organisation__sector=voice.sector).exists():
        raise ValidationError({"sector": _("This sort of organisation already takes part.")})
    voice.kind = sectors.SECTORS[voice.sector].kind
    voice.full_clean()
    voice.save()
    suggested = events.MissingVoiceSuggested(
        missing_voice=voice.id,
        kind=voice.kind,
        sector=voice.sector,
        source="figures" if figures else "party",
        what=Text(voice.what),
        rests_on=tuple(figures),
    )
    record(suggested, actor=actor, stream=coalition.id)
    return voice


@transaction.atomic
def dismiss_missing(voice: MissingVoice, *, actor: Actor, reason: str) -> None:
    """Take a missing voice off the list, with a public reason."""
    voice = MissingVoice.objects.select_for_update(of=("self",), no_key=True).get(id=voice.id)
    require(policies.may_dismiss_missing(actor, voice.coalition))
    if voice.filled_at or voice.dismissed_at:
        raise ValidationError(_("This voice is off the list already."))
    if is_blank(reason):
        raise ValidationError({"reason": _("Say why this voice is not needed.")})
    voice.dismissed_at, voice.dismissed_by_id = actor.now, actor.party
    voice.dismissed_reason = reason.strip()
    voice.full_clean()
    voice.save(update_fields=["dismissed_at", "dismissed_by", "dismissed_reason"])
    dismissed = events.MissingVoiceDismissed(
        missing_voice=voice.id, kind=voice.kind, reason=Text(voice.dismissed_reason)
    )
    record(dismissed, actor=actor, stream=voice.coalition_id)


def fill_missing(party: Party, actor: Actor) -> list[Event]:
    """Take what a party brings off the list of who is missing, once it counts; returns what happened."""
    if not party.is_confirmed:
        return []
    invited_for = Invitation.objects.filter(party=party).values("missing_voice")
    brought = Q(id__in=invited_for) | Q(sector=party.organisation.sector)
    filled: list[Event] = []
    missing = party.coalition.missing.open().filter(brought)
    for voice in missing.select_for_update(of=("self",), no_key=True):
        voice.filled_at, voice.filled_by = actor.now, party
        voice.save(update_fields=["filled_at", "filled_by"])
        filled.append(
            events.MissingVoiceFilled(missing_voice=voice.id, kind=voice.kind, party=party.id)
        )
    return filled
