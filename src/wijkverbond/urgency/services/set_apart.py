"""Setting look-alike answers apart: two parties together, publicly, and reversibly.

Nothing is thrown away. The reading stands with them, as it was published, and without them beside it.
"""

import uuid
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.analysis.digest import digest
from wijkverbond.analysis.opinions.look_alikes import FEWEST_PEOPLE
from wijkverbond.coalition.queries import party_of
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.events import Event, shreddable
from wijkverbond.kernel.journal import record
from wijkverbond.kernel.policy import require
from wijkverbond.kernel.shown import require_shown
from wijkverbond.kernel.snapshots import snapshot
from wijkverbond.kernel.text_input import check_reason
from wijkverbond.urgency import counting_without, events, policies
from wijkverbond.urgency.models import (
    ApartVoice,
    Conversation,
    Reading,
    ReadingWithout,
    SetApart,
    StatementWord,
)
from wijkverbond.urgency.reading_result import Cluster

Says = ApartVoice.Says


@transaction.atomic
def propose_apart(
    conversation: Conversation, *, actor: Actor, cluster: str, reason: str
) -> SetApart:
    """Propose to set a cluster of the last reading apart, named by its key; a second party agrees."""
    conversation = _locked(conversation)
    require(policies.may_propose_apart(actor, conversation))
    check_reason(reason)
    look_alikes = _cluster(conversation, cluster)
    members = conversation.participants.filter(id__in=look_alikes["people"] if look_alikes else [])
    if not look_alikes or members.count() < FEWEST_PEOPLE:
        raise ValidationError(
            {"cluster": _("The answers were counted anew meanwhile. Look again, and choose.")}
        )
    earlier = conversation.set_apart.not_taken_back().filter(key=cluster).first()
    if earlier and _is_said(earlier, Says.APART, reason, actor):
        return earlier
    if earlier:
        raise ValidationError({"cluster": _("This was already proposed. See the list.")})
    set_apart = SetApart(
        conversation=conversation,
        sort=look_alikes["sort"],
        key=cluster,
        people=counting_without.in_tens(len(look_alikes["people"])),
        proposed_at=actor.now,
    )
    set_apart.full_clean()
    set_apart.save(force_insert=True)
    set_apart.members.set(members)
    voice = _say(set_apart, Says.APART, reason, actor)
    proposed = events.SettingApartProposed(
        set_apart=set_apart.id,
        conversation=conversation.id,
        sort=set_apart.sort,
        people=set_apart.people,
        party=voice.party_id,
        kind=voice.party.kind,
        reason=shreddable(voice.reason),
        rests_on=(f"conversation:{conversation.id}",),
    )
    record(proposed, actor=actor)
    return set_apart


def agree_apart(
    set_apart: SetApart, *, actor: Actor, reason: str, shown: str | None = None
) -> SetApart:
    """Agree, as a party of another kind: from now on the reading stands with and without them."""
    without = None
    if policies.may_agree_apart(actor, set_apart):
        without = _count_once_changed(set_apart, actor)
    return _agree(set_apart, without, actor=actor, reason=reason, shown=shown)


@transaction.atomic
def _agree(
    set_apart: SetApart,
    without: ReadingWithout | None,
    *,
    actor: Actor,
    reason: str,
    shown: str | None,
) -> SetApart:
    set_apart = _locked_with_conversation(set_apart)
    if _is_said(set_apart, Says.APART, reason, actor):
        return set_apart
    require(policies.may_agree_apart(actor, set_apart))
    require_shown(shown, set_apart)
    check_reason(reason)
    voice = _say(set_apart, Says.APART, reason, actor)
    set_apart.standing_at = actor.now
    set_apart.save(update_fields=["standing_at"])
    agreed = events.AnswersSetApart(
        set_apart=set_apart.id,
        conversation=set_apart.conversation_id,
        people=set_apart.people,
        agreed=list(set_apart.voices.values_list("party", flat=True)),
        reason=shreddable(voice.reason),
        rests_on=(f"set_apart:{set_apart.id}",),
    )
    record(agreed, *_publish_changed(without, set_apart), actor=actor)
    return set_apart


def take_back_apart(set_apart: SetApart, *, actor: Actor, reason: str) -> SetApart:
    """One of the parties that asked for it takes it back: then these answers count as all others."""
    without = None
    if set_apart.state == SetApart.State.STANDING and policies.may_take_back_apart(
        actor, set_apart
    ):
        without = _count_once_changed(set_apart, actor)
    return _take_back(set_apart, without, actor=actor, reason=reason)


