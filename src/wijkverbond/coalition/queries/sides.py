"""Who acts on both sides of the table: for government, and for a partner of society beside it.

Whoever acts for a government organisation, or did so in the last ninety days, acts for no partner of
society where that organisation takes part, or another one in the same municipality.
"""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Sequence

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Coalition, Kind, Mandate, Party
from wijkverbond.coalition.models.mandates import RECENTLY
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.models import Entry
from wijkverbond.places import divisions

ACTS_FOR_SOCIETY = _(
    "You act for a partner of residents, entrepreneurs or organisations in this neighbourhood. Here "
    "nobody speaks for government too. First stop there, or say no."
)
ACTS_FOR_GOVERNMENT = _(
    "You act for government in this neighbourhood. Here nobody speaks for residents, entrepreneurs or "
    "an organisation too. Stop there and wait 90 days, or say no."
)
ACTED_FOR_GOVERNMENT = _(
    "You acted for government in this neighbourhood. You can say yes to this from %(day)s on. Is that "
    "too late? Then say no, and ask them to ask you again."
)

Barring = dict[tuple[uuid.UUID, uuid.UUID], list[Mandate]]


def for_government(person: uuid.UUID | OuterRef | None, now: dt.datetime) -> Exists:
    """Whether a person acts for government anywhere, as part of a query: hardly anybody does both."""
    return Exists(Mandate.objects.lately(now).for_government().filter(person=person))


def barring_mandates(
    people: Collection[uuid.UUID], coalitions: Collection[Coalition], now: dt.datetime
) -> Barring:
    """The mandates for government with which a person acts for nobody else in a coalition.

    By person and coalition, in two queries for any number of them; who is not in it is free.
    """
    mandates = list(
        Mandate.objects.lately(now)
        .for_government()
        .filter(person__in=people)
        .select_related("party__organisation", "party__coalition")
        .order_by("since", "id")
    )
    if not mandates:
        return {}
    at_the_table = _government_of(coalitions)
    barring: Barring = {}
    for coalition in coalitions:
        organisations = at_the_table.get(coalition.id, set())
        for mandate in mandates:
            if _bars(mandate, coalition, organisations):
                assert mandate.person_id
                barring.setdefault((mandate.person_id, coalition.id), []).append(mandate)
    return barring


def _government_of(coalitions: Collection[Coalition]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """The organisations of government that take part, by coalition."""
    at_the_table: dict[uuid.UUID, set[uuid.UUID]] = {}
    government = Party.objects.present().filter(
        coalition__in=coalitions, organisation__kind=Kind.GOVERNMENT
    )
    for coalition_id, organisation in government.values_list("coalition", "organisation"):
        at_the_table.setdefault(coalition_id, set()).add(organisation)
    return at_the_table


def why_not(person: uuid.UUID, party: Party, now: dt.datetime) -> str:
    """Why a person cannot begin to act for a party: they act for the other side. Empty when they can.

    For themselves only: to who asks them it would tell for whom they act.
    """
    if party.kind == Kind.GOVERNMENT:
        return str(ACTS_FOR_SOCIETY) if would_bar(person, party, now) else ""
    barring = barring_mandates([person], [party.coalition], now)
    if not barring:
        return ""
    free = free_again(barring[person, party.coalition_id])
    if free is None:
        return str(ACTS_FOR_GOVERNMENT)
    day = date_format(timezone.localdate(free), "j F Y")
    return str(ACTED_FOR_GOVERNMENT) % {"day": day}


def would_bar(person: uuid.UUID, party: Party, now: dt.datetime) -> bool:
    """Whether a mandate for this party of government would keep a person from a partner of society.

    For which they act now.
    """
    of_society = Party.objects.present().society()
    acted_for = of_society.filter(mandates__in=Mandate.objects.current(now).filter(person=person))
    coalitions = list(Coalition.objects.filter(id__in=acted_for.values("coalition")))
    at_the_table = _government_of(coalitions)
    given = Mandate(party=party)
    return any(_bars(given, each, at_the_table.get(each.id, set())) for each in coalitions)


def was_put_on(mandate: Mandate) -> bool:
    """Whether somebody was given a mandate before their yes was asked, and never used it.

    While they acted for another partner: whoever gives it back is free at once. Whoever said yes used
    it by that, so this only holds for mandates that are older than that rule.
    """
    if mandate.granted_by_id == mandate.person_id:
        return False
    acted_already = Mandate.objects.current(mandate.since).filter(
        person=mandate.person_id, since__lt=mandate.since
    )
    used = Entry.objects.filter(person=mandate.person_id, party=mandate.party_id)
    return acted_already.exclude(party=mandate.party_id).exists() and not used.exists()


def _bars(mandate: Mandate, coalition: Coalition, organisations: set[uuid.UUID]) -> bool:
    if mandate.party.organisation_id in organisations:
        return True
    here = divisions.municipalities_of(coalition.place_codes)
    there = divisions.municipalities_of(mandate.party.coalition.place_codes)
    # Nobody knows where an area lies that has only words: it may be the same municipality.
    may_be_one = bool(here & there) or not here or not there
    return bool(organisations) and may_be_one


def is_barred(person: uuid.UUID | None, coalition: Coalition, now: dt.datetime) -> bool:
    """Whether a person acts for no partner of society in this coalition."""
    return person is not None and bool(barring_mandates([person], [coalition], now))


def free_again(barring: Iterable[Mandate]) -> dt.datetime | None:
    """When these mandates bar nobody any more; None while one of them has no end."""
    ends = [_end(mandate) for mandate in barring]
    known = [end for end in ends if end]
    return max(known) + RECENTLY if known and len(known) == len(ends) else None


def _end(mandate: Mandate) -> dt.datetime | None:
    ends = [end for end in (mandate.until, mandate.party.left_at) if end]
    return min(ends, default=None)


@dataclasses.dataclass(frozen=True)
class SideChoice:
    """What somebody who acts on both sides chooses between in a coalition.

    `society` are the partners for which they act here, `government` those of government that keep them
    from it. `free_on` is the day on which they can act for society again when they stopped for
    government already. `alone` are the parties for which nobody else acts.
    """

    society: Sequence[Party]
    government: Sequence[Party]
    free_on: dt.date | None
    alone: Sequence[Party]


def side_choice(actor: Actor, coalition: Coalition) -> SideChoice | None:
    """What the person behind this actor has to choose in a coalition; None when nothing."""
    if actor.person is None:
        return None
    barring = barring_mandates([actor.person], [coalition], actor.now)
    for_government = barring.get((actor.person, coalition.id), [])
    society = (
        Party.objects.present()
        .society()
        .filter(mandates__in=Mandate.objects.current(actor.now).filter(person=actor.person))
    )
    society_parties = list(
        society.filter(coalition=coalition).select_related("organisation").distinct()
    )
    if not for_government or not society_parties:
        return None
    government = list({mandate.party for mandate in for_government})
    free = free_again(for_government)
    others = Mandate.objects.current(actor.now).exclude(person=actor.person)
    represented = set(
        others.filter(party__in=[*society_parties, *government], person__isnull=False).values_list(
            "party", flat=True
        )
    )
    return SideChoice(
        society=society_parties,
        government=government,
        free_on=timezone.localdate(free) if free else None,
        alone=[party for party in [*society_parties, *government] if party.id not in represented],
    )
