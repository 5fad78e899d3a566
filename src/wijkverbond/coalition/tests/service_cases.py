"""Whom the services of coalition let do something: each with the action that it asks for, and whose it is."""

from tests import make
from tests.service_cases import (
    ServiceCase,
    World,
    anyones,
    here,
    nobodys,
    on,
    one_persons,
    resident,
    residents,
)
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import Mandate, Organisation, Secretariat
from wijkverbond.coalition.queries import party_of


def unconfirmed(world: World) -> Mandate:
    """A mandate to sign for the residents' group, still to be confirmed."""
    mandates = coalitions.grant(
        resident(world), make.user(), actor=world.resident, may=["sign"], ground="statutes"
    )
    return mandates[-1]


SERVICE_CASES: dict[str, ServiceCase] = {
    "coalition.services.missing_voices.suggest_missing": ServiceCase(
        "coalition.suggest_missing_voice",
        anyones,
        on(here, coalitions.suggest_missing, sector="school", what="340 leerlingen"),
    ),
    "coalition.services.missing_voices.dismiss_missing": ServiceCase(
        "coalition.dismiss_missing_voice",
        nobodys,
        on(
            lambda world: coalitions.suggest_missing(
                world.coalition, actor=world.resident, sector="school", what="340 leerlingen"
            ),
            coalitions.dismiss_missing,
            reason="Er is er geen",
        ),
    ),
    "coalition.services.ties.report_tie": ServiceCase(
        "coalition.report_tie",
        residents,
        on(
            resident,
            lambda party, *, actor, other: coalitions.report_tie(
                party, other, actor=actor, strength="coordinates"
            ),
            other=lambda world: party_of(world.shopkeeper),
        ),
    ),
    "coalition.services.handover.propose_handover": ServiceCase(
        "coalition.propose_chair_and_rules",
        nobodys,
        on(here, coalitions.propose_handover, chair=resident, fallback="withdraw", rules="Zo."),
    ),
    "coalition.services.handover.confirm_handover": ServiceCase(
        "coalition.confirm_chair_and_rules",
        lambda world, actor: actor.is_party,
        on(here, coalitions.confirm_handover),
    ),
    "coalition.services.invitations.invite": ServiceCase(
        "coalition.invite", anyones, on(here, coalitions.invite, addressee="De school")
    ),
    "coalition.services.invitations.revoke_invitation": ServiceCase(
        "coalition.revoke_invitation",
        residents,
        on(
            lambda world: coalitions.invite(
                world.coalition, actor=world.resident, addressee="De school"
            ),
            coalitions.revoke_invitation,
        ),
    ),
    "coalition.services.invitations.decline": ServiceCase(
        "coalition.decline_invitation",
        anyones,
        on(
            lambda world: coalitions.invite(
                world.coalition, actor=world.resident, addressee="De school"
            ),
            coalitions.decline,
            reason="Geen tijd",
        ),
    ),
    "coalition.services.mandates.grant": ServiceCase(
        "coalition.grant_mandate",
        residents,
        on(
            resident,
            lambda party, *, actor, person: coalitions.grant(
                party, person, actor=actor, may=["decide"]
            ),
            person=lambda world: make.user(),
        ),
    ),
    "coalition.services.mandates.confirm_mandate": ServiceCase(
        "coalition.confirm_mandate",
        residents,
        on(unconfirmed, coalitions.confirm_mandate),
        refused=("residents",),  # who gave it does not confirm it
    ),
    "coalition.services.mandates.end_mandate": ServiceCase(
        "coalition.end_mandate", residents, on(unconfirmed, coalitions.end_mandate)
    ),
    "coalition.services.mandates.grant_secretariat": ServiceCase(
        "coalition.grant_secretariat",
        nobodys,
        on(
            here,
            lambda coalition, *, actor, person: coalitions.grant_secretariat(
                coalition, person, actor=actor
            ),
            person=lambda world: make.user(),
        ),
    ),
    "coalition.services.mandates.revoke_secretariat": ServiceCase(
        "coalition.revoke_secretariat",
        one_persons("coordinator"),
        on(
            lambda world: Secretariat.objects.get(person=world.coordinator.person),
            coalitions.revoke_secretariat,
        ),
    ),
    "coalition.services.participation.describe_party": ServiceCase(
        "coalition.describe_party",
        residents,
        on(
            resident,
            lambda party, *, actor: coalitions.describe_party(
                party, make.taking_part(), actor=actor
            ),
        ),
    ),
    "coalition.services.participation.describe_organisation": ServiceCase(
        "coalition.describe_organisation",
        residents,
        on(
            resident,
            coalitions.describe_organisation,
            details=Organisation(constituency="De straat", paid=False),
        ),
    ),
    "coalition.services.participation.leave": ServiceCase(
        "coalition.leave", residents, on(resident, coalitions.leave, reason="We stoppen.")
    ),
    "coalition.services.participation.change_access": ServiceCase(
        "coalition.change_access", nobodys, on(here, coalitions.change_access, access="preparing")
    ),
}
