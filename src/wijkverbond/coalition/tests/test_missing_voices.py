"""Who is missing at the table, also by the figures."""

import pytest
from django.core.exceptions import ValidationError

from tests import make
from wijkverbond.coalition import services
from wijkverbond.coalition.models import Invitation, Kind, MissingVoice
from wijkverbond.coalition.queries import circle, missing_voice_suggestions
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.policy import Refused
from wijkverbond.places import services as places

pytestmark = pytest.mark.django_db


def voice(world: make.World, sector: str = "school") -> MissingVoice:
    """A voice that the residents miss."""
    return services.suggest_missing(
        world.coalition,
        actor=world.resident,
        wording=MissingVoice(sector=sector, what="Er zijn hier 340 leerlingen."),
    )


def test_a_missing_society_kind_is_named_and_government_is_never_missing() -> None:
    coalition = make.coalition("school", may=[])
    make.party(coalition, "sport", may=[])
    assert circle.circle(coalition).missing_kinds == [Kind.RESIDENTS, Kind.ENTREPRENEURS]
    make.party(coalition, "shop", may=[])
    make.party(coalition, "tenants", may=[])
    assert circle.circle(coalition).missing_kinds == []


def test_the_street_shows_open_places_for_kinds_and_voices(world: make.World) -> None:
    voice(world)
    table = circle.circle(world.coalition)
    assert [house.name for house in table.facades if house.is_open] == ["School"]
    assert len(table.facades) == 5


def test_a_missing_voice_is_named_once_and_not_while_its_sector_takes_part(
    world: make.World,
) -> None:
    voice(world)
    with pytest.raises(ValidationError, match="al op de lijst"):
        voice(world)
    with pytest.raises(ValidationError, match="doet al mee"):
        voice(world, "housing_corporation")


def test_joining_fills_the_missing_voice_of_its_sector(world: make.World) -> None:
    missing = voice(world)
    school = make.party(world.coalition, "school", may=[])
    missing.refresh_from_db()
    assert missing.filled_by == school
    assert not circle.circle(world.coalition).missing


def test_an_invitation_for_a_voice_fills_it_whatever_the_sector(world: make.World) -> None:
    missing = voice(world)
    invitation = services.invite(
        world.coalition,
        actor=world.resident,
        wording=Invitation(addressee="Peuterspeelzaal"),
        missing_voice=missing,
    )
    party = services.accept(
        invitation,
        make.organisation("childcare"),
        make.taking_part(),
        actor=make.someone(make.user()),
    )
    services.confirm_party(party, actor=world.resident)
    missing.refresh_from_db()
    assert missing.filled_by == party


def test_society_dismisses_a_missing_voice_with_a_reason(world: make.World) -> None:
    missing = voice(world)
    for other in (world.municipality, world.coordinator, world.participant, world.stranger):
        with pytest.raises(Refused):
            services.dismiss_missing(missing, actor=other, reason="Niet nodig.")
    with pytest.raises(ValidationError):
        services.dismiss_missing(missing, actor=world.shopkeeper, reason=" ")
    services.dismiss_missing(missing, actor=world.shopkeeper, reason="De school is gesloten.")
    with pytest.raises(ValidationError):
        services.dismiss_missing(missing, actor=world.shopkeeper, reason="Nog eens.")
    assert not circle.circle(world.coalition).missing


def test_figures_suggest_a_missing_voice_until_it_is_settled(world: make.World) -> None:
    places.load_assen(actor=world.operator)
    coalition = make.coalition("residents_group", places=["WK010604"], name="Pittelo")
    actor = make.first_actor(coalition)
    suggestions = {
        suggestion.sector.code: suggestion
        for suggestion in missing_voice_suggestions.suggestions(coalition)
    }
    assert {"school", "care", "housing_corporation"} <= set(suggestions)
    school = suggestions["school"]
    assert school.figures == ["figure:WK010604/2024/a_00_14"]
    voice = services.suggest_missing(
        coalition,
        actor=actor,
        wording=MissingVoice(sector="school", what=school.why),
        figures=school.figures,
    )
    suggested = Entry.objects.get(stream=coalition.id, event="coalition.missing_voice_suggested")
    assert suggested.facts["source"] == "figures"
    assert suggested.rests_on == school.figures
    services.dismiss_missing(voice, actor=actor, reason="De school verhuist.")
    make.party(coalition, "care", may=[])
    remaining = {
        suggestion.sector.code for suggestion in missing_voice_suggestions.suggestions(coalition)
    }
    assert remaining == set(suggestions) - {"school", "care"}


def test_without_figures_no_missing_voice_is_suggested(world: make.World) -> None:
    assert missing_voice_suggestions.suggestions(world.coalition) == []