@transaction.atomic
def _take_back(
    set_apart: SetApart, without: ReadingWithout | None, *, actor: Actor, reason: str
) -> SetApart:
    set_apart = _locked_with_conversation(set_apart)
    if _is_said(set_apart, Says.BACK, reason, actor):
        return set_apart
    require(policies.may_take_back_apart(actor, set_apart))
    check_reason(reason)
    voice = _say(set_apart, Says.BACK, reason, actor)
    stood = set_apart.state == SetApart.State.STANDING
    set_apart.taken_back_at = actor.now
    set_apart.save(update_fields=["taken_back_at"])
    back = events.AnswersPutBack(
        set_apart=set_apart.id,
        conversation=set_apart.conversation_id,
        party=voice.party_id,
        kind=voice.party.kind,
        reason=shreddable(voice.reason),
        rests_on=(f"set_apart:{set_apart.id}",),
    )
    counted = _publish_changed(without, set_apart) if stood else []
    record(back, *counted, actor=actor)
    return set_apart


def count_without_set_apart(reading: Reading, actor: Actor) -> ReadingWithout | None:
    """A reading without what is set apart now, not stored yet; None where nothing is."""
    standing = list(reading.conversation.set_apart.standing())
    return _count_without(reading, standing, actor)


def publish_without(without: ReadingWithout) -> list[Event]:
    """Store what was counted without what is set apart, and tell that it is there.

    To be called with the conversation locked. Raises ValidationError when something else is set apart
    by now.
    """
    reading, result = without.reading, without.result
    standing = reading.conversation.set_apart.standing().values_list("id", flat=True)
    if {str(apart) for apart in standing} != set(result["set_apart"]):
        raise ValidationError(_("Something else was set apart meanwhile. Look at the page again."))
    without.save(force_insert=True)

    def with_word(word: str) -> list[uuid.UUID]:
        return sorted(
            uuid.UUID(key)
            for key, statement in result["statements"].items()
            if statement["word"] == word
        )

    return [
        events.CountedWithout(
            conversation=reading.conversation_id,
            reading=reading.id,
            left_out=[uuid.UUID(apart) for apart in result["set_apart"]],
            output_digest=without.output_digest,
            shared=with_word(StatementWord.SHARED),
            divided=with_word(StatementWord.DIVIDED),
            leaning=with_word(StatementWord.LEANING),
            rests_on=(f"reading:{reading.id}",),
        )
    ]


def _count_once_changed(set_apart: SetApart, actor: Actor) -> ReadingWithout | None:
    """The last reading as it stands once these answers are set apart, or are not any more."""
    with snapshot():
        reading = set_apart.conversation.readings.first()
        standing = set(set_apart.conversation.set_apart.standing()) ^ {set_apart}
        return _count_without(reading, standing, actor) if reading else None


def _count_without(
    reading: Reading, standing: Collection[SetApart], actor: Actor
) -> ReadingWithout | None:
    if not standing:
        return None
    result, kept = counting_without.count_without(reading, standing)
    return ReadingWithout(
        reading=reading, at=actor.now, result=result, kept=kept, output_digest=digest(result)
    )


def _publish_changed(without: ReadingWithout | None, set_apart: SetApart) -> list[Event]:
    if without is None and set_apart.conversation.set_apart.standing().exists():
        raise ValidationError(_("Something else was set apart meanwhile. Look at the page again."))
    return publish_without(without) if without else []


def _cluster(conversation: Conversation, key: str) -> Cluster | None:
    reading = conversation.readings.first()
    clusters = reading.clusters if reading else []
    return next((cluster for cluster in clusters if counting_without.key_of(cluster) == key), None)


def _is_said(set_apart: SetApart, says: str, reason: str, actor: Actor) -> bool:
    """Whether this party said the same before, for the same reason: it was sent twice."""
    own = set_apart.voices.filter(party=actor.party, person=actor.person, says=says)
    return actor.is_party and own.filter(reason=reason.strip()).exists()


def _say(set_apart: SetApart, says: str, reason: str, actor: Actor) -> ApartVoice:
    voice = ApartVoice(
        set_apart=set_apart,
        party=party_of(actor),
        person_id=actor.person,
        says=says,
        reason=reason.strip(),
        at=actor.now,
    )
    voice.full_clean()
    voice.save(force_insert=True)
    return voice


def _locked(conversation: Conversation) -> Conversation:
    return Conversation.objects.select_for_update(no_key=True).get(id=conversation.id)


def _locked_with_conversation(set_apart: SetApart) -> SetApart:
    conversation = _locked(set_apart.conversation)
    set_apart = SetApart.objects.select_for_update(no_key=True).get(id=set_apart.id)
    set_apart.conversation = conversation
    return set_apart
