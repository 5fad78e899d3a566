"""Who may do what with a coalition, its parties and their mandates (R1, R2, R8, R12)."""

import dataclasses
import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wijkverbond.accounts.models import User
from wijkverbond.coalition.models import (
    Coalition,
    Invitation,
    Mandate,
    MandateOffer,
    NameReport,
    Organisation,
    Party,
    Secretariat,
    Unlisting,
    voices,
)
from wijkverbond.coalition.models.confirmations import whose_word_counts
from wijkverbond.coalition.models.host_acts import HostAct, HostActReview
from wijkverbond.coalition.policies import table
from wijkverbond.kernel.actor import SOCIETY, Actor, ActorKind, MandateType
from wijkverbond.kernel.policy import BARRED, YES, Permission, PolicyAction, no


def joining_as(actor: Actor, organisation: Organisation, *, barred: bool = False) -> Actor:
    """The same person, speaking for an organisation that is about to take part.

    Secretariat, operator and software stay what they are: they do not take part.
    """
    if not actor.is_party and actor.kind != ActorKind.PARTICIPANT:
        return actor
    kind = ActorKind(organisation.kind)
    return dataclasses.replace(actor, kind=kind, party=None, barred=barred and kind in SOCIETY)


def _represents(actor: Actor, organisation: Organisation) -> bool:
    if organisation._state.adding:
        return True
    leading = Mandate.objects.leading(actor.now).filter(person=actor.person)
    return leading.filter(party__organisation=organisation).exists()


def may_start(actor: Actor, organisation: Organisation) -> Permission:
    """Whether the actor may start a coalition for this organisation."""
    if actor.person is None:
        return no(_("Sign in to start a coalition."))
    return table.START.permission(
        joining_as(actor, organisation), own=_represents(actor, organisation), coalition=None
    )


def may_join(
    actor: Actor, coalition: Coalition, organisation: Organisation, *, barred: bool = False
) -> Permission:
    """Whether the invited actor may let this organisation join; `barred` who acts for government here."""
    if actor.person is None:
        return no(_("Sign in to join."))
    return table.JOIN.permission(
        joining_as(actor, organisation, barred=barred),
        own=_represents(actor, organisation),
        coalition=coalition.id,
    )


def may_decline(actor: Actor, invitation: Invitation) -> Permission:
    """Whether the actor, who holds the link, may decline."""
    return table.DECLINE_INVITATION.permission(actor, own=True, coalition=invitation.coalition_id)


def may_invite(actor: Actor, coalition: Coalition) -> Permission:
    """Whether the actor may invite others."""
    return table.INVITE.permission(actor, own=True, coalition=coalition.id)


def may_revoke_invitation(actor: Actor, invitation: Invitation) -> Permission:
    """Whether the actor may withdraw this invitation."""
    own = invitation.sent_by_party_id == actor.party
    return table.REVOKE_INVITATION.permission(actor, own=own, coalition=invitation.coalition_id)


def may_confirm_party(actor: Actor, party: Party) -> Permission:
    """Whether the actor may confirm, for their own party, that this party is what it says.

    Never who brought that party, acts for it, or confirmed it already for another.
    """
    counting = set(whose_word_counts(party.coalition_id).values_list("id", flat=True))
    heard = not counting or actor.party in counting
    permission = table.CONFIRM_PARTY.permission(
        actor,
        own=_is_own(actor, party),
        coalition=party.coalition_id,
        state=table.Word.COUNTS if heard else table.Word.WAITS,
    )
    deciding = Party.objects.deciding().filter(coalition=party.coalition_id)
    if permission and actor.party not in deciding.values_list("id", flat=True):
        return no(_("An adviser and a suspended partner do not confirm others."))
    brought = actor.person == party.brought_by_id
    if permission and (brought or voices.acts_for(actor.person, [party.id], actor.now)):
        return no(_("You brought this partner, or act for it. Somebody else confirms it."))
    said = party.party_confirmations.said_by_present()
    return permission and voices.one_voice(said, actor)


