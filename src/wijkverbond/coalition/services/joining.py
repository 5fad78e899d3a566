"""Starting a coalition and joining one: how an organisation becomes a party."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition import events, policies
from wijkverbond.coalition.models import (
    Access,
    Coalition,
    Involvement,
    Kind,
    Mandate,
    Organisation,
    Party,
    PartyRole,
    TakingPart,
    name_normalisation,
    sectors,
)
from wijkverbond.coalition.queries import acting_for
from wijkverbond.coalition.queries.kinds import settled_sector
from wijkverbond.kernel import shared_fields
from wijkverbond.kernel.actor import Actor, MandateType
from wijkverbond.kernel.events import Event, Text
from wijkverbond.kernel.journal import record_in
from wijkverbond.kernel.models import INSTALLATION
from wijkverbond.kernel.policy import require

HANDOVER_AFTER = dt.timedelta(days=180)
CONFIRMATIONS_TO_LIST = 3
ANSWER_TERM_DAYS = 15
RESERVED = {"nieuw"}
UNGUESSED = "bcdfghjkmnpqrstvwxz23456789"  # no words come about by chance


@transaction.atomic
def start(
    coalition: Coalition,
    organisation: Organisation,
    taking_part: TakingPart,
    *,
    actor: Actor,
    taken_over: bool = False,
) -> Party:
    """Start a coalition for an organisation, which joins as the first party.

    `coalition`, a new `organisation` and `taking_part` come unsaved; slug, moment and handover are
    set here. When government starts it, the handover to the partners is due after 180 days. Raises
    ValidationError with the fields' names.
    """
    registered = settle(organisation)
    require(policies.may_start(actor, organisation))
    if taking_part.involvement == Involvement.DISTANCE and organisation.kind != Kind.GOVERNMENT:
        raise ValidationError(
            {"involvement": _("Who lives, works, owns or is responsible here starts a coalition.")}
        )
    coalition.name = name_normalisation.normalised_name(coalition.name)
    coalition.slug = _free_slug(coalition)
    coalition.started_at = actor.now
    if organisation.kind == Kind.GOVERNMENT:
        coalition.hand_over_due = timezone.localdate(actor.now + HANDOVER_AFTER)
    enter(organisation, coalition)
    insert(coalition)
    party = new_party(coalition, organisation, taking_part, PartyRole.INITIATOR, actor)
    mandate = first_mandate(party, actor)
    started = events.CoalitionStarted(
        coalition=coalition.id,
        initiator=party.id,
        initiator_kind=party.kind,
        places=coalition.place_codes,
        division_year=coalition.place_year,
        since=actor.today,
        access=coalition.access,
        taken_over=_yesno(taken_over),
        title=Text(coalition.name),
        hand_over_due=coalition.hand_over_due,
        area=Text(coalition.area) if coalition.area else None,
    )
    joined = joined_event(party, actor, taken_over=taken_over)
    record_joining(party, [started, joined, mandate], actor, organisation=registered)
    return party


def settle(organisation: Organisation) -> Organisation | None:
    """Check a new organisation and give it its kind; None when it is known already.

    Its sector is the one chosen, unless it is a public body: that is government.
    """
    if not organisation._state.adding:
        return None
    organisation.name = name_normalisation.normalised_name(organisation.name)
    if organisation.sector == sectors.POLITICAL_PARTY:
        raise ValidationError({"sector": sectors.POLITICAL_PARTY_REFUSED})
    if organisation.sector not in sectors.SECTORS:
        raise ValidationError({"sector": _("Choose a sort of organisation.")})
    organisation.sector = settled_sector(organisation)
    organisation.kind = sectors.SECTORS[organisation.sector].kind
    return organisation


def enter(organisation: Organisation, coalition: Coalition) -> None:
    """Let an organisation, new or known already, be known where it joins.

    Where everyone sees who takes part, its name must be free among those that everyone can know. In a
    coalition that prepares in private it need not: a refusal would tell who prepares there.
    """
    public = coalition.access == Access.PUBLIC
    if organisation._state.adding:
        organisation.known = public
        insert(organisation)
    elif public and not organisation.known:
        organisation.known = True
        change(organisation, ["known"])


def insert(instance: Model) -> None:
    """Store something new; what another request stored a moment before is a refusal, no crash."""
    instance.full_clean()
    try:
        with transaction.atomic():
            instance.save(force_insert=True)
    except IntegrityError:
        instance.full_clean()
        raise


def change(instance: Model, fields: Iterable[str]) -> None:
    """Store what changed; what another request stored a moment before is a refusal, no crash."""
    instance.full_clean()
    try:
        with transaction.atomic():
            instance.save(update_fields=fields)
    except IntegrityError:
        instance.full_clean()
        raise


def lock_coalition(coalition: uuid.UUID) -> Coalition:
    """The coalition, locked until the transaction ends.

    Its circle changes, its records get their numbers and its versions follow each other one by one.
    """
    return Coalition.objects.select_for_update(of=("self",), no_key=True).get(id=coalition)


def new_party(
    coalition: Coalition,
    organisation: Organisation,
    taking_part: TakingPart,
    role: str,
    actor: Actor,
) -> Party:
    party = Party(
        coalition=coalition,
        organisation=organisation,
        role=role_at(role, organisation.kind, taking_part.involvement),
        joined_at=actor.now,
        confirmed_at=actor.now if confirmed_on_joining(organisation) else None,
        brought_by_id=actor.person,
        **shared_fields.values(taking_part, TakingPart),
    )
    party.answer_term_days = _answer_term(organisation, taking_part)
    insert(party)
    return party


def confirmed_on_joining(organisation: Organisation) -> bool:
    """Whether an organisation counts from the day it joins, without others confirming it."""
    return organisation.kind == Kind.GOVERNMENT


def role_at(role: str, kind: str, involvement: str) -> str:
    """The role of a party with this tie to the area: without one it advises (R8).

    Government answers and facilitates also from a distance, and a funder that was invited as such
    stays one. An adviser that gets a tie becomes a partner.
    """
    if involvement == Involvement.DISTANCE:
        keeps_role = kind == Kind.GOVERNMENT or role == PartyRole.FUNDER
        return role if keeps_role else PartyRole.ADVISER
    return role


def _answer_term(organisation: Organisation, taking_part: TakingPart) -> int | None:
    if organisation.kind != Kind.GOVERNMENT:
        return None
    return taking_part.answer_term_days or ANSWER_TERM_DAYS


def first_mandate(party: Party, actor: Actor, *rests_on: str) -> Event:
    mandate = Mandate(
        party=party,
        person_id=actor.person,
        sort=MandateType.TAKE_PART,
        may_grant=True,
        granted_by_id=actor.person,
        since=actor.now,
    )
    insert(mandate)
    return events.MandateGranted(
        mandate=mandate.id,
        party=party.id,
        may=[mandate.sort],
        jointly="no",
        starts=actor.today,
        rests_on=rests_on,
    )


class PartyFacts(TypedDict):
    """How a party takes part, as the journal says it when it joins and when it describes itself."""

    party: uuid.UUID
    organisation: uuid.UUID
    kind: str
    role: str
    levels: list[str]
    involvement: str
    effort: str
    legal_form: str
    sector: str
    answer_term_days: int | None
    title: Text


def facts_of(party: Party) -> PartyFacts:
    """How this party takes part now."""
    organisation = party.organisation
    return PartyFacts(
        party=party.id,
        organisation=organisation.id,
        kind=organisation.kind,
        role=party.role,
        levels=party.levels,
        involvement=party.involvement,
        effort=organisation.effort,
        legal_form=organisation.legal_form,
        sector=organisation.sector,
        answer_term_days=party.answer_term_days,
        title=Text(organisation.name),
    )


def organisation_described(organisation: Organisation) -> Event:
    """The organisation as it is from now on."""
    return events.OrganisationDescribed(
        organisation=organisation.id,
        kind=organisation.kind,
        sector=organisation.sector,
        legal_form=organisation.legal_form,
        effort=organisation.effort,
        title=Text(organisation.name),
    )


def joined_event(
    party: Party, actor: Actor, *, taken_over: bool = False, rests_on: tuple[str, ...] = ()
) -> Event:
    return events.PartyJoined(
        **facts_of(party),
        joined_on=actor.today,
        taken_over=_yesno(taken_over),
        confirmed=_yesno(party.is_confirmed),
        rests_on=rests_on,
    )


def listing(coalition: Coalition, actor: Actor) -> list[Event]:
    """List the coalition on the portal once three parties from its area take part.

    They are confirmed, and three different people brought them: who founds three organisations is
    one. Who brought a party long ago is not known, and then nobody twice.
    """
    direct = [party for party in coalition.parties.present().confirmed() if party.direct]
    bringers = {party.brought_by_id or party.id for party in direct}
    if coalition.listed_at or len(bringers) < CONFIRMATIONS_TO_LIST:
        return []
    if coalition.access == Access.PREPARING:
        return []
    coalition.listed_at = actor.now
    coalition.save(update_fields=["listed_at"])
    return [
        events.CoalitionListed(
            coalition=coalition.id,
            confirmations=len(direct),
            rests_on=tuple(f"party:{party.id}" for party in direct),
        )
    ]


def record_joining(
    party: Party, joining: list[Event], actor: Actor, *, organisation: Organisation | None
) -> None:
    assert actor.person
    registered: list[Event] = []
    if organisation:
        registered = [
            events.OrganisationRegistered(
                organisation=organisation.id,
                kind=organisation.kind,
                sector=organisation.sector,
                legal_form=organisation.legal_form,
                effort=organisation.effort,
                title=Text(organisation.name),
            )
        ]
    by_stream = {party.coalition_id: joining} | ({INSTALLATION: registered} if registered else {})
    representative = acting_for(actor.person, party, now=actor.now, channel=actor.channel)
    record_in(by_stream, actor=representative)


def _free_slug(coalition: Coalition) -> str:
    """The name as part of an address, numbered when others have it.

    A number says that there is another. So one that prepares in private takes no such place, but an
    address that nobody guesses, and so does who would get a number because of one.
    """
    base = slugify(coalition.name)[:50].strip("-") or "coalitie"
    others = Coalition.objects.filter(slug__startswith=base).values_list("slug", "access")
    taken: dict[str, str] = dict.fromkeys(RESERVED, Access.PUBLIC.value) | dict(others)
    slug, number = base, 2
    while slug in taken and taken[slug] == Access.PUBLIC:
        slug, number = f"{base}-{number}", number + 1
    if coalition.access == Access.PREPARING or slug in taken:
        return f"{base}-{get_random_string(8, UNGUESSED)}"
    return slug


def _yesno(value: bool) -> str:  # noqa: FBT001 - it turns a boolean into the code for it
    return "yes" if value else "no"
