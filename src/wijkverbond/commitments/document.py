"""The covenant as an accessible PDF, made from frozen content.

The same content gives the same bytes, so their digest can be signed and checked for ever. What
people wrote is handed over as data and cannot become markup.
"""

import hashlib
from decimal import Decimal
from pathlib import Path
from typing import TypedDict

from django.conf import settings
from django.utils.formats import date_format, number_format
from django.utils.translation import override

from wijkverbond.coalition.models import Kind
from wijkverbond.commitments import queries
from wijkverbond.commitments.models import Covenant, Pledge
from wijkverbond.register import queries as registers
from wijkverbond.ui import pdf
from wijkverbond.vision.models import Goal

TEMPLATE = Path(__file__).parent / "documents" / "covenant.typ"


class GoalContent(TypedDict):
    """A goal as it stands in the covenant."""

    id: str
    sentence: str
    measured_by: str
    from_to: str
    due: str


class PledgeContent(TypedDict):
    """A pledge as it stands in the covenant."""

    id: str
    party: str
    what: str
    measure: str
    effect: str
    approval: str
    together: str
    brings: str
    starts: str
    ends: str
    rhythm: str


class PartyContent(TypedDict):
    """A party that is asked to sign."""

    id: str
    name: str
    kind: str
    legal_form: str
    informal: bool


class Content(TypedDict):
    """Everything that the document says; plain values, ready for JSON."""

    coalition: str
    title: str
    number: int
    preamble: str
    rules: str
    starts: str
    ends: str
    vision: str
    vision_number: int
    goals: list[GoalContent]
    pledges: list[PledgeContent]
    parties: list[PartyContent]
    missing_kinds: list[str]
    vision_without: list[str]
    seal: str
    check_at: str


def content(covenant: Covenant) -> Content:
    """What the covenant would say if it were frozen now, in Dutch.

    With the last head of the register, so that everybody who keeps the document keeps a head. It is the
    one of before the freezing, and inside what is signed: a later one would change the bytes, and with
    them the digest that every signature names. The head that covers a signature stands on the page of
    who signed.
    """
    parties = queries.to_sign(covenant.coalition)
    with override("nl"):
        return {
            "coalition": covenant.coalition.name,
            "title": covenant.title,
            "number": covenant.number,
            "preamble": covenant.preamble,
            "rules": covenant.rules,
            "starts": date_format(covenant.starts),
            "ends": date_format(covenant.ends),
            "vision": covenant.vision.body,
            "vision_number": covenant.vision.number,
            "goals": [_goal(goal) for goal in covenant.goals.order_by("set_at", "id")],
            "pledges": [_pledge(pledge) for pledge in queries.pledges_in(covenant)],
            "parties": [
                {
                    "id": str(party.id),
                    "name": party.organisation.name,
                    "kind": party.organisation.get_kind_display(),
                    "legal_form": party.organisation.get_legal_form_display(),
                    "informal": party.organisation.legal_form == "informal",
                }
                for party in parties
            ],
            "missing_kinds": [str(kind.label) for kind in queries.missing_kinds(parties)],
            "vision_without": [str(Kind(kind).label).lower() for kind in covenant.vision.without],
            "seal": registers.last_head(covenant.coalition_id),
            "check_at": f"{settings.SITE_ADDRESS}/register/",
        }


def render(content: Content) -> bytes:
    """The PDF; a sign that no font can show stands in it as another, with a note."""
    return pdf.render(TEMPLATE, content)


def exact_text(content: Content) -> bytes:
    """The text as it was written, of which the note of the PDF gives the digest."""
    return pdf.exact_text(content)


def digest(document: bytes) -> str:
    """SHA-256 of the document, in hexadecimal."""
    return hashlib.sha256(document).hexdigest()


def _goal(goal: Goal) -> GoalContent:
    numbers = goal.baseline is not None and goal.target is not None
    return {
        "id": str(goal.id),
        "sentence": goal.sentence,
        "measured_by": goal.indicator_name,
        "from_to": f"{_number(goal.baseline)} → {_number(goal.target)} {goal.unit}".strip()
        if numbers
        else "",
        "due": date_format(goal.due) if goal.due else "",
    }


def _pledge(pledge: Pledge) -> PledgeContent:
    amount = f"{_number(pledge.quantity)} {pledge.unit}".strip() if pledge.quantity else ""
    brings = str(pledge.get_resource_display())
    return {
        "id": str(pledge.id),
        "party": str(pledge.party),
        "what": pledge.what,
        "measure": pledge.measure,
        "effect": str(pledge.get_effect_display()),
        "approval": pledge.subject_to_approval,
        "together": ", ".join(map(str, queries.pledge_partners(pledge))),
        "brings": f"{brings}: {amount}" if amount else brings,
        "starts": date_format(pledge.starts),
        "ends": date_format(pledge.ends),
        "rhythm": str(pledge.get_rhythm_display()),
    }


def _number(value: Decimal | None) -> str:
    return "" if value is None else number_format(value.normalize(), use_l10n=True)