def may_report_name(actor: Actor, party: Party) -> Permission:
    """Whether the actor may say, for their own party, that the name of this party is theirs."""
    coalition = party.coalition_id
    permission = table.REPORT_NAME.permission(actor, own=actor.is_party, coalition=coalition)
    if permission and _is_own(actor, party):
        return no(_("This is your own name."))
    return permission


def may_judge_name(actor: Actor, report: NameReport) -> Permission:
    """Whether the actor may say whose name it is: a confirmed party of another kind, no one's own."""
    claiming = [report.about_id, report.reported_by_id]
    coalition = report.about.coalition_id
    permission = table.JUDGE_NAME.permission(
        actor, own=actor.party in claiming, coalition=coalition
    )
    if permission and actor.kind == report.about.kind:
        return no(_("Partners of another kind than the one that bears the name say whose it is."))
    counting = whose_word_counts(coalition).values_list("id", flat=True)
    if permission and actor.party not in counting:
        return no(_("A partner that is not confirmed yet, or advises, does not settle this."))
    if permission and voices.acts_for(actor.person, claiming, actor.now):
        return no(voices.INVOLVED)
    return permission and voices.one_voice(report.judgements.all(), actor)


def may_describe_party(actor: Actor, party: Party) -> Permission:
    """Whether the actor may change how this party takes part."""
    return table.DESCRIBE_PARTY.permission(
        actor, own=_is_own(actor, party), coalition=party.coalition_id
    )


def may_describe_organisation(actor: Actor, party: Party) -> Permission:
    """Whether the actor may change the details of the organisation behind this party."""
    own = _is_own(actor, party)
    return table.DESCRIBE_ORGANISATION.permission(actor, own=own, coalition=party.coalition_id)


def may_leave(actor: Actor, party: Party) -> Permission:
    """Whether the actor may let this party leave; an adviser and a suspended one may too."""
    own = _is_own(actor, party)
    speaker = _holding_all(actor, party) if own and not party.takes_positions else actor
    return table.LEAVE.permission(speaker, own=own, coalition=party.coalition_id)


def may_grant_mandate(actor: Actor, party: Party) -> Permission:
    """Whether the actor may say who acts for this party; that needs the right to grant."""
    permission = table.GRANT_MANDATE.permission(
        actor, own=_is_own(actor, party), coalition=party.coalition_id
    )
    return permission and _may_grant(actor, party)


def may_follow_sign_in(actor: Actor) -> Permission:
    """Whether the actor may go by what the sign-in at an organisation says of a person."""
    return table.FOLLOW_SIGN_IN.permission(actor, own=False, coalition=None)


def may_see_mandates(actor: Actor, party: Party) -> Permission:
    """Whether the actor may see who acts for this party: everyone who acts for it themselves."""
    return YES if _is_own(actor, party) else may_grant_mandate(actor, party)


def may_see_successors(actor: Actor, party: Party) -> bool:
    """Whether the actor may see whom the partners think of for this party: who decides with them."""
    decides = actor.is_party and MandateType.DECIDE in actor.mandates
    return decides and actor.coalition == party.coalition_id


def may_answer_offer(actor: Actor, offer: MandateOffer) -> Permission:
    """Whether the actor may say yes or no to acting for a party: only who was asked."""
    own = actor.person is not None and offer.person_id == actor.person
    return table.ANSWER_OFFER.permission(actor, own=own, coalition=offer.party.coalition_id)


def may_ask_successor(actor: Actor, party: Party) -> Permission:
    """Whether the actor may ask somebody to take over a party: who acted for it last, while it sleeps."""
    last = Mandate.objects.last_to_grant(party, actor.now) if party.is_present else None
    own = last is not None and last == actor.person
    return table.ASK_SUCCESSOR.permission(actor, own=own, coalition=party.coalition_id)


