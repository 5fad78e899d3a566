"""Covenants and pledges in the words of their pages."""

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkverbond.analysis.months import add_months, ends_soon
from wijkverbond.coalition.models import SOCIETY_KINDS, Kind, Party
from wijkverbond.commitments import queries, signing_rule, terms
from wijkverbond.commitments.document import PledgeContent
from wijkverbond.commitments.models import Covenant, Decline, Pledge, Signature, YearlyCheck
from wijkverbond.commitments.signing_rule import Lacks
from wijkverbond.ui.charts import Term

SHORTEST_YEARS = 2
DAYS_PER_MONTH = 30.44

LEVELS = {
    Pledge.State.DRAFT: "info",
    Pledge.State.OFFERED: "info",
    Pledge.State.IN_COVENANT: "strong",
    Pledge.State.WITHDRAWN: "absent",
}


@dataclass(frozen=True)
class Signer:
    """Where a party that is asked to sign stands."""

    party: Party
    signatures: list[Signature]
    decline: Decline | None

    @property
    def signature(self) -> Signature | None:
        """The signature with which the party has signed, as it counts."""
        return next((signature for signature in self.signatures if signature.counts), None)

    @property
    def half(self) -> bool:
        """Whether one of several people who sign jointly has signed, and the others not yet."""
        return bool(self.signatures) and not self.signature


@dataclass(frozen=True)
class KindStatus:
    """How many of a kind signed of those that count, and what it lacks."""

    kind: Kind
    count: signing_rule.Count
    reasons: Sequence[Lacks]


@dataclass(frozen=True)
class SigningStatus:
    """What comes of the answers so far; of signing that ended, as it was then."""

    counts: Mapping[str, signing_rule.Count]
    verdict: signing_rule.Verdict

    @property
    def too_few(self) -> bool:
        """Whether all of society have answered, and it is not enough."""
        return signing_rule.complete(self.counts) and not self.verdict.carried

    @property
    def kinds(self) -> list[KindStatus]:
        """Each society kind."""
        lacking = self.verdict.lacking
        return [
            KindStatus(kind, self.counts[kind], lacking.get(kind, ())) for kind in SOCIETY_KINDS
        ]


@dataclass(frozen=True)
class YearlyCheckRow:
    """A yearly check: when it is due, and what came of it."""

    due: dt.date
    held: YearlyCheck | None
    state: str


@dataclass(frozen=True)
class PartyPledges:
    """The pledges of a party."""

    party: Party
    pledges: list["PledgeCard"]


@dataclass(frozen=True)
class PledgeCard:
    """A pledge with the level of its state; as it stands in a covenant, when it changed after it."""

    pledge: Pledge
    level: str
    frozen: PledgeContent | None = None


@dataclass(frozen=True)
class CovenantPage:
    """A covenant as its page tells it on a day."""

    covenant: Covenant
    signers: list[Signer]
    missing: list[Kind]
    groups: list[PartyPledges]
    yearly_checks: list[YearlyCheckRow]
    today: dt.date

    @property
    def signed(self) -> list[Signer]:
        """Who has signed, of those that count."""
        return [signer for signer in self.with_signature if signer.party.is_confirmed]

    @property
    def with_signature(self) -> list[Signer]:
        """Who has signed, also who others did not confirm yet."""
        return [signer for signer in self.signers if signer.signature]

    @property
    def asked(self) -> int:
        """How many are asked, of those that count."""
        return sum(signer.party.is_confirmed for signer in self.signers)

    @property
    def waiting(self) -> list[Signer]:
        """The paid parties that have neither signed nor said no; volunteers are not named."""
        return [signer for signer in self._silent if signer.party.organisation.paid]

    @property
    def volunteers_waiting(self) -> int:
        """How many groups of volunteers have neither signed nor said no."""
        return len(self._silent) - len(self.waiting)

    @property
    def _silent(self) -> list[Signer]:
        return [signer for signer in self.signers if not signer.signature and not signer.decline]

    @property
    def declined(self) -> list[Signer]:
        """Who said no, and why."""
        return [signer for signer in self.signers if signer.decline]

    @property
    def kinds(self) -> list[str]:
        """The kind of each party that signed, in the order of the four kinds."""
        kinds = [signer.party.kind for signer in self.signed]
        return sorted(kinds, key=list(Kind.values).index)

    @property
    def unsigned(self) -> int:
        """How many have not signed."""
        return self.asked - len(self.signed)

    @property
    def waits_for_its_start(self) -> bool:
        """Whether enough signed, and it holds from its first day on."""
        return (
            self.covenant.state == Covenant.State.SIGNING and self.covenant.carried_at is not None
        )

    @property
    def term(self) -> Term:
        """How far the term has run, with a line at the end of each year."""
        starts, ends = self.covenant.starts, self.covenant.ends
        days = (ends - starts).days
        marks = [(day - starts).days / days for day in terms.checks(starts, ends)]
        return Term(elapsed=(self.today - starts).days / days, ends=marks)

    @property
    def short(self) -> bool:
        """Whether the term is shorter than two years (R6)."""
        last = add_months(self.covenant.starts, 12 * SHORTEST_YEARS) - dt.timedelta(days=1)
        return self.covenant.ends < last

    @property
    def ends_soon(self) -> bool:
        """Whether it holds now and ends within six months."""
        in_force = self.covenant.state == Covenant.State.IN_FORCE
        return in_force and ends_soon(self.covenant.ends, self.today)

    @property
    def time_left(self) -> str:
        """How long the term still runs, in words."""
        days = (self.covenant.ends - self.today).days
        if days < 0:
            return _("the term is over")
        if self.today < self.covenant.starts:
            return _("not begun yet")
        months = int(days / DAYS_PER_MONTH)
        if months < 1:
            return ngettext("1 day left", "%(days)s days left", days) % {"days": days}
        return ngettext("1 month left", "%(months)s months left", months) % {"months": months}


