"""Which records there are in the journal, what they are called, and where their page is."""

import dataclasses
import uuid

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wijkverbond.kernel.models import Entry


@dataclasses.dataclass(frozen=True)
class Sort:
    """A sort of record: the events that bring it about, and where its text and page are found.

    `field` is the free text that says what it is; `view` takes `argument`, the id that stands in
    the facts under `fact` (the thing itself, unless another page tells of it).
    """

    thing: str
    name: str | Promise
    events: tuple[str, ...]
    field: str = ""
    view: str = ""
    argument: str = ""
    fact: str = ""


SORTS = (
    Sort("signal", _("Signal"), ("insights.signal_moderated",), "body", "insights:signals"),
    Sort("insight", _("Insight"), ("insights.insight_published", "insights.insight_revised"),
         "statement", "insights:insight", "insight"),
    Sort("conversation", _("Question to the neighbourhood"), ("urgency.conversation_opened",),
         "question", "urgency:conversation", "conversation"),
    Sort("statement", _("Sentence"), ("urgency.statement_moderated",), "body",
         "urgency:conversation", "conversation", "conversation"),
    Sort("reading", _("Answers counted"), ("urgency.reading_published",), "",
         "urgency:conversation", "conversation", "conversation"),
    Sort("shared_urgency", _("Shared urgency"),
         ("urgency.shared_urgency_proposed", "urgency.shared_urgency_worded_anew"),
         "sentence", "urgency:urgency", "urgency"),
    Sort("decision", _("Decision"), ("decisions.proposed",), "proposal", "decisions:page",
         "decision"),
    Sort("vision_version", _("Vision"), ("vision.version_proposed",), "", "vision:version",
         "version"),
    Sort("goal", _("Goal"), ("vision.goal_set", "vision.goal_changed"), "sentence",
         "vision:goal", "goal"),
    Sort("benefit", _("Benefit"), ("vision.benefit_stated",), "own", "vision:goal", "goal", "goal"),
    Sort("pledge", pgettext_lazy("record", "Promise"),
         ("commitments.pledge_offered", "commitments.pledge_changed"), "what",
         "commitments:pledge", "pledge"),
    Sort("covenant", _("Covenant"),
         ("commitments.covenant_drafted", "commitments.covenant_opened_for_signing"), "",
         "commitments:covenant", "covenant"),
    Sort("initiative", _("Initiative"),
         ("actions.initiative_proposed", "actions.initiative_started"), "title",
         "actions:initiative", "initiative"),
    Sort("action", pgettext_lazy("record", "Action"), ("actions.action_planned",), "what",
         "actions:initiative", "initiative", "initiative"),
    Sort("check_in", _("How a promise goes"), ("actions.check_in_reported",), "remark",
         "actions:check_ins", "pledge", "pledge"),
    Sort("obstacle", _("What is stuck"), ("actions.obstacle_raised",), "what",
         "actions:obstacle", "obstacle"),
    Sort("request", _("Request to government"), ("actions.request_asked",), "title",
         "actions:request", "asked"),
    Sort("breakthrough", _("Breakthrough"), ("breakthroughs.claimed",), "title",
         "breakthroughs:page", "breakthrough"),
    Sort("measurement", _("Measurement"),
         ("results.measurement_recorded", "results.measurement_corrected"), "", "results:goal",
         "goal", "goal"),
)  # fmt: skip
"""In the order of the cycle."""

BY_THING = {sort.thing: sort for sort in SORTS}
ORDER = {sort.thing: place for place, sort in enumerate(SORTS)}
BY_EVENT = {event: sort for sort in SORTS for event in sort.events}
PARTY = Sort("party", _("Partner"), (), "", "coalition:party", "party")


def page_of(sort: Sort, slug: str, facts: dict[str, object]) -> str:
    """The page on which a record is told; empty where there is none."""
    named = facts.get(sort.fact or sort.thing)
    if not sort.view or (sort.argument and not _is_id(named)):
        return ""
    try:
        return reverse(sort.view, args=[slug, named] if sort.argument else [slug])
    except NoReverseMatch:
        return ""


def about(entry: Entry) -> Sort | None:
    """What sort of record an entry is about: the most particular one that it names."""
    if entry.event in BY_EVENT:
        return BY_EVENT[entry.event]
    named = [sort for sort in reversed(SORTS) if sort.argument and sort.thing in entry.facts]
    if named:
        return named[0]
    return PARTY if "party" in entry.facts else None


def _is_id(named: object) -> bool:
    try:
        uuid.UUID(str(named))
    except ValueError:
        return False
    return True
