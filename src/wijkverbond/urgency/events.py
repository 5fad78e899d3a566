"""What is recorded of conversations, readings and shared urgencies."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.events import Event, Text, event
from wijkverbond.kernel.registry import (
    RECORD_TYPES,
    TIMELINE_CHAPTERS,
    RecordType,
    TimelineChapter,
)
from wijkverbond.urgency.models import SetApart, StatementWord


@event("urgency.conversation_opened", _("%(who)s asks the neighbourhood: “%(question)s”"))
class ConversationOpened(Event):
    """A question to the whole neighbourhood."""

    conversation: uuid.UUID
    places: list[str]
    division_year: int
    opens: dt.datetime
    closes: dt.datetime
    entry: list[str]
    moderation: str
    seeds: int
    question: Text | None


@event(
    "urgency.hall_hours_set",
    _("%(who)s expects many people in a hall, from %(starts)s to %(ends)s"),
)
class HallHoursSet(Event):
    """In these hours the limits of one network are lifted."""

    conversation: uuid.UUID
    starts: dt.datetime
    ends: dt.datetime


@event("urgency.conversation_closed", _("A question to the neighbourhood is closed"))
class ConversationClosed(Event):
    """The conversation is closed. The reading that follows says who answered; closings of before, too."""

    conversation: uuid.UUID
    respondents: dict[str, int] | None = None
    not_yet_heard: list[str] | None = None
    heard_not_shown: list[str] | None = None


@event(
    "urgency.statement_moderated",
    _("%(who)s read a sentence: “%(body)s”"),
    not_own=("body",),
    also_read=("reason",),
)
class StatementModerated(Event):
    """A statement is published, refused or hidden, with a reason."""

    conversation: uuid.UUID
    statement: uuid.UUID
    origin: str
    outcome: str
    why: str | None
    reason: Text | None
    body: Text | None


@event(
    "urgency.statement_hidden_by_host",
    _("The host of the site hides a sentence: “%(law)s”. Partners review it before %(review_by)s."),
)
class StatementHiddenByHost(Event):
    """The host hides what is against the law, at once; others review it within 72 hours."""

    conversation: uuid.UUID
    statement: uuid.UUID
    review_by: dt.datetime
    law: Text | None
    ground: str | None = None


@event("urgency.hiding_reviewed", _("Partners review a hidden sentence: “%(reason)s”"))
class HidingReviewed(Event):
    """People of two other kinds uphold what the host did, or bring the statement back."""

    conversation: uuid.UUID
    statement: uuid.UUID
    outcome: str
    kinds: list[str]
    reason: Text | None


@event(
    "urgency.statement_returned",
    _("A sentence that the host hid in doubt is back: nobody could review it within 72 hours"),
)
class StatementReturned(Event):
    """There were no partners of two kinds to review it, so what was hidden in doubt is back."""

    conversation: uuid.UUID
    statement: uuid.UUID


@event("urgency.reading_published", _("The answers of the neighbourhood are counted"))
class ReadingPublished(Event):
    """A reading is published, with everything that a fold needs of it."""

    reading: uuid.UUID
    conversation: uuid.UUID
    input_digest: str
    output_digest: str
    respondents: dict[str, int]
    not_yet_heard: list[str]
    statements: int
    shared: list[uuid.UUID]
    shared_urgent: list[uuid.UUID]
    divided: list[uuid.UUID]
    leaning: list[uuid.UUID]
    shared_direct: list[uuid.UUID]
    heard_not_shown: list[str] | None = None
    form: int | None = None


@event(
    "urgency.edition_published",
    _("The answers to a question are there for everyone, edition %(edition)s"),
)
class EditionPublished(Event):
    """The answers to a closed question as everyone may have them; the digest covers no text itself.

    A later edition is without what people erased, and names the digest of the one before.
    """

    conversation: uuid.UUID
    edition: int
    form: int
    digest: str
    earlier: str | None = None


@event("urgency.statement_counted", _("The answers to one sentence: %(word)s"))
class StatementCounted(Event):
    """The published figures of one statement: the interval of each kind, counts where there are."""

    reading: uuid.UUID
    statement: uuid.UUID
    word: Annotated[str, StatementWord]
    word_direct: Annotated[str, StatementWord]
    agree: dict[str, int]
    disagree: dict[str, int]
    passes: dict[str, int]
    chosen: dict[str, int]
    lower: dict[str, Decimal]
    upper: dict[str, Decimal]


@event(
    "urgency.setting_apart_proposed",
    _("%(who)s proposes to set at least %(people)s look-alike answers apart: “%(reason)s”"),
)
class SettingApartProposed(Event):
    """A party proposes that the reading stands with and without answers that may be one person's."""

    set_apart: uuid.UUID
    conversation: uuid.UUID
    sort: Annotated[str, SetApart.Type]
    people: int
    party: uuid.UUID
    kind: str
    reason: Text | None


