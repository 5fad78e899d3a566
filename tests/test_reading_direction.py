"""Whoever writes marks that turn the reading direction turns nobody else's words."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests import make
from wijkverbond.accounts.mail import compose
from wijkverbond.kernel.actor import Actor

pytestmark = pytest.mark.django_db

TURNED = "Samen \u202enete\u2069"
APART = "\u2068Samen \u202enete\u202c\u2069"
SignIn = Callable[[Actor], Client]


def test_what_is_typed_is_set_apart_as_it_comes_in(world: make.World, sign_in: SignIn) -> None:
    address = reverse("vision:set_goal", args=[world.coalition.slug])
    sign_in(world.resident).post(address, {"sentence": TURNED, "direction": "up"})
    assert world.coalition.goals.get().sentence == APART


def test_what_stands_there_from_before_is_set_apart_on_the_page(
    world: make.World, sign_in: SignIn
) -> None:
    goal = make.goal(world.coalition, by=world.resident)
    type(goal).objects.update(sentence=TURNED)
    address = reverse("vision:goal", args=[world.coalition.slug, goal.id])
    read = Client().get(address).content.decode()
    assert APART in read
    assert read.count("\u202e") == read.count("\u202c") > 0
    changed = sign_in(world.resident).get(f"{address}wijzigen/").content.decode()
    assert read.count("\u2068") <= read.count("\u2069")
    assert f'value="{APART}"' in changed or APART in changed


def test_a_mail_sets_apart_what_people_wrote() -> None:
    letter = compose(
        "iemand@voorbeeld.example", "nl", "accounts/mail/confirmation.txt",
        {"about": TURNED, "code": "1234", "minutes": 10},
    )  # fmt: skip
    letter.send()
    assert APART in mail.outbox[-1].body
