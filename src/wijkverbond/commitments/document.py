"""The covenant as an accessible PDF (PDF/UA-1), made by typst from frozen content.

The same content gives the same bytes, so their digest can be signed and checked for ever. What
people wrote is handed over as data and cannot become markup.
"""

import hashlib
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import TypedDict

import typst
from django.utils.formats import date_format, number_format
from django.utils.translation import override

from wijkverbond.commitments import queries
from wijkverbond.commitments.models import Covenant, Pledge
from wijkverbond.vision.models import Goal

UNPRINTABLE = re.compile(r'PDF/UA-1 error: the text .*?`"(.+?)"`')
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


def content(covenant: Covenant) -> Content:
    """What the covenant would say if it were frozen now, in Dutch."""
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
        }


class Unprintable(Exception):
    """The fonts of the PDF have no picture for a sign in the text, such as an emoji."""

    def __init__(self, sign: str) -> None:
        super().__init__(sign)
        self.sign = sign


def render(content: Content) -> bytes:
    """The PDF. Raises Unprintable for a sign that not every reader would get to see or hear."""
    try:
        pdf = typst.compile(
            TEMPLATE,
            sys_inputs={"content": json.dumps(content)},
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
        )
    except typst.TypstError as error:
        if sign := UNPRINTABLE.search(str(error)):
            raise Unprintable(sign[1]) from error
        raise
    assert isinstance(pdf, bytes)
    return pdf


def text_with(content: object, sign: str) -> str:
    """The first text of the content that has this sign in it, as far as one needs to find it."""
    match content:
        case str() if sign in content:
            at = content.index(sign)
            return content[max(0, at - 60) : at + 60]
        case dict():
            return text_with(list(content.values()), sign)
        case list():
            return next(filter(None, (text_with(part, sign) for part in content)), "")
    return ""


def digest(pdf: bytes) -> str:
    """SHA-256 of the document, in hexadecimal."""
    return hashlib.sha256(pdf).hexdigest()


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