def covenant_page(covenant: Covenant, parties: Iterable[Party], today: dt.date) -> CovenantPage:
    """A covenant on a day; `parties` are who would be asked to sign a draft."""
    draft = covenant.state == Covenant.State.DRAFT
    parties_asked = list(parties if draft else covenant.asked.all())
    signatures, declines = list(covenant.signatures.all()), list(covenant.declines.all())
    signers = [
        Signer(
            party,
            [signature for signature in signatures if signature.party_id == party.id],
            next((decline for decline in declines if decline.party_id == party.id), None),
        )
        for party in parties_asked
    ]
    return CovenantPage(
        covenant=covenant,
        signers=signers,
        missing=queries.missing_kinds(parties_asked),
        groups=pledges_by_party(covenant.pledges.all(), covenant),
        yearly_checks=_yearly_checks(covenant, today),
        today=today,
    )


def signing_status(covenant: Covenant, now: dt.datetime) -> SigningStatus | None:
    """How the signatures stand, of a covenant that can be signed, or could be and has too few."""
    match covenant.state:
        case Covenant.State.SIGNING:
            counts = signing_rule.count(queries.answers(covenant))
            circumstances = queries.circumstances(covenant, now)
        case Covenant.State.UNSIGNED:
            counts, circumstances = queries.as_signing_ended(covenant)
        case _:
            return None
    return SigningStatus(counts, signing_rule.verdict(counts, circumstances))


def pledges_by_party(
    pledges: Iterable[Pledge], covenant: Covenant | None = None
) -> list[PartyPledges]:
    """Pledges by party, as they are or stand in a covenant; they come in the order of their parties."""
    return [
        PartyPledges(
            party,
            [
                PledgeCard(pledge, LEVELS[Pledge.State(pledge.state)], _frozen(pledge, covenant))
                for pledge in pledges_of_party
            ],
        )
        for party, pledges_of_party in itertools.groupby(pledges, key=lambda pledge: pledge.party)
    ]


def _frozen(pledge: Pledge, covenant: Covenant | None) -> PledgeContent | None:
    changed_at = vars(pledge).get("changed_at")
    if not (changed_at and covenant and covenant.content and covenant.opened_at):
        return None
    if changed_at < covenant.opened_at:
        return None
    pledges: list[PledgeContent] = covenant.content["pledges"]
    return next((content for content in pledges if content["id"] == str(pledge.id)), None)


def _yearly_checks(covenant: Covenant, today: dt.date) -> list[YearlyCheckRow]:
    held_checks = {check.due: check for check in covenant.checks.all()}
    days = terms.checks(covenant.starts, covenant.ends)
    ahead = next((day for day in days if day not in held_checks and day >= today), None)
    return [
        YearlyCheckRow(day, held_checks.get(day), _state(day, held_checks, ahead, today))
        for day in days
    ]


def _state(
    day: dt.date, held_checks: dict[dt.date, YearlyCheck], ahead: dt.date | None, today: dt.date
) -> str:
    if day in held_checks:
        return "done"
    if day < today:
        return "late"
    return "now" if day == ahead else ""
