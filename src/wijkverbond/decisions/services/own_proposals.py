"""Proposals that need nothing else: a free one ("we agree the yearly plan"), to suspend and to wake a partner.

What a free one says is the decision; nothing follows from it by itself. A partner that is to be suspended
answers, and everyone reads it, but has no voice in it: else its objection would always stop it.
"""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.accounts.models import User
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import Coalition, Party
from wijkverbond.decisions import policies
from wijkverbond.decisions.models import Decision
from wijkverbond.decisions.services import rounds
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require

FREE = "free-proposal"
SUSPEND = "suspend-party"
END_SUSPENSION = "end-suspension"
WAKE = "wake-party"


@transaction.atomic
def propose_freely(coalition: Coalition, *, actor: Actor, title: str, text: str) -> Decision:
    """Bring any agreement before the coalition; sent twice, it is one proposal."""
    coalition = coalitions.lock_coalition(coalition.id)
    require(policies.may_propose(actor, coalition))
    title, text = title.strip(), text.strip()
    open_already = Decision.objects.open().filter(
        coalition=coalition, kind=FREE, proposer=actor.party, title=title, proposal=text
    )
    return open_already.first() or rounds.propose(
        coalition, actor=actor, kind=FREE, subject=uuid.uuid4(), title=title, text=text
    )


@transaction.atomic
def propose_suspension(party: Party, *, actor: Actor, reason: str) -> Decision:
    """Propose to suspend a partner, or to end its suspension when it is suspended now."""
    party = Party.objects.select_related("organisation", "coalition").get(id=party.id)
    require(policies.may_propose(actor, party.coalition))
    if not party.is_present:
        raise ValidationError({"party": _("This partner has left the coalition.")})
    title = _("End the suspension of %(party)s") if party.suspended_at else _("Suspend %(party)s")
    return rounds.propose(
        party.coalition,
        actor=actor,
        kind=END_SUSPENSION if party.suspended_at else SUSPEND,
        subject=party.id,
        title=title % {"party": party.name},
        text=reason.strip(),
        rests_on=(f"party:{party.id}",),
    )


@transaction.atomic
def propose_waking(party: Party, person: User, *, actor: Actor, reason: str) -> Decision:
    """Propose that a person acts for a partner that sleeps; who it is, only partners that decide see."""
    parties = Party.objects.select_for_update(of=("self",), no_key=True)
    party = parties.select_related("organisation", "coalition").get(id=party.id)
    require(policies.may_propose(actor, party.coalition))
    if Decision.objects.open().filter(kind=WAKE, rests_on=[f"party:{party.id}"]).exists():
        raise ValidationError(_("A proposal about this is already open."))
    return rounds.propose(
        party.coalition,
        actor=actor,
        kind=WAKE,
        subject=coalitions.name_successor(party, person, at=actor.now).id,
        title=_("Let somebody act for %(party)s again") % {"party": party.name},
        text=reason.strip(),
        rests_on=(f"party:{party.id}",),
    )
