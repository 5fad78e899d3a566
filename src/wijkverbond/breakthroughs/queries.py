"""What pages show of breakthroughs."""

import dataclasses
import uuid

from django.db.models import Count, Prefetch, Q, QuerySet

from wijkverbond.accounts.addresses import mailbox
from wijkverbond.accounts.models import User
from wijkverbond.analysis.vitality.thresholds import DEFAULTS
from wijkverbond.breakthroughs.models import Breakthrough, Confirmation
from wijkverbond.coalition.models import Coalition, Kind, Party
from wijkverbond.kernel.actor import Actor

STEP = 5
# As in a reading of vitality, unless the coalition decides otherwise for its readings.
ENOUGH_KINDS = int(DEFAULTS.settings["breakthroughs.kinds"])
ENOUGH_RESIDENTS = int(DEFAULTS.settings["breakthroughs.residents"])


def is_enough_to_confirm(kinds: int, people: int) -> bool:
    """Whether partners of so many kinds and so many residents together confirm a breakthrough."""
    return kinds >= ENOUGH_KINDS or (kinds > 0 and people >= ENOUGH_RESIDENTS)


@dataclasses.dataclass(frozen=True)
class BreakthroughCard:
    """A breakthrough with who confirms it, per kind, and who sees it otherwise.

    `uncounted` are the confirmations of parties that others did not confirm yet: in no `kinds`. Of the
    parties that the reporter named, `silent` did not say whether they worked on it, and `outside` did
    not: they confirm or dispute it.
    `people` is how many residents whom it touches confirm it, rounded down to a five: below that
    nobody could be sure to be unseen.
    """

    breakthrough: Breakthrough
    kinds: dict[str, list[Confirmation]]
    uncounted: list[Confirmation]
    disputes: list[Confirmation]
    people: int
    silent: list[Party]
    outside: list[Party]

    @property
    def established(self) -> bool:
        """Whether it was confirmed and still is: who takes its confirmation back, counts no more."""
        return self.breakthrough.state == Breakthrough.State.ESTABLISHED and is_enough_to_confirm(
            len(self.kinds), self.people
        )

    @property
    def waits(self) -> bool:
        """Whether it waits for others to confirm it, for the first time or again."""
        withdrawn = self.breakthrough.state == Breakthrough.State.WITHDRAWN
        return not withdrawn and not self.established


def established() -> QuerySet[Breakthrough]:
    """Every breakthrough that was confirmed and still is."""
    return _with_enough(Breakthrough.State.ESTABLISHED)


def to_establish() -> QuerySet[Breakthrough]:
    """The reported ones that enough others confirmed, of whom some were confirmed themselves since."""
    return _with_enough(Breakthrough.State.CLAIMED)


def _with_enough(state: str) -> QuerySet[Breakthrough]:
    kind = "confirmations__party__organisation__kind"
    confirming = Q(confirmations__in=Confirmation.objects.counting())
    with_counts = Breakthrough.objects.filter(state=state).annotate(
        confirming=Count(kind, filter=confirming, distinct=True),
        touched=Count("residents", distinct=True),
    )
    confirmed = with_counts.filter(
        Q(confirming__gte=ENOUGH_KINDS) | Q(confirming__gte=1, touched__gte=ENOUGH_RESIDENTS)
    )
    return Breakthrough.objects.filter(id__in=confirmed.values("id"))


def breakthrough_cards(coalition: Coalition) -> list[BreakthroughCard]:
    """Every breakthrough of the coalition, the latest first; the same few queries for any number."""
    return [_card(breakthrough) for breakthrough in _with_confirmations(coalition)]


def breakthrough_card(coalition: Coalition, breakthrough: uuid.UUID) -> BreakthroughCard | None:
    """One breakthrough of the coalition, or None."""
    breakthroughs = _with_confirmations(coalition).filter(id=breakthrough)
    return next(map(_card, breakthroughs), None)


def resident_purpose(breakthrough: Breakthrough, browser: str) -> str:
    """The purpose of a code with which a resident confirms this breakthrough, in one browser only."""
    return f"breakthroughs.resident:{breakthrough.id}:{browser}"


def has_confirmed_as_resident(breakthrough: Breakthrough, actor: Actor) -> bool:
    """Whether somebody who speaks for themselves has confirmed it, as the account that they are in."""
    if actor.person is None or actor.is_party:
        return False
    return breakthrough.residents.filter(person=actor.person).exists()


def mailbox_confirmed_as_resident(breakthrough: Breakthrough, person: uuid.UUID) -> bool:
    """Whether this person, or another account with the same mailbox, has confirmed it."""
    addresses = User.objects.filter(id=person).values_list("email", flat=True)
    said = breakthrough.residents.exclude(person=None).values_list("person__email", flat=True)
    return bool({*map(mailbox, addresses)} & {*map(mailbox, said)})


def _with_confirmations(coalition: Coalition) -> QuerySet[Breakthrough]:
    confirmations = Confirmation.objects.select_related("party__organisation").order_by("at")
    return (
        coalition.breakthroughs.select_related("claimant__organisation")
        .prefetch_related(
            Prefetch("contributors", Party.objects.select_related("organisation")),
            Prefetch("named", Party.objects.select_related("organisation")),
            Prefetch("confirmations", confirmations),
        )
        .annotate(touched=Count("residents"))
    )


def _card(breakthrough: Breakthrough) -> BreakthroughCard:
    confirmations = list(breakthrough.confirmations.all())
    touched: int = breakthrough.touched  # type: ignore[attr-defined]
    kinds = {
        str(kind): [
            confirmation
            for confirmation in confirmations
            if confirmation.counts and confirmation.party.kind == kind
        ]
        for kind in Kind
    }
    contributors = set(breakthrough.contributors.all())
    only_named = [party for party in breakthrough.named.all() if party not in contributors]
    spoke = {confirmation.party for confirmation in confirmations}
    return BreakthroughCard(
        breakthrough=breakthrough,
        kinds={kind: confirmed for kind, confirmed in kinds.items() if confirmed},
        uncounted=[
            confirmation
            for confirmation in confirmations
            if confirmation.confirms and not confirmation.counts
        ],
        disputes=[confirmation for confirmation in confirmations if not confirmation.confirms],
        people=touched - touched % STEP,
        silent=[party for party in only_named if party not in spoke],
        outside=[party for party in only_named if party in spoke],
    )