def may_confirm_mandate(actor: Actor, mandate: Mandate) -> Permission:
    """Whether the actor may confirm a mandate to sign: never their own, nor one they gave."""
    party = mandate.party
    permission = table.CONFIRM_MANDATE.permission(
        actor, own=_is_own(actor, party), coalition=party.coalition_id
    )
    if permission and not mandate.confirmable_by(actor.person):
        return no(_("Someone else confirms this: not who gave the mandate and not who got it."))
    lately = Mandate.objects.lately(actor.now).filter(party=party, person=actor.person)
    if permission and not _is_own(actor, party) and lately.exists():
        return no(_("You act for this partner too. Confirm it as one of its people."))
    return permission


def may_confirm_mandates(actor: Actor, coalition: Coalition) -> Permission:
    """Whether the actor may confirm mandates in this coalition, at least of their own party."""
    return table.CONFIRM_MANDATE.permission(actor, own=actor.is_party, coalition=coalition.id)


def may_end_mandate(actor: Actor, mandate: Mandate) -> Permission:
    """Whether the actor may end this mandate: a granter any, everyone their own."""
    party = mandate.party
    permission = table.END_MANDATE.permission(
        actor, own=_is_own(actor, party), coalition=party.coalition_id
    )
    if permission and mandate.person_id == actor.person:
        return YES
    return permission and _may_grant(actor, party)


def may_choose_side(actor: Actor, coalition: Coalition) -> Permission:
    """Whether the actor, who acts for a party here, may choose for which side they go on."""
    return table.CHOOSE_SIDE.permission(actor, own=actor.is_party, coalition=coalition.id)


def may_grant_secretariat(actor: Actor, coalition: Coalition) -> Permission:
    """Whether the actor may ask someone for the secretariat."""
    return table.GRANT_SECRETARIAT.permission(actor, own=False, coalition=coalition.id)


def may_revoke_secretariat(actor: Actor, secretariat: Secretariat) -> Permission:
    """Whether the actor may end this person's work in the secretariat, together with others."""
    return table.REVOKE_SECRETARIAT.permission(actor, own=False, coalition=secretariat.coalition_id)


def may_step_down(actor: Actor, secretariat: Secretariat) -> Permission:
    """Whether it is the actor who organises: they stop when they like, for whomever they act."""
    own = secretariat.since is not None and secretariat.person_id == actor.person
    return table.STEP_DOWN.permission(actor, own=own, coalition=secretariat.coalition_id)


def may_change_access(actor: Actor, coalition: Coalition) -> Permission:
    """Whether the actor may say who sees the coalition's pages: once partners count, one that does."""
    return _settled_by_who_counts(table.CHANGE_ACCESS, actor, coalition)


def may_set_places(actor: Actor, coalition: Coalition) -> Permission:
    """Whether the actor may say which places it is about: once partners count, one that does."""
    return _settled_by_who_counts(table.SET_PLACES, actor, coalition)


def _settled_by_who_counts(action: PolicyAction, actor: Actor, coalition: Coalition) -> Permission:
    permission = action.permission(actor, own=False, coalition=coalition.id)
    counting = (
        set(whose_word_counts(coalition.id).values_list("id", flat=True)) if permission else ()
    )
    if counting and actor.party not in counting:
        return no(_("A partner that is not confirmed yet, or advises, does not settle this."))
    return permission


def may_suggest_missing(actor: Actor, coalition: Coalition) -> Permission:
    """Whether the actor may say who is missing."""
    return table.SUGGEST_MISSING_VOICE.permission(actor, own=True, coalition=coalition.id)


def may_dismiss_missing(actor: Actor, coalition: Coalition) -> Permission:
    """Whether the actor may take a missing voice off the list."""
    return table.DISMISS_MISSING_VOICE.permission(actor, own=False, coalition=coalition.id)


