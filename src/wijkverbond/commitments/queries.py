"""What pages and services need to know about pledges and covenants."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet

from wijkverbond.accounts.models import User
from wijkverbond.coalition.models import (
    SOCIETY_KINDS,
    Coalition,
    Kind,
    Party,
    PartyRole,
)
from wijkverbond.coalition.queries import voices
from wijkverbond.coalition.queries.mandates import representatives
from wijkverbond.commitments import events
from wijkverbond.commitments.models import Covenant, Decline, LaterSigner, Pledge
from wijkverbond.commitments.signing_rule import Answer, Circumstances, Count
from wijkverbond.decisions.queries import neighbourhood_asked
from wijkverbond.kernel.actor import Actor, MandateType
from wijkverbond.kernel.events import shreddable
from wijkverbond.kernel.models import Entry
from wijkverbond.kernel.subqueries import RecordKey, inward
from wijkverbond.register import queries as registers


def pledge_facts(pledge: Pledge) -> dict[str, Any]:
    """A pledge as the facts of its events."""
    goals = sorted(pledge.goals.values_list("id", flat=True))
    return {
        "pledge": pledge.id,
        "revision": pledge.revision,
        "party": pledge.party_id,
        "kind": pledge.party.kind,
        "effort": "paid" if pledge.party.organisation.paid else "volunteer",
        "goals": goals,
        "with_parties": sorted(pledge.with_parties.values_list("id", flat=True)),
        "effect": pledge.effect,
        "subject_to_approval": "yes" if pledge.subject_to_approval else "no",
        "resource": pledge.resource,
        "quantity": pledge.quantity,
        "starts": pledge.starts,
        "until": pledge.ends,
        "rhythm": pledge.rhythm,
        "dues": pledge.due,
        "what": shreddable(pledge.what),
        "measure": shreddable(pledge.measure),
        "unit": shreddable(pledge.unit),
        "rests_on": tuple(f"goal:{goal}" for goal in goals),
    }


def covenant_rests_on(covenant: Covenant) -> tuple[str, ...]:
    """What a covenant rests on: the vision, its goals and its pledges."""
    goals = covenant.goals.order_by("id").values_list("id", flat=True)
    pledges = covenant.pledges.order_by("id").values_list("id", flat=True)
    return (
        f"vision_version:{covenant.vision_id}",
        *(f"goal:{goal}" for goal in goals),
        *(f"pledge:{pledge}" for pledge in pledges),
    )


def signing_purpose(covenant: Covenant, actor: Actor) -> str:
    """What exactly a code confirms: this party's signature under this document."""
    return f"commitments.sign:{covenant.digest}:{actor.party}"


def seal_after_signature(covenant: Covenant, actor: Actor) -> registers.Seal | None:
    """The signed head of the register that covers the signature of one's party."""
    party = str(actor.party)
    signed = events.CovenantSigned.name
    return registers.seal_after(covenant.coalition, signed, covenant=str(covenant.id), party=party)


def to_sign(coalition: Coalition) -> list[Party]:
    """Who is asked to sign: every party at the table that is no adviser and not suspended."""
    return list(coalition.parties.deciding().select_related("organisation"))


def signed(covenant: Covenant) -> int:
    """How many of the parties that count have signed."""
    return covenant.signatures.counting().filter(party__confirmed_at__isnull=False).count()


def asked(covenant: Covenant) -> int:
    """How many parties that count were asked."""
    return covenant.asked.confirmed().count()


def answers(covenant: Covenant) -> list[Answer]:
    """What the asked parties say that others confirmed and that can still sign."""
    signatures = covenant.signatures.counting().filter(party=OuterRef("id"))
    declines = covenant.declines.filter(party=OuterRef("id"))
    asked = covenant.asked.deciding().confirmed().select_related("organisation")
    given = asked.annotate(has_signed=Exists(signatures), has_declined=Exists(declines))
    return [
        Answer(party.kind, vars(party)["has_signed"], vars(party)["has_declined"])
        for party in given
    ]


def circumstances(covenant: Covenant, now: dt.datetime) -> Circumstances:
    """What else the outcome depends on."""
    counting = covenant.asked.deciding().society().confirmed().select_related("organisation")
    return Circumstances(
        neighbourhood_asked=neighbourhood_asked(covenant.coalition_id, now),
        different_people=voices.different_people(voices.with_people(counting, now)),
    )


def as_signing_ended(covenant: Covenant) -> tuple[dict[str, Count], Circumstances]:
    """The counts per kind, and what else mattered, when signing last ended; from the journal."""
    ended = Entry.objects.filter(
        stream=covenant.coalition_id,
        event=events.SigningEnded.name,
        facts__covenant=str(covenant.id),
    )
    facts = ended.order_by("-seq").values_list("facts", flat=True)[0]
    per_kind = [facts[f"{name}_per_kind"] for name in ("asked", "signed", "declined")]
    return (
        {kind: Count(*(counts[kind] for counts in per_kind)) for kind in Kind.values},
        Circumstances(
            neighbourhood_asked=facts["neighbourhood_asked"] == "yes",
            different_people=facts["different_people"] == "yes",
        ),
    )


