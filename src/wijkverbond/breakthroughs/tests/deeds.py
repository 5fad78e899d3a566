"""Whom the services of breakthroughs let do something: each with the action that it asks for, and whose it is."""

import uuid

from tests import make
from tests.deeds import Deed, a_partners, corporations, nobodys, on
from wijkverbond.breakthroughs import services as breakthroughs

DEEDS: dict[str, Deed] = {
    "breakthroughs.services.claim": Deed(
        "breakthroughs.claim",
        a_partners,
        lambda world: lambda actor: make.breakthrough(world.coalition, by=actor),
    ),
    "breakthroughs.services.confirm": Deed(
        "breakthroughs.confirm",
        corporations,
        on(
            lambda world: make.breakthrough(world.coalition, by=world.corporation),
            breakthroughs.confirm,
            confirms=True,
        ),
        state="claimed",
    ),
    "breakthroughs.services.confirm_as_resident": Deed(
        "breakthroughs.confirm_as_resident",
        nobodys,
        on(
            lambda world: make.breakthrough(world.coalition, by=world.corporation),
            breakthroughs.confirm_as_resident,
            pseudonym=uuid.UUID(int=7),
        ),
        state="claimed",
    ),
    "breakthroughs.services.withdraw": Deed(
        "breakthroughs.withdraw",
        corporations,
        on(
            lambda world: make.breakthrough(world.coalition, by=world.corporation),
            breakthroughs.withdraw,
            reason="Toch niet",
        ),
        state="claimed",
    ),
}
