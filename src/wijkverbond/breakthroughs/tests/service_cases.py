"""Each service of breakthroughs: the action that it asks for, and who owns the record."""

import uuid

from tests import make
from tests.service_cases import (
    ServiceCase,
    act_on,
    owned_by_a_partner,
    owned_by_corporation,
    owned_by_nobody,
)
from wijkverbond.accounts.services import CodeConfirmation
from wijkverbond.breakthroughs import services as breakthroughs
from wijkverbond.coalition.queries import party_of

SERVICE_CASES: dict[str, ServiceCase] = {
    "breakthroughs.services.claim": ServiceCase(
        "breakthroughs.claim",
        owned_by_a_partner,
        lambda world: lambda actor: make.breakthrough(world.coalition, by=actor),
    ),
    "breakthroughs.services.say_worked_on": ServiceCase(
        "breakthroughs.say_worked_on",
        owned_by_a_partner,
        act_on(
            lambda world: make.breakthrough(
                world.coalition,
                by=make.actor(make.party(world.coalition, "tenants")),
                named=[party_of(actor) for actor in world.parties],
            ),
            breakthroughs.say_worked_on,
        ),
        state="claimed",
    ),
    "breakthroughs.services.confirm": ServiceCase(
        "breakthroughs.confirm",
        owned_by_corporation,
        act_on(
            lambda world: make.breakthrough(world.coalition, by=world.corporation),
            breakthroughs.confirm,
            confirms=True,
        ),
        state="claimed",
    ),
    "breakthroughs.services.confirm_as_resident": ServiceCase(
        "breakthroughs.confirm_as_resident",
        owned_by_nobody,
        act_on(
            lambda world: make.breakthrough(world.coalition, by=world.corporation),
            breakthroughs.confirm_as_resident,
            confirmation=lambda world: CodeConfirmation(uuid.uuid4(), "", world.resident.now),
        ),
        state="claimed",
    ),
    "breakthroughs.services.establish": ServiceCase(
        "breakthroughs.establish",
        owned_by_nobody,
        act_on(
            lambda world: make.breakthrough(world.coalition, by=world.corporation),
            breakthroughs.establish,
        ),
        state="claimed",
    ),
    "breakthroughs.services.withdraw": ServiceCase(
        "breakthroughs.withdraw",
        owned_by_corporation,
        act_on(
            lambda world: make.breakthrough(world.coalition, by=world.corporation),
            breakthroughs.withdraw,
            reason="Toch niet",
        ),
        state="claimed",
    ),
}
