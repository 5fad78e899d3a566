"""Who may do what with a coalition, its parties and their mandates (R1, R2, R8, R12)."""

import dataclasses

from django.utils.translation import gettext_lazy as _

from wijkverbond.coalition.models import (
    Coalition,
    Invitation,
    Mandate,
    Organisation,
    Party,
    Secretariat,
)
from wijkverbond.kernel.actor import PARTIES, SOCIETY, Actor, ActorKind
from wijkverbond.kernel.actor import Mandate as MandateSort
from wijkverbond.kernel.policy import (
    YES,
    Action,
    Verdict,
    Whose,
    allow,
    declare,
    no,
    refuse,
)

OWN = (Whose.OWN,)

START = declare(
    Action(
        name="coalition.start",
        title=_("Start a coalition"),
        needs=None,
        rules=(
            allow(*PARTIES, whose=OWN),
            refuse(
                *PARTIES,
                because=_("You start a coalition for your own organisation, not for another."),
            ),
        ),
        otherwise=_("An organisation starts a coalition; one resident or one shop is enough."),
    )
)

JOIN = declare(
    Action(
        name="coalition.join",
        title=_("Join as a partner, after an invitation"),
        needs=None,
        rules=(
            allow(*PARTIES, whose=OWN),
            refuse(*PARTIES, because=_("Only the organisation itself joins.")),
        ),
        otherwise=_("An organisation takes part; one resident or one shop can be one."),
    )
)

DECLINE_INVITATION = declare(
    Action(
        name="coalition.decline_invitation",
        title=_("Decline an invitation, with a reason"),
        needs=None,
        rules=(allow(*PARTIES, ActorKind.PARTICIPANT, whose=OWN),),
        otherwise=_("Only whoever is invited answers an invitation."),
    )
)

INVITE = declare(
    Action(
        name="coalition.invite",
        title=_("Invite someone"),
        rules=(
            allow(*PARTIES, ActorKind.SECRETARIAT, whose=OWN),
            refuse(
                *PARTIES,
                ActorKind.SECRETARIAT,
                because=_("You invite in your own name, not for another."),
            ),
        ),
        otherwise=_("Partners and the secretariat invite others."),
    )
)

REVOKE_INVITATION = declare(
    Action(
        name="coalition.revoke_invitation",
        title=_("Withdraw an invitation"),
        rules=(allow(*PARTIES, whose=OWN), allow(ActorKind.SECRETARIAT)),
        otherwise=_("Who invited, or the secretariat, withdraws an invitation."),
    )
)

DESCRIBE_PARTY = declare(
    Action(
        name="coalition.describe_party",
        title=_("Change how a partner describes itself"),
        needs=MandateSort.DECIDE,
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("Only the partner itself says who it is and why it takes part."),
    )
)

LEAVE = declare(
    Action(
        name="coalition.leave",
        title=_("Leave the coalition, with a reason"),
        needs=MandateSort.DECIDE,
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("Only a partner itself leaves. Nobody is removed."),
    )
)

GRANT_MANDATE = declare(
    Action(
        name="coalition.grant_mandate",
        title=_("Say who may act for a partner"),
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("Only the partner itself says who may act for it."),
    )
)

CONFIRM_MANDATE = declare(
    Action(
        name="coalition.confirm_mandate",
        title=_("Confirm that someone may sign for a partner"),
        rules=(
            allow(*PARTIES, whose=OWN),
            allow(*SOCIETY),
            refuse(
                ActorKind.GOVERNMENT,
                because=_("Government does not say who may sign for another partner."),
            ),
        ),
        otherwise=_("A second person of the partner, or another partner, confirms this."),
    )
)

END_MANDATE = declare(
    Action(
        name="coalition.end_mandate",
        title=_("End someone's mandate"),
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("Only the partner itself says who may act for it."),
    )
)

GRANT_SECRETARIAT = declare(
    Action(
        name="coalition.grant_secretariat",
        title=_("Ask someone for the secretariat"),
        needs=MandateSort.DECIDE,
        rules=(
            allow(*SOCIETY),
            refuse(
                ActorKind.GOVERNMENT,
                because=_(
                    "Residents, entrepreneurs and social organisations choose the secretariat. "
                    "Government can lend someone for it."
                ),
            ),
        ),
        otherwise=_("The coalition chooses its own secretariat."),
    )
)