@event(
    "urgency.answers_set_apart",
    _("%(who)s agrees to set look-alike answers apart: “%(reason)s”"),
)
class AnswersSetApart(Event):
    """Two parties of two kinds agree: the reading stands with and without these answers."""

    set_apart: uuid.UUID
    conversation: uuid.UUID
    people: int
    agreed: list[uuid.UUID]
    reason: Text | None


@event(
    "urgency.answers_put_back",
    _("%(who)s takes back that answers are set apart: “%(reason)s”"),
)
class AnswersPutBack(Event):
    """One of the two takes it back: the answers count as all others again."""

    set_apart: uuid.UUID
    conversation: uuid.UUID
    party: uuid.UUID
    kind: str
    reason: Text | None


@event("urgency.counted_without", _("The answers are counted without those set apart"))
class CountedWithout(Event):
    """The reading without what is set apart, which stands beside the reading with it."""

    conversation: uuid.UUID
    reading: uuid.UUID
    left_out: list[uuid.UUID]
    output_digest: str
    shared: list[uuid.UUID]
    divided: list[uuid.UUID]
    leaning: list[uuid.UUID]


@event("urgency.shared_urgency_proposed", _("%(who)s proposes as shared urgency: “%(sentence)s”"))
class SharedUrgencyProposed(Event):
    """A party proposes what must come first, on the ground of a reading."""

    shared_urgency: uuid.UUID
    revision: int
    agreement: str
    agreement_direct: str
    urgent: str
    sentence: Text | None


@event(
    "urgency.shared_urgency_worded_anew",
    _("%(who)s words it anew: “%(sentence)s”"),
    also_read=("reason",),
)
class SharedUrgencyWordedAnew(SharedUrgencyProposed):
    """A new wording; endorsements start again."""

    reason: Text | None


@event("urgency.shared_urgency_endorsed", _("%(who)s shares this urgency"))
class SharedUrgencyEndorsed(Event):
    """A party says by name that it shares this urgency."""

    shared_urgency: uuid.UUID
    revision: int
    party: uuid.UUID
    kind: str


@event("urgency.shared_urgency_adopted", _("The coalition adopts a shared urgency"))
class SharedUrgencyAdopted(Event):
    """Adopted by consent."""

    shared_urgency: uuid.UUID
    revision: int
    agreement: str
    agreement_direct: str
    urgent: str
    ask_again_by: dt.date


TIMELINE_CHAPTERS.declare(
    TimelineChapter(
        name="urgency",
        title=_("What is needed"),
        order=30,
        silent=(StatementCounted,),
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="conversation",
        title=_("Question to the neighbourhood"),
        order=30,
        events=(ConversationOpened,),
        text="question",
        address="urgency:conversation",
        fact="conversation",
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="statement",
        title=_("Sentence"),
        order=40,
        events=(StatementModerated,),
        text="body",
        address="urgency:conversation",
        fact="conversation",
        each_recorded=False,  # the first statements of a conversation come with it
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="reading",
        title=_("Answers counted"),
        order=50,
        events=(ReadingPublished,),
        address="urgency:conversation",
        fact="conversation",
        shown=False,
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="set_apart",
        title=_("Answers set apart"),
        order=55,
        events=(SettingApartProposed,),
        text="reason",
        address="urgency:apart",
        fact="set_apart",
    )
)
RECORD_TYPES.declare(
    RecordType(
        name="shared_urgency",
        title=_("Shared urgency"),
        order=60,
        events=(
            SharedUrgencyProposed,
            SharedUrgencyWordedAnew,
        ),
        text="sentence",
        address="urgency:urgency",
        fact="shared_urgency",
    )
)
