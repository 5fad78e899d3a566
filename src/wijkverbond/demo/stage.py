"""The stage of the demonstration: a coalition, its parties, and the calendar of the story."""

import dataclasses
import datetime as dt
import heapq
import itertools
from collections.abc import Iterable, Iterator

from wijkverbond.accounts.models import User
from wijkverbond.coalition import services as coalition_services
from wijkverbond.coalition.models import Coalition, Invitation, Organisation, Party, TakingPart
from wijkverbond.coalition.queries import acting_for
from wijkverbond.demo.cast import CastMember
from wijkverbond.kernel.actor import Actor, ActorKind, Channel, MandateType

STORY_DAYS = 3 * 365
# A part of the story that gives, each time, the day that it waits for.
Scene = Iterator[float]
YEAR = 2024
ORGANISER = "secretariaat"


@dataclasses.dataclass
class Stage:
    """The calendar counts days from the start of the story, three years before the seeding."""

    today: dt.datetime
    coalition: Coalition
    parties: dict[str, Party] = dataclasses.field(default_factory=dict)
    people: dict[str, User] = dataclasses.field(default_factory=dict)

    def at(self, day: float) -> dt.datetime:
        """The moment of a day of the story."""
        return self.today + dt.timedelta(days=day - STORY_DAYS)

    def on(self, day: float) -> dt.date:
        """The date of a day of the story."""
        return self.at(day).date()

    def act(self, code: str, day: float) -> Actor:
        """A party's representative, on a day of the story."""
        return dataclasses.replace(
            acting_for(self.people[code].id, self.parties[code], now=self.at(day)),
            channel=Channel.COMMAND,
        )

    def clock(self, day: float) -> Actor:
        """The software itself, on a day of the story."""
        return Actor(
            kind=ActorKind.SYSTEM,
            now=self.at(day),
            channel=Channel.COMMAND,
            coalition=self.coalition.id,
        )

    def organise(self, day: float) -> Actor:
        """The secretariat, on a day of the story."""
        return dataclasses.replace(
            self.someone(day), kind=ActorKind.SECRETARIAT, person=self.people[ORGANISER].id
        )

    def someone(self, day: float) -> Actor:
        """Somebody without an account, on a day of the story."""
        return Actor(
            kind=ActorKind.PARTICIPANT,
            now=self.at(day),
            channel=Channel.COMMAND,
            coalition=self.coalition.id,
        )


def play(scenes: Iterable[Scene]) -> None:
    """Let scenes go on in turn, each on the day that it waits for: the journal knows no way back."""
    waiting = [(next(scene), number, scene) for number, scene in enumerate(scenes)]
    heapq.heapify(waiting)
    while waiting:
        _, number, scene = heapq.heappop(waiting)
        for day in itertools.islice(scene, 1):
            heapq.heappush(waiting, (day, number, scene))


def start(stage: Stage, member: CastMember) -> None:
    """The first party starts the coalition."""
    person = _person(stage, member)
    actor = dataclasses.replace(stage.someone(member.joins), person=person.id, coalition=None)
    stage.parties[member.code] = coalition_services.start(
        stage.coalition, _organisation(member), _taking_part(member), actor=actor
    )
    _mandate(stage, member)


def join(stage: Stage, member: CastMember, *, invited_by: str) -> None:
    """A party joins after an invitation."""
    person = _person(stage, member)
    invitation = coalition_services.invite(
        stage.coalition,
        actor=stage.act(invited_by, member.joins - 1),
        wording=Invitation(addressee=member.name),
    )
    actor = dataclasses.replace(stage.someone(member.joins), person=person.id)
    stage.parties[member.code] = coalition_services.accept(
        invitation, _organisation(member), _taking_part(member), actor=actor
    )
    _mandate(stage, member)


def confirm(stage: Stage, member: CastMember, *, by: str) -> None:
    """A partner confirms a newcomer; of the first two each confirms the other."""
    if stage.parties[member.code].is_confirmed:
        return
    for code, other in ((by, member.code), (member.code, by)):
        party = stage.parties[other]
        coalition_services.confirm_party(party, actor=stage.act(code, member.joins + 0.4))
        party.refresh_from_db()
        if party.is_confirmed:
            break


def organiser(stage: Stage, day: float) -> User:
    """Somebody independent, to be asked for the secretariat."""
    stage.people[ORGANISER] = User.objects.create(
        email=f"{ORGANISER}@pittelo.example", name="Secretariaat", joined_at=stage.at(day)
    )
    return stage.people[ORGANISER]


def _person(stage: Stage, member: CastMember) -> User:
    user = User.objects.create(
        email=member.email,
        name=f"Vertegenwoordiger {member.name.removesuffix(' (voorbeeld)')}",
        joined_at=stage.at(member.joins),
    )
    stage.people[member.code] = user
    return user


def _organisation(member: CastMember) -> Organisation:
    return Organisation(
        name=member.name,
        sector=member.sector,
        legal_form=member.legal_form,
        paid=member.paid,
        constituency=member.constituency,
    )


def _taking_part(member: CastMember) -> TakingPart:
    return Party(levels=list(member.levels), involvement=member.involvement, ground=member.ground)


def _mandate(stage: Stage, member: CastMember) -> None:
    party = stage.parties[member.code]
    second = User.objects.create(
        email=f"tweede.{member.email}",
        name=f"Tweede vertegenwoordiger {member.name.removesuffix(' (voorbeeld)')}",
        joined_at=stage.at(member.joins),
    )
    granted = coalition_services.grant(
        party,
        stage.people[member.code],
        actor=stage.act(member.code, member.joins + 0.1),
        may=[MandateType.DECIDE, MandateType.SIGN],
        ground=member.signing_ground,
    )
    coalition_services.grant(
        party,
        second,
        actor=stage.act(member.code, member.joins + 0.2),
        may=[MandateType.TAKE_PART],
        may_grant=True,
    )
    coalition_services.accept_mandate(
        party.mandate_offers.get(person=second),
        actor=dataclasses.replace(stage.someone(member.joins + 0.25), person=second.id),
    )
    signing = next(mandate for mandate in granted if mandate.sort == MandateType.SIGN)
    coalition_services.confirm_mandate(
        signing, actor=acting_for(second.id, party, now=stage.at(member.joins + 0.3))
    )