REVOKE_SECRETARIAT = declare(
    Action(
        name="coalition.revoke_secretariat",
        title=_("End someone's work in the secretariat"),
        needs=MandateSort.DECIDE,
        rules=(
            allow(*SOCIETY),
            allow(ActorKind.SECRETARIAT, whose=OWN),
            refuse(
                ActorKind.GOVERNMENT,
                because=_(
                    "Residents, entrepreneurs and social organisations choose the secretariat."
                ),
            ),
        ),
        otherwise=_("The coalition chooses its own secretariat."),
    )
)

OPEN = declare(
    Action(
        name="coalition.change_access",
        title=_("Show the coalition to everyone, or prepare in private"),
        needs=MandateSort.DECIDE,
        rules=(
            allow(*SOCIETY),
            refuse(
                ActorKind.GOVERNMENT,
                because=_("Government does not close or open the books of a coalition."),
            ),
        ),
        otherwise=_("The society partners say who sees the coalition."),
    )
)

SUGGEST_MISSING = declare(
    Action(
        name="coalition.suggest_missing_voice",
        title=_("Say who is missing"),
        rules=(
            allow(*PARTIES, ActorKind.SECRETARIAT, whose=OWN),
            allow(ActorKind.SYSTEM, whose=OWN),
        ),
        otherwise=_("Partners and the secretariat say who is missing, in their own name."),
    )
)

DISMISS_MISSING = declare(
    Action(
        name="coalition.dismiss_missing_voice",
        title=_("Take a missing voice off the list, with a reason"),
        rules=(
            allow(*SOCIETY),
            refuse(
                ActorKind.GOVERNMENT,
                because=_("Government does not say who is not needed at the table."),
            ),
        ),
        otherwise=_("Residents, entrepreneurs and social organisations weigh who is needed."),
    )
)

REPORT_TIE = declare(
    Action(
        name="coalition.report_tie",
        title=_("Say how a partner works with another"),
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("Each partner says for itself with whom it works."),
    )
)

PROPOSE_HAND_OVER = declare(
    Action(
        name="coalition.propose_chair_and_rules",
        title=_("Propose the coalition's own chair and rules"),
        needs=MandateSort.DECIDE,
        rules=(
            allow(*SOCIETY),
            refuse(
                ActorKind.GOVERNMENT,
                because=_("Government may start a coalition; the partners choose chair and rules."),
            ),
        ),
        otherwise=_("The partners choose their own chair and rules."),
    )
)

CONFIRM_HAND_OVER = declare(
    Action(
        name="coalition.confirm_chair_and_rules",
        title=_("Confirm the coalition's own chair and rules"),
        needs=MandateSort.DECIDE,
        rules=(
            allow(*SOCIETY, whose=OWN),
            refuse(
                ActorKind.GOVERNMENT,
                because=_("Government may start a coalition; the partners choose chair and rules."),
            ),
        ),
        otherwise=_("Each partner confirms for itself."),
    )
)

DESCRIBE_ORGANISATION = declare(
    Action(
        name="coalition.describe_organisation",
        title=_("Change an organisation's details"),
        needs=MandateSort.DECIDE,
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("Only the organisation itself changes its details."),
    )
)


def joining_as(actor: Actor, organisation: Organisation) -> Actor:
    """The same person, speaking for an organisation that is about to take part.

    Secretariat, operator and software stay what they are: they do not take part.
    """
    if not actor.is_party and actor.kind != ActorKind.PARTICIPANT:
        return actor
    return dataclasses.replace(actor, kind=ActorKind(organisation.kind), party=None)


def _represents(actor: Actor, organisation: Organisation) -> bool:
    if organisation._state.adding:
        return True
    held = Mandate.objects.valid(actor.now).filter(person=actor.person)
    return held.filter(party__organisation=organisation).exists()


def may_start(actor: Actor, organisation: Organisation) -> Verdict:
    """Whether the actor may start a coalition for this organisation."""
    if actor.person is None:
        return no(_("Sign in to start a coalition."))
    return START.verdict(
        joining_as(actor, organisation), own=_represents(actor, organisation), coalition=None
    )


def may_join(actor: Actor, coalition: Coalition, organisation: Organisation) -> Verdict:
    """Whether the invited actor may let this organisation join."""
    if actor.person is None:
        return no(_("Sign in to join."))
    return JOIN.verdict(
        joining_as(actor, organisation),
        own=_represents(actor, organisation),
        coalition=coalition.id,
    )


def may_decline(actor: Actor, invitation: Invitation) -> Verdict:
    """Whether the actor, who holds the link, may decline."""
    return DECLINE_INVITATION.verdict(actor, own=True, coalition=invitation.coalition_id)


