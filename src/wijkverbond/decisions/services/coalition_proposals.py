"""Proposals about who serves the coalition: its secretariat, its chair, its rules and its fallback.

Two parties can ask or dismiss a secretariat without a decision, and the first chair and rules are
confirmed by parties one by one (`coalition`). Afterwards these change by a decision only.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkverbond.accounts.models import User
from wijkverbond.coalition import services as coalitions
from wijkverbond.coalition.models import ChairAndRules, Coalition, Handover, Party, Secretariat
from wijkverbond.decisions import policies
from wijkverbond.decisions.models import Decision
from wijkverbond.decisions.services import rounds
from wijkverbond.kernel import shared_fields
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.policy import require

ASK_SECRETARIAT = "ask-secretariat"
END_SECRETARIAT = "end-secretariat"
CHAIR_AND_RULES = "chair-and-rules"
SECOND_STEP = "second-step"
END_SECOND_STEP = "end-second-step"


@transaction.atomic
def propose_secretariat(
    coalition: Coalition,
    person: User,
    *,
    actor: Actor,
    reason: str,
    lent_by: Party | None = None,
) -> Decision:
    """Propose to ask a person for the secretariat; who it is, only partners that decide see."""
    coalition = coalitions.lock_coalition(coalition.id)
    require(policies.may_propose(actor, coalition))
    nominated = coalitions.nominate_secretariat(coalition, person, lent_by)
    # As others asked them before, also where this proposer does not say so.
    lent_by = nominated.lent_by
    lender = _("Lent by %(party)s.") % {"party": lent_by.name} if lent_by else ""
    return rounds.propose(
        coalition,
        actor=actor,
        kind=ASK_SECRETARIAT,
        subject=nominated.id,
        title=_("Ask somebody for the secretariat"),
        text="\n\n".join(filter(None, [reason.strip(), lender])),
    )


@transaction.atomic
def propose_end_of_secretariat(secretariat: Secretariat, *, actor: Actor, reason: str) -> Decision:
    """Propose to end somebody's work in the secretariat."""
    secretariat = Secretariat.objects.select_related("coalition").get(id=secretariat.id)
    require(policies.may_propose(actor, secretariat.coalition))
    if not secretariat.since or secretariat.until:
        raise ValidationError(_("This person is not in the secretariat."))
    return rounds.propose(
        secretariat.coalition,
        actor=actor,
        kind=END_SECRETARIAT,
        subject=secretariat.id,
        title=_("End somebody's work in the secretariat"),
        text=reason.strip(),
    )


@transaction.atomic
def propose_chair_and_rules(
    coalition: Coalition, *, actor: Actor, chair_and_rules: ChairAndRules
) -> Decision:
    """Propose another chair, other rules or another fallback (unsaved) once the first were confirmed."""
    coalition = coalitions.lock_coalition(coalition.id)
    require(policies.may_propose(actor, coalition))
    if not coalition.handed_over_at:
        raise ValidationError(_("First confirm together which chair and rules you begin with."))
    if Decision.objects.open().filter(coalition=coalition, kind=CHAIR_AND_RULES).exists():
        raise ValidationError(_("A proposal about this is already open."))
    proposal = coalitions.new_chair_and_rules(coalition, chair_and_rules, actor)
    return rounds.propose(
        coalition,
        actor=actor,
        kind=CHAIR_AND_RULES,
        subject=proposal.id,
        title=_("Our chair and rules"),
        text=in_words(proposal),
    )


@transaction.atomic
def adapt_chair_and_rules(
    decision: Decision, *, actor: Actor, chair_and_rules: ChairAndRules
) -> Decision:
    """The proposer adapts chair, rules and fallback; whoever had answered is asked again."""
    rounds.hold(CHAIR_AND_RULES, decision.subject)
    decision = Decision.objects.get(id=decision.id)
    require(policies.may_adapt(actor, decision))
    proposal = Handover.objects.select_for_update(no_key=True).get(id=decision.subject)
    if shared_fields.says(proposal, ChairAndRules, chair_and_rules):
        raise ValidationError({"rules": rounds.SAME_TEXT})
    shared_fields.write(proposal, ChairAndRules, chair_and_rules)
    coalitions.check_chair(proposal)
    proposal.full_clean()
    proposal.save()
    return rounds.adapt(decision, actor=actor, text=in_words(proposal), with_subject=True)


@transaction.atomic
def propose_second_step(coalition: Coalition, *, actor: Actor, reason: str) -> Decision:
    """Propose that who signs shows a second step, or the end of that when they do so now."""
    coalition = coalitions.lock_coalition(coalition.id)
    require(policies.may_propose(actor, coalition))
    if coalition.second_step_since:
        kind, title = END_SECOND_STEP, _("Who signs shows no second step any more")
        what = _("To sign for a partner, the code from a mail is enough again.")
    else:
        kind, title = SECOND_STEP, _("Who signs shows a second step")
        what = _(
            "Who signs for a partner then shows a passkey or a code from an app, besides the code from "
            "their mail. Signatures that were given stay."
        )
    return rounds.propose(
        coalition,
        actor=actor,
        kind=kind,
        subject=coalition.id,
        title=title,
        text=f"{what}\n\n{reason.strip()}",
    )


def in_words(proposal: Handover) -> str:
    """A chair and rules as the text that parties answer to: everything that will be carried."""
    chair = _("%(party)s takes the chair.") % {"party": proposal.chair.name}
    fallback = f"{_('After two rounds of objections:')} {proposal.get_fallback_display()}"
    return f"{chair}\n{fallback}\n\n{proposal.rules}"
