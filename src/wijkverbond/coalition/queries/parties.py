"""Which parties take part."""

from django.utils.translation import gettext as _

from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import Refused


def parties(coalition: Coalition) -> list[Party]:
    """The parties present, with their organisations, in order of joining."""
    return list(coalition.parties.present().select_related("organisation"))


def party_of(actor: Actor) -> Party:
    """The party for which someone acts; refused when they speak only for themselves."""
    if actor.party is None:
        raise Refused(_("This is done by a partner, not by a person alone."))
    return Party.objects.select_related("organisation", "coalition").get(id=actor.party)