def may_invite(actor: Actor, coalition: Coalition) -> Verdict:
    """Whether the actor may invite others."""
    return INVITE.verdict(actor, own=True, coalition=coalition.id)


def may_revoke_invitation(actor: Actor, invitation: Invitation) -> Verdict:
    """Whether the actor may withdraw this invitation."""
    own = invitation.sent_by_party_id == actor.party
    return REVOKE_INVITATION.verdict(actor, own=own, coalition=invitation.coalition_id)


def may_describe_party(actor: Actor, party: Party) -> Verdict:
    """Whether the actor may change how this party takes part."""
    return DESCRIBE_PARTY.verdict(actor, own=_own(actor, party), coalition=party.coalition_id)


def may_describe_organisation(actor: Actor, party: Party) -> Verdict:
    """Whether the actor may change the details of the organisation behind this party."""
    own = _own(actor, party)
    return DESCRIBE_ORGANISATION.verdict(actor, own=own, coalition=party.coalition_id)


def may_leave(actor: Actor, party: Party) -> Verdict:
    """Whether the actor may let this party leave."""
    return LEAVE.verdict(actor, own=_own(actor, party), coalition=party.coalition_id)


def may_grant_mandate(actor: Actor, party: Party) -> Verdict:
    """Whether the actor may say who acts for this party; that needs the right to grant."""
    verdict = GRANT_MANDATE.verdict(actor, own=_own(actor, party), coalition=party.coalition_id)
    return verdict and _granter(actor, party)


def may_confirm_mandate(actor: Actor, mandate: Mandate) -> Verdict:
    """Whether the actor may confirm a mandate to sign: never their own, nor one they gave."""
    party = mandate.party
    verdict = CONFIRM_MANDATE.verdict(actor, own=_own(actor, party), coalition=party.coalition_id)
    if verdict and actor.person in (None, mandate.person_id, mandate.granted_by_id):
        return no(_("Someone else confirms this: not who gave the mandate and not who got it."))
    return verdict


def may_end_mandate(actor: Actor, mandate: Mandate) -> Verdict:
    """Whether the actor may end this mandate: a granter any, everyone their own."""
    party = mandate.party
    verdict = END_MANDATE.verdict(actor, own=_own(actor, party), coalition=party.coalition_id)
    if verdict and mandate.person_id == actor.person:
        return YES
    return verdict and _granter(actor, party)


def may_grant_secretariat(actor: Actor, coalition: Coalition) -> Verdict:
    """Whether the actor may ask someone for the secretariat."""
    return GRANT_SECRETARIAT.verdict(actor, own=False, coalition=coalition.id)


def may_revoke_secretariat(actor: Actor, secretariat: Secretariat) -> Verdict:
    """Whether the actor may end this person's work in the secretariat."""
    own = secretariat.person_id == actor.person
    return REVOKE_SECRETARIAT.verdict(actor, own=own, coalition=secretariat.coalition_id)


def may_change_access(actor: Actor, coalition: Coalition) -> Verdict:
    """Whether the actor may say who sees the coalition's pages."""
    return OPEN.verdict(actor, own=False, coalition=coalition.id)


def may_suggest_missing(actor: Actor, coalition: Coalition) -> Verdict:
    """Whether the actor may say who is missing."""
    return SUGGEST_MISSING.verdict(actor, own=True, coalition=coalition.id)


def may_dismiss_missing(actor: Actor, coalition: Coalition) -> Verdict:
    """Whether the actor may take a missing voice off the list."""
    return DISMISS_MISSING.verdict(actor, own=False, coalition=coalition.id)


def may_report_tie(actor: Actor, party: Party) -> Verdict:
    """Whether the actor may say how this party works with others."""
    return REPORT_TIE.verdict(actor, own=_own(actor, party), coalition=party.coalition_id)


def may_propose_hand_over(actor: Actor, coalition: Coalition) -> Verdict:
    """Whether the actor may propose chair and rules."""
    return PROPOSE_HAND_OVER.verdict(actor, own=False, coalition=coalition.id)


def may_confirm_hand_over(actor: Actor, coalition: Coalition) -> Verdict:
    """Whether the actor may confirm chair and rules for their own party."""
    return CONFIRM_HAND_OVER.verdict(actor, own=True, coalition=coalition.id)


def _own(actor: Actor, party: Party) -> bool:
    return actor.party == party.id


def _granter(actor: Actor, party: Party) -> Verdict:
    held = Mandate.objects.valid(actor.now).filter(party=party, person=actor.person)
    if held.filter(may_grant=True).exists():
        return YES
    return no(_("Only someone who may give mandates for this partner does this."))
