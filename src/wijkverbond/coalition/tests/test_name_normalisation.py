"""Names: what looks the same is the same, and nobody hides behind what cannot be seen."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from tests import make
from wijkverbond.coalition import services, tasks
from wijkverbond.coalition.models import Coalition, Invitation, Organisation, name_normalisation


@pytest.mark.parametrize(
    "written",
    [
        "De gemeente",
        " De\u00a0 gemeente\t",
        "De\r\ngemeente",
        "De\u2028gemeente",
        "De gemeen\u200bte",
        "De gemeente\u2060\ufeff",
        "De ge\u00admeente",
        "\u2066De gemeente\u202e",
        "\uff24e gemeente",
        "De gemeente\ufe0f\u3164",
    ],
)
def test_invisible_characters_make_no_other_name(written: str) -> None:
    assert name_normalisation.normalised_name(written) == "De gemeente"


@pytest.mark.parametrize(
    "written", ["Café ’t Hoekje", "Groep 1", "Stichting Ελλάς", "Καφενείο", "Zorg & Welzijn (ZW)"]
)
def test_an_ordinary_name_stays_as_it_was_written(written: str) -> None:
    assert name_normalisation.normalised_name(written) == written


def test_a_letter_encoded_in_two_ways_is_one_name() -> None:
    assert name_normalisation.normalised_name("Cafe\u0301") == "Caf\u00e9"


@pytest.mark.parametrize("written", ["\u200b", "\u202e\u202d", "…", "\u3164", " \u00a0"])
def test_a_name_needs_a_visible_character(written: str) -> None:
    with pytest.raises(ValidationError, match="letters of cijfers"):
        name_normalisation.normalised_name(written)


@pytest.mark.parametrize("written", ["De g\u0435meente", "Sch\u03bfol", "\u0421afé"])
def test_a_word_of_lookalike_letters_is_refused(written: str) -> None:
    with pytest.raises(ValidationError, match="alfabet"):
        name_normalisation.normalised_name(written)


@pytest.mark.django_db
def test_an_organisation_that_looks_the_same_exists_already() -> None:
    coalition = make.coalition("municipality")
    Organisation.objects.update(name="De gemeente")
    invitation = services.invite(
        coalition, actor=make.first_actor(coalition), wording=Invitation(addressee="Bewoners\u202e")
    )
    assert invitation.addressee == "Bewoners"
    with pytest.raises(ValidationError, match="Er is al een organisatie"):
        services.accept(
            invitation,
            make.organisation("residents_group", "De\u00a0gemeente\u200b"),
            make.taking_part(),
            actor=make.someone(make.user()),
        )


@pytest.mark.django_db
def test_a_name_on_two_lines_does_not_break_the_mail_of_invitations() -> None:
    coalition = make.coalition(name="Wijk\nBcc: iemand@voorbeeld.example")
    invitation = services.invite(
        coalition,
        actor=make.first_actor(coalition),
        wording=Invitation(addressee="De school", email="school@voorbeeld.example"),
    )
    tasks.send_invitation(str(invitation.id))
    assert Coalition.objects.get().name == "Wijk Bcc: iemand@voorbeeld.example"
    assert mail.outbox[0].message()["Bcc"] is None
