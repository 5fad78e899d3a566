"""Asking somebody to act for a party, and what they answer: a mandate needs the yes of who gets it."""

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts.models import User
from wijkverbond.coalition import events, policies
from wijkverbond.coalition.models import Mandate, MandateOffer, Party
from wijkverbond.coalition.models.mandate_offers import OUT_OF_DATE, VALID_FOR
from wijkverbond.coalition.queries import acting_for, sides
from wijkverbond.coalition.services.giving import give, granted
from wijkverbond.kernel import jobs
from wijkverbond.kernel.actor import Actor, MandateType
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.races import refused_races
from wijkverbond.kernel.shown import require_shown

Outcome = MandateOffer.Outcome


def ask(offer: MandateOffer, at: dt.datetime) -> events.MandateOffered:
    """Ask a person whether they want this, by mail unless they are here; returns what happened, to be recorded.

    `offer` comes unsaved, and its party is locked. It says nothing of whom the person acts for: that
    is between them and the site, once they answer.
    """
    earlier = MandateOffer.objects.filter(party=offer.party, person=offer.person)
    if earlier.open(at).exists():
        raise ValidationError(
            _("This person was asked already. To ask something else, first take that back.")
        )
    earlier.delete()
    offer.offered_at = at
    offer.expires_at = min(at + VALID_FOR, offer.until or at + VALID_FOR)
    offer.full_clean()
    offer.save(force_insert=True)
    if not offer.by_sign_in:  # that finds it under their work, where they go on to
        # Whom all partners decided to ask, they ask together.
        by = offer.party_id if offer.offered_by_id else offer.party.coalition_id
        jobs.defer("coalition.send_mandate_offer", offer=str(offer.id), by=str(by))
    return events.MandateOffered(
        mandate_offer=offer.id, party=offer.party_id, may=offer.types, expires=offer.expires_at
    )


def to_lead(party: Party, person: User, *, offered_by: uuid.UUID | None = None) -> MandateOffer:
    """To take part for a party and give mandates, unsaved: what who takes over is asked."""
    return MandateOffer(
        party=party,
        person=person,
        types=[MandateType.TAKE_PART],
        may_grant=True,
        offered_by_id=offered_by,
    )


@refused_races()
@transaction.atomic
def ask_successor(party: Party, person: User, *, actor: Actor) -> None:
    """Ask somebody to take over, as who acted last for a party that sleeps; no longer whom they asked before."""
    parties = Party.objects.select_for_update(of=("self",), no_key=True)
    party = parties.select_related("organisation", "coalition").get(id=party.id)
    require(policies.may_ask_successor(actor, party))
    if person.id == actor.person:
        raise ValidationError({"email": _("Name somebody else.")})
    open_offers = MandateOffer.objects.open(actor.now).filter(party=party)
    if open_offers.filter(person=person, offered_by=actor.person).exists():
        return
    taken_back = take_back_offers_by(actor.person, party, actor.now)
    asked = ask(to_lead(party, person, offered_by=actor.person), actor.now)
    record(*taken_back, asked, actor=actor, stream=party.coalition_id)


def take_back_offers_by(
    person: uuid.UUID | None, party: Party, at: dt.datetime
) -> list[events.MandateOfferEnded]:
    """What somebody asked others who may give no mandates any more; returns what is to be recorded."""
    offers = list(MandateOffer.objects.open(at).filter(party=party, offered_by=person))
    return [end_offer(offer, Outcome.TAKEN_BACK, at) for offer in offers]


@refused_races()
@transaction.atomic
def accept_mandate(offer: MandateOffer, *, actor: Actor, shown: str | None = None) -> list[Mandate]:
    """Say yes: the person acts for the party from now on. Said once more it changes nothing.

    Refused to who acts for the other side: government, or a partner of society beside it.
    """
    offer = _held(offer)
    require(policies.may_answer_offer(actor, offer))
    assert actor.person
    if offer.outcome == Outcome.YES:
        return []
    require_shown(shown, offer)
    offer.check_open(actor.now)
    if why := sides.why_not(actor.person, offer.party, actor.now):
        raise ValidationError(why)
    given = give(offer, actor.now)
    end_offer(offer, Outcome.YES, actor.now)
    about = (f"mandate_offer:{offer.id}",)
    joined = acting_for(actor.person, offer.party, now=actor.now, channel=actor.channel)
    happened = [granted(mandate, rests_on=about) for mandate in given]
    record(*happened, actor=joined, stream=offer.party.coalition_id)
    return given


@transaction.atomic
def decline_mandate(offer: MandateOffer, *, actor: Actor) -> None:
    """Say no; nobody is told why."""
    offer = _held(offer)
    require(policies.may_answer_offer(actor, offer))
    if offer.outcome != Outcome.NO:
        offer.check_open(actor.now)
        ended = end_offer(offer, Outcome.NO, actor.now)
        record(ended, actor=actor, stream=offer.party.coalition_id)


@transaction.atomic
def take_back_offer(offer: MandateOffer, *, actor: Actor) -> None:
    """Ask no longer, as somebody of the party who may give mandates."""
    offer = _held(offer)
    require(policies.may_grant_mandate(actor, offer.party))
    offer.check_open(actor.now)
    ended = end_offer(offer, Outcome.TAKEN_BACK, actor.now)
    record(ended, actor=actor, stream=offer.party.coalition_id)


def end_offer(offer: MandateOffer, outcome: str, at: dt.datetime) -> events.MandateOfferEnded:
    """End an offer; returns what happened, to be recorded."""
    offer.outcome, offer.ended_at = outcome, at
    offer.save(update_fields=["outcome", "ended_at"])
    return events.MandateOfferEnded(mandate_offer=offer.id, party=offer.party_id, why=outcome)


def _held(offer: MandateOffer) -> MandateOffer:
    """The offer as it is now, locked; its party before it, as everyone takes them."""
    Party.objects.select_for_update(no_key=True).get(id=offer.party_id)
    offers = MandateOffer.objects.select_for_update(of=("self",), no_key=True)
    related = ("person", "party__organisation", "party__coalition")
    held = offers.select_related(*related).filter(id=offer.id).first()
    if held is None:
        raise ValidationError(OUT_OF_DATE)
    return held
