"""What the addresses of the circle need beside the coalition's slug."""

from tests import make
from wijkverbond.coalition import services
from wijkverbond.coalition.models import (
    Coalition,
    Invitation,
    Mandate,
    MandateOffer,
    MissingVoice,
    NameReport,
    Party,
    Secretariat,
    Unlisting,
)
from wijkverbond.coalition.queries import invitation_links, party_of
from wijkverbond.coalition.tests.service_cases import not_delivered, off_the_list


def _own(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "party_id": world.resident.party}


def _own_invitation(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "invitation_id": _invitation(world).id}


def _invitation(world: make.World) -> Invitation:
    invitation = Invitation.objects.filter(coalition=world.coalition, accepted_at=None).first()
    return invitation or services.invite(
        world.coalition, actor=world.resident, wording=Invitation(addressee="De school")
    )


def _voice(world: make.World) -> MissingVoice:
    voice = MissingVoice.objects.filter(coalition=world.coalition).first()
    return voice or services.suggest_missing(
        world.coalition,
        actor=world.resident,
        wording=MissingVoice(sector="school", what="Er zijn hier 340 leerlingen."),
    )


def _mandate(world: make.World) -> Mandate:
    mandates = Mandate.objects.filter(party=world.resident.party, person=world.resident.person)
    return mandates.order_by("sort").last() or mandates.get()


def _newcomer(world: make.World) -> Party:
    newcomer = world.coalition.parties.present().filter(confirmed_at=None).first()
    return newcomer or make.party(world.coalition, "school", may=[], confirmed=False)


def _name_report(world: make.World) -> NameReport:
    report = NameReport.objects.filter(about=party_of(world.resident)).first()
    return report or services.report_name(
        party_of(world.resident), actor=world.shopkeeper, why="Wij heten al dertig jaar zo."
    )


def _mandate_offer(world: make.World) -> dict[str, object]:
    """The participant is asked to act for the residents' group."""
    offer = MandateOffer.objects.filter(person=world.participant.person).first()
    if offer is None:
        person = make.account_of(world.participant)
        services.grant(party_of(world.resident), person, actor=world.resident, may=[])
        offer = MandateOffer.objects.get(person=person)
    return {"slug": world.coalition.slug, "offer_id": offer.id}


def _secretariat(world: make.World) -> Secretariat:
    return Secretariat.objects.current().get(coalition=world.coalition)


def _ending(world: make.World) -> Secretariat:
    ending = _secretariat(world)
    if not ending.voices.filter(about="end").exists():
        services.revoke_secretariat(ending, actor=world.resident)
    return ending


def _proposed(world: make.World) -> Secretariat:
    proposed = Secretariat.objects.proposed().filter(coalition=world.coalition).first()
    return proposed or services.grant_secretariat(
        world.coalition, make.user(), actor=world.resident
    )


def _link(world: make.World) -> dict[str, object]:
    return {"token": invitation_links.link_token(_invitation(world))}


def _of_mandate(world: make.World) -> dict[str, object]:
    return {"slug": world.coalition.slug, "mandate_id": _mandate(world).id}


def unlisting(world: make.World) -> Unlisting:
    """The coalition was taken off the list; the front page shows it, so that its page is tried too."""
    taken_off = world.coalition.unlistings.first() or off_the_list(world)
    Coalition.objects.filter(id=world.coalition.id).update(unlisted_at=None)
    return taken_off


ARGUMENTS = {
    "coalition:not_delivered": lambda world: {
        "slug": world.coalition.slug if not_delivered(world) else "",
    },
    "coalition:send_again": lambda world: {
        "slug": world.coalition.slug,
        "job": not_delivered(world),
    },
    "coalition:review_unlisting": lambda world: {
        "slug": world.coalition.slug,
        "unlisting_id": unlisting(world).id,
    },
    "coalition:invitation": _link,
    "coalition:decline": _link,
    "coalition:revoke": _own_invitation,
    "coalition:invite_again": _own_invitation,
    "coalition:dismiss": lambda world: {"slug": world.coalition.slug, "voice_id": _voice(world).id},
    "coalition:end_secretariat": lambda world: {
        "slug": world.coalition.slug,
        "secretariat_id": _secretariat(world).id,
    },
    "coalition:keep_secretariat": lambda world: {
        "slug": world.coalition.slug,
        "secretariat_id": _ending(world).id,
    },
    "coalition:confirm": _of_mandate,
    "coalition:end_mandate": _of_mandate,
    "coalition:agree_secretariat": lambda world: {
        "slug": world.coalition.slug,
        "secretariat_id": _proposed(world).id,
    },
    "coalition:mandate_offer": _mandate_offer,
    "coalition:decline_mandate": _mandate_offer,
    "coalition:take_back_offer": _mandate_offer,
    "coalition:ask_successor": _own,
    "coalition:party": _own,
    "coalition:confirm_party": lambda world: {
        "slug": world.coalition.slug,
        "party_id": _newcomer(world).id,
    },
    "coalition:name": _own,
    "coalition:judge_name": lambda world: {
        "slug": world.coalition.slug,
        "report_id": _name_report(world).id,
    },
    "coalition:describe": _own,
    "coalition:mandates": _own,
    "coalition:leave": _own,
}
