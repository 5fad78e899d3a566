"""Who acts: a person, for which party, through which channel, when."""

import dataclasses
import datetime as dt
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel import clock
from wijkverbond.kernel.kinds import SOCIETY_KINDS, Kind

ACTING_FOR = "acting_for"  # where a session holds for whom its person acts


class ActorKind(models.TextChoices):
    """The kinds of actor that the policy table knows: the four kinds of party, and four more."""

    RESIDENTS = Kind.RESIDENTS.value, Kind.RESIDENTS.label
    ENTREPRENEURS = Kind.ENTREPRENEURS.value, Kind.ENTREPRENEURS.label
    CIVIL_SOCIETY = Kind.CIVIL_SOCIETY.value, Kind.CIVIL_SOCIETY.label
    GOVERNMENT = Kind.GOVERNMENT.value, Kind.GOVERNMENT.label
    PARTICIPANT = "participant", _("Someone speaking for themselves")
    SECRETARIAT = "secretariat", _("Secretariat")
    OPERATOR = "operator", _("Host of the site")
    SYSTEM = "system", _("The software itself")


SOCIETY = tuple(ActorKind(kind) for kind in SOCIETY_KINDS)
PARTIES = tuple(ActorKind(kind) for kind in Kind)


class MandateType(models.TextChoices):
    """What a person may do for a party."""

    TAKE_PART = "take_part", _("take part")
    DECIDE = "decide", _("decide")
    SIGN = "sign", _("sign")


class Channel(models.TextChoices):
    """The way in which an act reached the site; the rules are the same for all."""

    PAGE = "page", _("the site")
    API = "api", _("the interface for programs")
    PAPER = "paper", _("paper or telephone")
    COMMAND = "command", _("the command line")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Actor:
    """Who does something. The same person acting for two parties is two actors.

    `person`, `party` and `coalition` are ids that the kernel does not look into. `mandates` is what
    the person may do for the party at this moment; a suspended party's actor has none to decide.
    `barred` is set while the person acts for government in the same neighbourhood too. `second_step`
    says whether they showed one in their session; it says nothing where nobody signs in.
    """

    kind: ActorKind
    now: dt.datetime = dataclasses.field(default_factory=clock.now)
    channel: Channel = Channel.PAGE
    person: uuid.UUID | None = None
    party: uuid.UUID | None = None
    coalition: uuid.UUID | None = None
    mandates: frozenset[MandateType] = frozenset()
    barred: bool = False
    second_step: bool | None = None

    @property
    def is_party(self) -> bool:
        """Whether this actor speaks for a party, and not for themselves or the site."""
        return self.kind in PARTIES

    @property
    def today(self) -> dt.date:
        """The day on which they do it, in the Netherlands."""
        return timezone.localdate(self.now)


def system(now: dt.datetime | None = None) -> Actor:
    """The software itself, acting on the clock."""
    return Actor(kind=ActorKind.SYSTEM, now=now or clock.now(), channel=Channel.COMMAND)
