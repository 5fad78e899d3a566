"""How a proposal stands, as a page tells it."""

import dataclasses
import datetime as dt
import itertools
import uuid

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import Kind, Party
from wijkverbond.coalition.queries import voices
from wijkverbond.decisions import events, outcome, queries
from wijkverbond.decisions.models import Decision, LaterAnswer, Objection, Position
from wijkverbond.decisions.outcome import Lacks
from wijkverbond.kernel.models import Entry

LACKS = {
    Lacks.MISSING: _("no confirmed partner takes part yet."),
    Lacks.SILENT: _("nobody has answered. Asked: %(asked)s, needed: %(needed)s."),
    Lacks.STANDS_ASIDE: _("they stand aside."),
    Lacks.TOO_FEW: _(
        "fewer than half have answered: %(answered)s. Asked: %(asked)s, needed: %(needed)s."
    ),
    Lacks.NO_CONSENT: _("nobody agrees yet."),
    Lacks.OBJECTION: _("an objection is still open."),
    Lacks.NOT_ASKED: _(
        "without residents it is only decided once a question to the neighbourhood was open for two "
        "weeks and is closed."
    ),
}

ASLEEP = _("who takes part sleeps: nobody acts for them now, or they did nothing for half a year.")


@dataclasses.dataclass(frozen=True)
class PartyAnswer:
    """A party that is asked, what it said to the present text, and for whom its people act here too.

    `counts` says whether others confirmed it.
    """

    party: Party
    counts: bool
    position: Position | None
    objection: Objection | None
    also_for: list[Party]


@dataclasses.dataclass
class KindAnswers:
    """The parties of one kind; groups of volunteers that did not answer are counted, never named.

    Only those that others confirmed: the number beside the kind is that by which it is decided.
    """

    voices: list[PartyAnswer] = dataclasses.field(default_factory=list)
    unnamed: int = 0

    @property
    def asked(self) -> int:
        """How many parties of this kind were asked, and count."""
        return sum(voice.counts for voice in self.voices) + self.unnamed


@dataclasses.dataclass(frozen=True)
class RoundStatus:
    """Who is asked, what they say, and what keeps the proposal from being carried.

    `complete` says whether every society party has answered itself. Of the `sleeping` kinds a confirmed
    party takes part that is not asked.
    """

    sides: dict[Kind, KindAnswers]
    counts: dict[str, outcome.Count]
    verdict: outcome.Verdict
    complete: bool
    objections: list[Objection]
    later_answers: list[LaterAnswer]
    sleeping: frozenset[str]

    @property
    def lacking(self) -> list[tuple[Kind, list[str | Promise]]]:
        """Of each kind that does not carry it, why."""
        return [
            (kind, [self._in_words(kind, reason) for reason in reasons])
            for kind, reasons in self.verdict.lacking.items()
        ]

    @property
    def too_few_answered(self) -> bool:
        """Whether a kind does not carry it because too few of it answered."""
        reasons = itertools.chain.from_iterable(self.verdict.lacking.values())
        return not {Lacks.SILENT, Lacks.TOO_FEW}.isdisjoint(reasons)

    def _in_words(self, kind: Kind, reason: Lacks) -> str | Promise:
        if reason == Lacks.MISSING and kind in self.sleeping:
            return ASLEEP
        count = self.counts[kind]
        return str(LACKS[reason]) % {
            "answered": count.answered,
            "asked": count.asked,
            "needed": count.answers_needed,
        }

    def answer_of(self, party: uuid.UUID | None) -> Position | None:
        """What this party said to the present text, or somebody entered for it."""
        voices = itertools.chain.from_iterable(side.voices for side in self.sides.values())
        return next((voice.position for voice in voices if voice.party.id == party), None)


def round_status(decision: Decision, now: dt.datetime) -> RoundStatus:
    """How an open proposal stands now; a closed one as it stood at closing."""
    asked = _asked(decision, now)
    positions = queries.positions(decision)
    objections = list(decision.objections.select_related("party__organisation"))
    afterwards = _later_answers(decision)
    came_later = {answer.party_id for answer in afterwards}
    unresolved = {
        objection.party_id: objection
        for objection in objections
        if not objection.resolved_at and objection.party_id not in came_later
    }
    counting = queries.counting(decision, asked)
    sides = {kind: KindAnswers() for kind in Kind}
    for party in asked:
        side = sides[Kind(party.kind)]
        if not decision.is_open and party.id not in positions and not party.organisation.paid:
            side.unnamed += party in counting
        else:
            answer = PartyAnswer(
                party,
                party in counting,
                positions.get(party.id),
                unresolved.get(party.id),
                voices.sharing_people(party, asked) if decision.is_open else [],
            )
            side.voices.append(answer)
    at = decision.closed_at or now
    counts = queries.count(counting, positions, unresolved, at)
    complete = outcome.complete(queries.count(counting, positions, unresolved, None))
    verdict = outcome.verdict(counts, queries.circumstances(decision, asked, counts, now))
    is_missing = any(Lacks.MISSING in reasons for reasons in verdict.lacking.values())
    sleeping = _sleeping(decision, asked, at) if is_missing else frozenset()
    return RoundStatus(sides, counts, verdict, complete, objections, afterwards, sleeping)


def earlier_texts(decision: Decision) -> list[str]:
    """The texts before the present one, oldest first, as far as they were not erased."""
    if decision.revision == 1:
        return []
    entries = Entry.objects.filter(
        stream=decision.coalition_id,
        event__in=[events.Proposed.name, events.Adapted.name],
        facts__decision=str(decision.id),
        texts__field="proposal",
    )
    return list(entries.order_by("seq").values_list("texts__text", flat=True))[:-1]


def _later_answers(decision: Decision) -> list[LaterAnswer]:
    """What came after the closing; only asked about what was carried without a kind."""
    if not decision.without:
        return []
    return list(decision.later_answers.select_related("party__organisation"))


def _sleeping(decision: Decision, asked: list[Party], at: dt.datetime) -> frozenset[str]:
    """The kinds of the confirmed parties that could decide at that moment, and were not asked."""
    confirmed = decision.coalition.parties.deciding().filter(confirmed_at__lte=at)
    not_asked = confirmed.exclude(id__in=[party.id for party in asked])
    return frozenset(not_asked.values_list("organisation__kind", flat=True))


def _asked(decision: Decision, now: dt.datetime) -> list[Party]:
    if decision.is_open:
        return queries.asked(decision, now)
    party_ids: set[uuid.UUID] = set(queries.positions(decision))
    party_ids |= set(decision.silent.values_list("id", flat=True))
    parties = Party.objects.filter(id__in=party_ids).select_related("organisation")
    parties = parties.exclude(left_at__lte=decision.closed_at)
    assert decision.closed_at
    return list(voices.with_people(parties, decision.closed_at).order_by("joined_at", "id"))