def may_report_tie(actor: Actor, party: Party) -> Permission:
    """Whether the actor may say how this party works with others."""
    return table.REPORT_TIE.permission(
        actor, own=_is_own(actor, party), coalition=party.coalition_id
    )


def may_propose_handover(actor: Actor, coalition: Coalition) -> Permission:
    """Whether the actor may propose chair and rules."""
    return table.PROPOSE_HANDOVER.permission(actor, own=False, coalition=coalition.id)


def may_confirm_handover(actor: Actor, coalition: Coalition) -> Permission:
    """Whether the actor may confirm chair and rules for their own party."""
    return table.CONFIRM_HANDOVER.permission(actor, own=True, coalition=coalition.id)


def _is_own(actor: Actor, party: Party) -> bool:
    return actor.party == party.id


def _holding_all(actor: Actor, party: Party) -> Actor:
    """The same actor with every mandate they hold, also while the party takes no position."""
    valid = Mandate.objects.valid(actor.now).filter(person=actor.person, party=party)
    mandates = frozenset(MandateType(mandate.sort) for mandate in valid)
    return dataclasses.replace(actor, mandates=mandates)


def _may_grant(actor: Actor, party: Party) -> Permission:
    if actor.barred:
        return no(BARRED)
    valid = Mandate.objects.valid(actor.now).filter(party=party, person=actor.person)
    if valid.filter(may_grant=True).exists():
        return YES
    return no(_("Only someone who may give mandates for this partner does this."))


def is_host_of_own(actor: Actor, coalition: Coalition) -> bool:
    """Whether this host of the site acts for a party of the coalition too.

    In fact, and not by a mandate alone: else any partner could give one to the host, and nobody took
    away what is against the law.
    """
    return actor.kind == ActorKind.OPERATOR and voices.did_something_in(
        actor.person, coalition.id, actor.now
    )


def may_unlist(actor: Actor, coalition: Coalition) -> Permission:
    """Take a coalition off the list, or list it again, as host; not where one acts for a party too."""
    own = is_host_of_own(actor, coalition)
    return table.UNLIST.permission(actor, own=own, coalition=None)


def may_review_act(
    action: PolicyAction, actor: Actor, act: HostAct, coalition: uuid.UUID
) -> Permission:
    """Review what the host did, unless one hosts the site, or reviewed it for another party."""
    permission = action.permission(
        actor,
        own=actor.person is not None and actor.person == act.person_id,
        coalition=coalition,
        state="settled" if act.outcome else "open",
    )
    if permission and actor.person and _hosts(actor.person):
        return no(_("Who hosts the site does not review what the host did."))
    reviews: QuerySet[HostActReview] = act.reviews.all()  # type: ignore[attr-defined]
    return permission and voices.one_voice(reviews, actor)


def may_review_unlisting(actor: Actor, unlisting: Unlisting) -> Permission:
    """Review that the host took the coalition off the list; of a newcomer it counts later."""
    return may_review_act(table.REVIEW_UNLISTING, actor, unlisting, unlisting.coalition_id)


def may_keep_review_time(actor: Actor, coalition: Coalition) -> Permission:
    """Do what follows from reviews and from the term, without a new review."""
    return table.KEEP_REVIEW_TIME.permission(actor, own=False, coalition=coalition.id)


def may_see_undelivered(actor: Actor, coalition: Coalition) -> Permission:
    """See which of one's own mails did not arrive: of the party, or of the secretariat."""
    return table.SEND_AGAIN.permission(actor, own=True, coalition=coalition.id)


def may_send_again(actor: Actor, coalition: Coalition, by: uuid.UUID | None) -> Permission:
    """Send a mail again that went out for a party, or for the coalition."""
    own = by is not None and by == (actor.party or coalition.id)
    return table.SEND_AGAIN.permission(actor, own=own, coalition=coalition.id)


def _hosts(person: uuid.UUID) -> bool:
    return User.objects.filter(id=person, is_operator=True).exists()
