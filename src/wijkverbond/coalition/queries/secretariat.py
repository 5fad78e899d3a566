"""Who organises for the coalition, whom partners want to ask, and which of them agree."""

import datetime as dt
import uuid
from collections.abc import Iterable

from wijkverbond.accounts.models import User
from wijkverbond.coalition import policies
from wijkverbond.coalition.models import (
    Coalition,
    Kind,
    Mandate,
    Party,
    Secretariat,
    SecretariatVoice,
)
from wijkverbond.coalition.queries import voices
from wijkverbond.coalition.queries.mandates import representatives
from wijkverbond.coalition.queries.sides import is_barred
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import Permission

PARTIES_TO_AGREE = 2
About = SecretariatVoice.About


def current_secretariat(coalition: Coalition) -> list[Secretariat]:
    """Who organises for the coalition now."""
    return list(
        Secretariat.objects.current()
        .filter(coalition=coalition)
        .select_related("person", "lent_by__organisation")
        .prefetch_related("voices__party__organisation")
        .order_by("since")
    )


def organised_by(person: uuid.UUID) -> list[Coalition]:
    """The coalitions for which somebody organises now."""
    organising = Secretariat.objects.current().filter(person=person)
    return list(Coalition.objects.filter(secretariat__in=organising).order_by("name", "id"))


def everyone_involved(coalition: Coalition, now: dt.datetime) -> list[User]:
    """Who acts for a present party, and who organises: each once."""
    people = {person.id: person for person in representatives(coalition.parties.present(), now)}
    for secretariat in (
        Secretariat.objects.current().filter(coalition=coalition).select_related("person")
    ):
        if secretariat.person:
            people[secretariat.person.id] = secretariat.person
    return list(people.values())


def proposed_secretariat(coalition: Coalition) -> list[Secretariat]:
    """Whom partners want to ask, while not enough of them agree."""
    return list(
        Secretariat.objects.proposed()
        .filter(coalition=coalition)
        .select_related("person", "lent_by__organisation")
        .prefetch_related("voices__party__organisation")
        .order_by("id")
    )


def agreeing(secretariat: Secretariat, about: str) -> list[Party]:
    """The parties that agree and count: society, present and confirmed."""
    agreed = secretariat.voices.filter(about=about).values("party")
    parties = Party.objects.present().society().confirmed().filter(id__in=agreed)
    return list(parties.select_related("organisation"))


def is_enough(secretariat: Secretariat, about: str) -> bool:
    """Whether enough parties agree: two, and of two kinds where two kinds take part."""
    agreed = agreeing(secretariat, about)
    at_the_table = secretariat.coalition.parties.present().society().confirmed()
    kinds = set(at_the_table.order_by().values_list("organisation__kind", flat=True))
    needed = min(len(kinds), PARTIES_TO_AGREE)
    return len(agreed) >= PARTIES_TO_AGREE and len(_kinds(agreed)) >= needed


def _kinds(parties: Iterable[Party]) -> set[str]:
    return {party.kind for party in parties}


def may_grant(actor: Actor, coalition: Coalition, proposal: Secretariat | None) -> Permission:
    """Whether the actor may agree to ask somebody; a person does so for one party."""
    permission = policies.may_grant_secretariat(actor, coalition)
    if permission and proposal:
        return voices.one_voice(proposal.voices.filter(about=About.BEGIN), actor)
    return permission


def may_revoke(actor: Actor, secretariat: Secretariat) -> Permission:
    """Whether the actor may end somebody's work, or agree to it for one party."""
    permission = policies.may_revoke_secretariat(actor, secretariat)
    if permission and secretariat.since:
        return voices.one_voice(secretariat.voices.filter(about=About.END), actor)
    return permission


def is_partial(person: uuid.UUID | None, coalition: uuid.UUID, now: dt.datetime) -> bool:
    """Whether somebody of the secretariat has a side: acts for a partner, or is government's.

    Who is lent by government, or acts for it in the same municipality, speaks for nobody else.
    """
    lent = Secretariat.objects.current().filter(
        coalition=coalition, person=person, lent_by__organisation__kind=Kind.GOVERNMENT
    )
    if voices.acts_in(person, coalition, now) or lent.exists():
        return True
    anywhere = Mandate.objects.lately(now).for_government().filter(person=person)
    return anywhere.exists() and is_barred(person, Coalition.objects.get(id=coalition), now)
