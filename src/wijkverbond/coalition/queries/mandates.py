"""Who acts for a party."""

import collections
import dataclasses
import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import OuterRef, QuerySet
from django.utils.functional import Promise

from wijkverbond.accounts.models import User
from wijkverbond.coalition.models import (
    Coalition,
    Kind,
    Mandate,
    MandateOffer,
    Organisation,
    Party,
)
from wijkverbond.coalition.queries import sides
from wijkverbond.kernel.actor import Actor, MandateType


@dataclasses.dataclass(frozen=True)
class Representative:
    """Somebody who acts for a party, as its own people see them."""

    mandates: Sequence[Mandate]

    @property
    def address(self) -> str:
        """The person's e-mail address."""
        person = self.mandates[0].person
        return person.email if person else ""

    @property
    def may_grant(self) -> bool:
        """Whether this person can give mandates."""
        return any(mandate.may_grant for mandate in self.mandates)


def people_of(party: Party, now: dt.datetime) -> list[Representative]:
    """Who acts for a party, in order of their first mandate."""
    mandates = (
        Mandate.objects.current(now)
        .filter(party=party, person__isnull=False)
        .select_related("person", "party__organisation")
        .order_by("since", "id")
    )
    by_person: dict[uuid.UUID | None, list[Mandate]] = {}
    order = list(MandateType)
    for mandate in sorted(mandates, key=lambda mandate: order.index(MandateType(mandate.sort))):
        by_person.setdefault(mandate.person_id, []).append(mandate)
    return [Representative(of_person) for of_person in by_person.values()]


def offers_of(party: Party) -> list[MandateOffer]:
    """Whom a party asked to act for it and who did not say yes: its own people see them."""
    offers = party.mandate_offers.select_related("person", "party")
    return list(offers.filter(person__isnull=False, outcome__in=["", MandateOffer.Outcome.NO]))


def offers_to(person: uuid.UUID, now: dt.datetime) -> list[MandateOffer]:
    """What partners ask a person to do for them, and they did not answer yet."""
    offers = MandateOffer.objects.open(now).filter(person=person)
    return list(offers.select_related("party__organisation", "party__coalition"))


@dataclasses.dataclass(frozen=True)
class KnownOfPeople:
    """What everyone may know of the people of a party, without knowing who they are.

    `asleep`: nobody can act for it now. `on_both_sides`: somebody acts for government too and does
    nothing for it until they choose. `hosts`: somebody of them also runs the site.
    """

    asleep: bool
    on_both_sides: bool
    hosts: bool


def known_of_people(party: Party, now: dt.datetime) -> KnownOfPeople:
    """What everyone may know of the people of a party."""
    mandates = Mandate.objects.valid(now).filter(party=party, person__isnull=False)
    rows = list(
        mandates.values_list(
            "person", "person__is_operator", sides.for_government(OuterRef("person"), now)
        )
    )
    people = {person for person, _hosts, _government in rows}
    on_both = {person for person, _hosts, government in rows if government}
    barred: set[uuid.UUID] = set()
    if on_both and party.kind != Kind.GOVERNMENT:
        barring = sides.barring_mandates(on_both, [party.coalition], now)
        barred = {person for person, _coalition in barring}
    return KnownOfPeople(
        asleep=people == barred,
        on_both_sides=bool(barred),
        hosts=any(hosts for _person, hosts, _government in rows),
    )


def mandate_counts(party: Party, now: dt.datetime) -> list[tuple[str | Promise, int]]:
    """How many people may take part, decide and sign for a party: no names, for everyone."""
    types = Mandate.objects.valid(now).filter(party=party).values_list("sort", flat=True)
    numbers = collections.Counter(types)
    return [(mandate_type.label, numbers[mandate_type]) for mandate_type in MandateType]


def unconfirmed_mandates(coalition: Coalition, actor: Actor) -> list[Mandate]:
    """Mandates to sign, of all parties, that wait for a second person."""
    return list(
        Mandate.objects.unconfirmed(actor.now)
        .filter(party__coalition=coalition)
        .select_related("party__organisation", "person")
    )


def representatives(
    parties: QuerySet[Party], now: dt.datetime, sort: str = MandateType.TAKE_PART
) -> QuerySet[User]:
    """The people who may do this for one of these parties, each once."""
    mandates = Mandate.objects.valid(now).filter(party__in=parties, sort=sort)
    return User.objects.filter(id__in=mandates.values("person")).order_by("id")


def represented_organisations(person: uuid.UUID | None, now: dt.datetime) -> list[Organisation]:
    """The organisations that this person can bring into a coalition, also after it left one."""
    leading = Mandate.objects.leading(now).filter(person=person)
    ids = leading.values("party__organisation")
    return list(Organisation.objects.filter(id__in=ids).order_by("name"))
