"""Confirming that a newcomer is what it says, from which moment it counts."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition import events, policies
from wijkverbond.coalition.models import Coalition, Party, PartyConfirmation
from wijkverbond.coalition.models.confirmations import whose_word_counts
from wijkverbond.coalition.queries import party_of
from wijkverbond.coalition.services.joining import listing, lock_coalition
from wijkverbond.coalition.services.missing_voices import fill_missing
from wijkverbond.coalition.who_counts import newly_confirmed
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require


@transaction.atomic
def confirm_party(party: Party, *, actor: Actor) -> None:
    """Confirm for one's own party that another is what it says it is.

    It counts from now on when the own party does; of the first two of a coalition both count once
    each confirmed the other. Whoever it confirmed before that counts then too. Said again it changes
    nothing. Raises ValidationError when the party has left.
    """
    coalition = lock_coalition(party.coalition_id)
    party = Party.objects.select_related("organisation").get(id=party.id)
    require(policies.may_confirm_party(actor, party))
    if party.left_at:
        raise ValidationError(_("This partner has left the coalition."))
    own_party = party_of(actor)
    said_before = party.party_confirmations.filter(party=own_party).exists()
    if party.is_confirmed or said_before:
        return
    confirmation = PartyConfirmation(
        party=own_party, about=party, person_id=actor.person, given_at=actor.now
    )
    confirmation.full_clean()
    confirmation.save()
    confirmed = _let_count(coalition, actor)
    if not confirmed:
        given = events.PartyConfirmationGiven(
            party=party.id, kind=party.kind, confirmed_by=own_party.id
        )
        confirmed = [given]
    record(*confirmed, actor=actor, stream=coalition.id)


def _let_count(coalition: Coalition, actor: Actor) -> list[Event]:
    counting = whose_word_counts(coalition.id)
    standing = PartyConfirmation.objects.standing(actor.now).filter(about__coalition=coalition)
    said = standing.values_list("party", "about")
    through = newly_confirmed({*counting.values_list("id", flat=True)}, list(said))
    newcomers = coalition.parties.filter(id__in=through, confirmed_at=None)
    confirmed: list[Event] = []
    for newcomer in newcomers.select_related("organisation", "coalition"):
        newcomer.confirmed_at, newcomer.confirmed_by_id = actor.now, through[newcomer.id]
        newcomer.save(update_fields=["confirmed_at", "confirmed_by"])
        confirmed.append(
            events.PartyConfirmed(
                party=newcomer.id, kind=newcomer.kind, confirmed_by=[through[newcomer.id]]
            )
        )
        confirmed += fill_missing(newcomer, actor)
    return [*confirmed, *listing(coalition, actor)] if confirmed else []
