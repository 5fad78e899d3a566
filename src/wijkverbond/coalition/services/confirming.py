"""Confirming that a newcomer is what it says, from which moment it counts."""

import uuid
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition import events, policies
from wijkverbond.coalition.models import (
    Coalition,
    Kind,
    Organisation,
    Party,
    PartyConfirmation,
    sectors,
)
from wijkverbond.coalition.models.choices import Says
from wijkverbond.coalition.models.confirmations import whose_word_counts
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.services.joining import (
    ANSWER_TERM_DAYS,
    facts_of,
    listing,
    lock_coalition,
    organisation_described,
)
from wijkverbond.coalition.services.missing_voices import fill_missing
from wijkverbond.coalition.who_counts import OF_WHOM_IS_DOUBT, newly_confirmed, said_by
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event
from wijkverbond.kernel.journal import record_in
from wijkverbond.kernel.models import INSTALLATION
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.shown import require_shown

EventsByStream = dict[uuid.UUID, list[Event]]


@transaction.atomic
def confirm_party(
    party: Party, *, actor: Actor, says: str = Says.AS_IT_SAYS, shown: str | None = None
) -> None:
    """Confirm for one's own party that another is what it says it is.

    It counts from now on when the own party does; of the first two of a coalition both count once
    each confirmed the other. Whoever it confirmed before that counts then too. Of a party that is
    called as a public body may be two say what it is: when they say that it is one, it is government.
    Said again it changes nothing. Raises ValidationError when the party has left, and for a public
    body of which the name leaves no doubt.
    """
    coalition = lock_coalition(party.coalition_id)
    parties = Party.objects.select_for_update(of=("organisation",), no_key=True)
    party = parties.select_related("organisation").get(id=party.id)
    require(policies.may_confirm_party(actor, party))
    require_shown(shown, party)
    if party.left_at:
        raise ValidationError(_("This partner has left the coalition."))
    if says != Says.AS_IT_SAYS and not party.organisation.is_kind_in_doubt:
        raise ValidationError(_("The name of this partner leaves no doubt about what it is."))
    own_party = party_of(actor)
    said_before = party.party_confirmations.filter(party=own_party).exists()
    if party.is_confirmed or said_before:
        return
    confirmation = PartyConfirmation(
        party=own_party, about=party, person_id=actor.person, says=says, given_at=actor.now
    )
    confirmation.full_clean()
    confirmation.save()
    given = events.PartyConfirmationGiven(
        party=party.id, kind=party.kind, confirmed_by=own_party.id, says=says
    )
    settled = _settle_kind(coalition, actor) or {coalition.id: _let_count(coalition, actor)}
    record_in(settled if any(settled.values()) else {coalition.id: [given]}, actor=actor)


def _said(coalition: Coalition, says: str, actor: Actor) -> list[tuple[uuid.UUID, uuid.UUID]]:
    standing = PartyConfirmation.objects.standing(actor.now).filter(about__coalition=coalition)
    return list(standing.filter(says=says).values_list("party", "about"))


def _counting(coalition: Coalition) -> set[uuid.UUID]:
    return set(whose_word_counts(coalition.id).values_list("id", flat=True))


def _let_count(coalition: Coalition, actor: Actor) -> list[Event]:
    unconfirmed = coalition.parties.present().filter(confirmed_at=None)
    newcomers = list(unconfirmed.select_related("organisation", "coalition"))
    doubtful = {party.id for party in newcomers if party.organisation.is_kind_in_doubt}
    said = _said(coalition, Says.AS_IT_SAYS, actor)
    through = newly_confirmed(_counting(coalition), said, doubtful)
    confirmed: list[Event] = []
    for newcomer in newcomers:
        if newcomer.id in through:
            confirmed.append(_count(newcomer, through[newcomer.id], actor))
            confirmed += fill_missing(newcomer, actor)
    return [*confirmed, *listing(coalition, actor)] if confirmed else []


def _count(party: Party, through: Sequence[uuid.UUID], actor: Actor) -> Event:
    party.confirmed_at, party.confirmed_by_id = actor.now, through[-1]
    party.save(update_fields=["confirmed_at", "confirmed_by"])
    return events.PartyConfirmed(party=party.id, kind=party.kind, confirmed_by=list(through))


def _settle_kind(coalition: Coalition, actor: Actor) -> EventsByStream:
    """Make government what two parties that count call a public body, wherever it takes part."""
    heard = said_by(_counting(coalition), _said(coalition, Says.PUBLIC_BODY, actor))
    by_stream: EventsByStream = {}
    for about, through in heard.items():
        organisation = Organisation.objects.select_for_update(no_key=True).get(parties=about)
        if len(through) < OF_WHOM_IS_DOUBT or organisation.kind == Kind.GOVERNMENT:
            continue
        earlier = organisation.kind
        organisation.kind, organisation.sector = Kind.GOVERNMENT, sectors.OTHER_GOVERNMENT
        organisation.save(update_fields=["kind", "sector"])
        by_stream[INSTALLATION] = [organisation_described(organisation)]
        by_stream[coalition.id] = [
            events.KindSettled(
                party=about, kind=organisation.kind, earlier_kind=earlier, confirmed_by=through
            )
        ]
        for party in organisation.parties.present().select_related("organisation"):
            party.answer_term_days = party.answer_term_days or ANSWER_TERM_DAYS
            party.save(update_fields=["answer_term_days"])
            described: list[Event] = [events.PartyDescribed(**facts_of(party))]
            if not party.is_confirmed:
                described.append(_count(party, through, actor))
            by_stream.setdefault(party.coalition_id, []).extend(described)
    return by_stream