def signers(covenant: Covenant, now: dt.datetime) -> QuerySet[User]:
    """Who may sign for a partner that is asked."""
    return representatives(covenant.asked.deciding(), now, MandateType.SIGN)


def to_remind(covenant: Covenant, now: dt.datetime) -> list[User]:
    """Who may sign for an asked party that did not answer, and answered for no other."""
    unanswered = Covenant.objects.unanswered_by(OuterRef("id")).filter(id=covenant.id)
    waiting = covenant.asked.deciding().filter(Exists(unanswered))
    people = representatives(waiting, now, MandateType.SIGN)
    this = Covenant.objects.with_people_who_answered().only("id").get(id=covenant.id)
    return list(people.exclude(id__in=vars(this)["answered_by"]))


def asked_afterwards(covenant: Covenant) -> list[LaterSigner]:
    """Who came later, and did not say yet whether it signs what holds without its kind."""
    if not covenant.without:
        return []
    waiting = LaterSigner.objects.waiting().filter(covenant=covenant)
    return list(waiting.select_related("party__organisation"))


def objection_to_predecessor(covenant: Covenant) -> Decline | None:
    """Why a draft was opened: what a party that came later says against the version before it."""
    if covenant.state != Covenant.State.DRAFT or not covenant.predecessor_id:
        return None
    opened = Decline.objects.filter(
        covenant=covenant.predecessor_id, party=covenant.drafted_by_id, at=covenant.drafted_at
    )
    return opened.select_related("party__organisation").first()


def per_kind(parties: Iterable[Party]) -> dict[str, int]:
    """How many parties of each of the four kinds."""
    counts = Counter(party.kind for party in parties)
    return {kind: counts[kind] for kind in Kind.values}


def pledges_in(covenant: Covenant) -> list[Pledge]:
    """The pledges of a covenant, by party in order of joining."""
    return list(
        covenant.pledges.select_related("party__organisation").order_by(
            "party__joined_at", "party_id", "written_at", "id"
        )
    )


def pledge_partners(pledge: Pledge) -> QuerySet[Party]:
    """With whom a pledge is done, or who receives the money, in order of joining."""
    return pledge.with_parties.select_related("organisation").order_by("joined_at", "id")


def missing_kinds(parties: Iterable[Party]) -> list[Kind]:
    """The society kinds without a party among these: the covenant is incomplete without them."""
    present = {party.kind for party in parties}
    return [kind for kind in SOCIETY_KINDS if kind not in present]


def running() -> QuerySet[Covenant]:
    """The covenants that hold now or can be signed, of every coalition; successors first."""
    covenants = Covenant.objects.running().defer("document", "content")
    return covenants.order_by("coalition", "-number")


def covenants(coalition: Coalition) -> list[Covenant]:
    """Every covenant of a coalition, newest first, with all that its page tells but the PDF."""
    changed = Pledge.objects.annotate(changed_at=Max("earlier__replaced_at"))
    return list(
        coalition.covenants.defer("document")
        .select_related("drafted_by__organisation", "vision")
        .prefetch_related(
            Prefetch("asked", Party.objects.select_related("organisation")),
            Prefetch("pledges", _with_goals(changed)),
            "signatures",
            "declines",
            "checks",
        )
    )


def offered(coalition: Coalition) -> QuerySet[Pledge]:
    """The pledges that everyone can see and that were not taken back, by party."""
    return (
        coalition.pledges.standing()
        .select_related("party__organisation")
        .order_by("party__joined_at", "party_id", "written_at", "id")
    )


def tied_by_money(party: RecordKey) -> QuerySet[Party]:
    """A party, those that it pays, and those whose money it accepted: it does not judge their work.

    By a pledge of money that stands; so does a funder at the table, whoever works for pay. Only what a
    party did itself ties it: nobody shuts it out by offering it money.
    """
    own = inward(party)
    promised = Pledge.objects.standing().filter(resource=Pledge.Resource.MONEY)
    pays = promised.filter(party=own, with_parties__isnull=False).values("with_parties")
    accepted = promised.filter(with_parties=own).filter(accepted_by=own).values("party")
    funder = Party.objects.filter(id=own, role=PartyRole.FUNDER)
    return Party.objects.filter(
        Q(id=party)
        | Q(id__in=pays)
        | Q(id__in=accepted)
        | Q(organisation__paid=True, coalition__in=funder.values("coalition"))
    )


def money_for(party: Party, covenant: Covenant) -> QuerySet[Pledge]:
    """The pledges of a covenant that promise a party money, as it reads them there when it signs."""
    promised = covenant.pledges.filter(resource=Pledge.Resource.MONEY, with_parties=party)
    return promised.exclude(earlier__replaced_at__gt=covenant.opened_at)


def readable(coalition: Coalition, actor: Actor) -> list[Pledge]:
    """The pledges that this reader may see, by party: drafts only of their own party."""
    return list(_with_goals(coalition.pledges.readable_by(actor.party)))


def _with_goals(pledges: QuerySet[Pledge]) -> QuerySet[Pledge]:
    return (
        pledges.select_related("party__organisation")
        .prefetch_related("goals")
        .order_by("party__joined_at", "party_id", "written_at", "id")
    )
