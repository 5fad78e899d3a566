"""Makes what partners agree on, through the services: a vision, pledges, a covenant, signatures."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tests import make
from wijkverbond.accounts.services import CodeConfirmation
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import Party
from wijkverbond.coalition.queries import acting_for, party_of
from wijkverbond.commitments import queries
from wijkverbond.commitments.models import Covenant, Pledge
from wijkverbond.commitments.services import covenants, pledges, signing
from wijkverbond.kernel.actor import Actor, MandateType, system
from wijkverbond.kernel.models import Entry
from wijkverbond.vision.models import Goal, VisionVersion

STARTS, ENDS = dt.date(2027, 1, 1), dt.date(2030, 12, 31)
WORDING = Pledge(
    what="Drie avonden per week is de gymzaal open",
    measure="Het rooster hangt bij de school",
    effect="binding",
    resource="space",
    starts=STARTS,
    ends=ENDS,
    rhythm="monthly",
)


def vision(world: make.World) -> VisionVersion:
    """The vision that the coalition adopted."""
    adopted = world.coalition.vision_versions.filter(state="adopted").first()
    version = adopted or make.version(world.coalition, by=world.resident)
    VisionVersion.objects.filter(id=version.id).update(
        state=VisionVersion.State.ADOPTED, adopted_at=version.written_at
    )
    return version


def goal(world: make.World) -> Goal:
    """The coalition's first goal."""
    return world.coalition.goals.first() or make.goal(world.coalition, by=world.resident)


def draft_pledge(
    world: make.World,
    *,
    by: Actor | None = None,
    together: Sequence[Actor] = (),
    **wording: Any,
) -> Pledge:
    """A pledge that only its party sees; the housing corporation's unless said otherwise."""
    return pledges.draft_pledge(
        world.coalition,
        actor=by or world.corporation,
        wording=make.changed(WORDING, **wording),
        goals=[goal(world)],
        with_parties=[party_of(other) for other in together],
    )


def pledge(
    world: make.World,
    *,
    by: Actor | None = None,
    together: Sequence[Actor] = (),
    **wording: Any,
) -> Pledge:
    """A pledge that everyone can read."""
    draft = draft_pledge(world, by=by, together=together, **wording)
    return pledges.offer(draft, actor=by or world.corporation)


def draft(world: make.World, *, by: Actor | None = None, **more: Any) -> Covenant:
    """A draft of the covenant with one pledge, composed by the housing corporation."""
    vision(world)
    values: dict[str, Any] = {
        "title": "Convenant voor de wijk",
        "rules": "Iedereen kan meedoen. Stoppen kan met een reden.",
        "starts": STARTS,
        "ends": ENDS,
    }
    values["pledges"] = more.pop("pledges", None) or [pledge(world)]
    return covenants.draft(world.coalition, actor=by or world.corporation, **values | more)


def opened(world: make.World, **more: Any) -> Covenant:
    """A covenant that can be signed."""
    return covenants.open_for_signing(draft(world, **more), actor=world.corporation)


def sign(covenant: Covenant, actor: Actor) -> Covenant:
    """This person's signature for their party."""
    assert actor.person
    purpose = queries.signing_purpose(covenant, actor)
    confirmation = CodeConfirmation(actor.person, purpose, actor.now)
    return signing.sign(covenant, actor=actor, confirmation=confirmation)


def in_force(world: make.World, **more: Any) -> Covenant:
    """A covenant that everyone signed."""
    covenant = opened(world, **more)
    for actor in world.parties:
        covenant = sign(covenant, actor)
    return covenant


def after_last_day(covenant: Covenant, days: int = 1) -> Actor:
    """The software so many days after the last day to sign; on that day with 0."""
    assert covenant.sign_until
    return clock_on(covenant.sign_until + dt.timedelta(days=days))


def clock_on(day: dt.date) -> Actor:
    """The software at noon of a day."""
    return system(dt.datetime.combine(day, dt.time(11), dt.UTC))


def in_force_without_the_shopkeepers(world: make.World) -> Covenant:
    """A covenant that holds, of which the last day passed before the shopkeepers were confirmed."""
    shop = Party.objects.filter(id=party_of(world.shopkeeper).id)
    shop.update(confirmed_at=None)
    covenant = opened(world)
    covenant.asked.remove(*shop)
    for actor in (world.resident, world.corporation, world.municipality):
        covenant = sign(covenant, actor)
    shop.update(confirmed_at=make.later(world.resident, 1).now)
    return covenant


def unsigned(world: make.World, **more: Any) -> Covenant:
    """A covenant of which the last day passed, and that nobody signed."""
    covenant = opened(world, **more)
    return covenants.keep_time(covenant, actor=after_last_day(covenant))


def colleague(actor: Actor, *, confirmed: bool = True, jointly: bool = False) -> Actor:
    """A second person who may sign for the same partner, once that is confirmed."""
    party, person = party_of(actor), make.user()
    granted = make.grant(
        party, person, actor=actor, may=[MandateType.SIGN], ground=make.ground(party),
        jointly=jointly,
    )  # fmt: skip
    if confirmed:
        third = make.user()
        make.grant(party, third, actor=actor, may=[MandateType.TAKE_PART])
        confirmer = acting_for(third.id, party, now=actor.now)
        coalitions.confirm_mandate(granted[-1], actor=confirmer)
    return acting_for(person.id, party, now=actor.now)


def recorded(covenant: Covenant, name: str) -> list[dict[str, Any]]:
    """The facts of the events of this name in the covenant's coalition, in order."""
    entries = Entry.objects.filter(stream=covenant.coalition_id, event=f"commitments.{name}")
    return [entry.facts for entry in entries.order_by("seq")]
