"""The table of who may do what with a coalition, its parties and their mandates (R1, R2, R8, R12)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wijkverbond.kernel.actor import PARTIES, SOCIETY, ActorKind, MandateType
from wijkverbond.kernel.policy import PolicyAction, Whose, allow, declare, refuse

OWN = (Whose.OWN,)


class Word(models.TextChoices):
    """Whether what a party confirms of another counts."""

    COUNTS = "counts", _("when others confirmed the own organisation, or nobody was confirmed yet")
    WAITS = "waits", _("when others still confirm the own organisation")


START = declare(
    PolicyAction(
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
    PolicyAction(
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
    PolicyAction(
        name="coalition.decline_invitation",
        title=_("Decline an invitation, with a reason"),
        needs=None,
        rules=(allow(*PARTIES, ActorKind.PARTICIPANT, whose=OWN),),
        otherwise=_("Only whoever is invited answers an invitation."),
    )
)

INVITE = declare(
    PolicyAction(
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
    PolicyAction(
        name="coalition.revoke_invitation",
        title=_("Withdraw an invitation"),
        rules=(allow(*PARTIES, whose=OWN), allow(ActorKind.SECRETARIAT)),
        otherwise=_("Who invited, or the secretariat, withdraws an invitation."),
    )
)

CONFIRM_PARTY = declare(
    PolicyAction(
        name="coalition.confirm_party",
        title=_("Confirm that a new partner is what it says"),
        rules=(
            refuse(
                ActorKind.GOVERNMENT,
                because=_("Government does not say which partners count."),
            ),
            refuse(
                *SOCIETY,
                whose=OWN,
                because=_("Ask an organisation with other people. Nobody confirms their own."),
            ),
            refuse(
                *SOCIETY,
                states=[Word.WAITS],
                because=_(
                    "Others still confirm your own organisation. After that you can confirm others."
                ),
            ),
            allow(*SOCIETY),
        ),
        otherwise=_("Another partner, with other people, confirms a new partner."),
        states=(*Word,),
    )
)

REPORT_NAME = declare(
    PolicyAction(
        name="coalition.report_name",
        title=_("Say that the name of another partner is yours"),
        needs=MandateType.DECIDE,
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("The partner whose name it is says so."),
    )
)

JUDGE_NAME = declare(
    PolicyAction(
        name="coalition.judge_name",
        title=_("Say whose name it is, when two claim it"),
        rules=(
            refuse(
                ActorKind.GOVERNMENT,
                because=_("Government does not say whose name it is."),
            ),
            allow(*SOCIETY, whose=(Whose.OTHER,)),
        ),
        otherwise=_("Two confirmed partners of other kinds say whose name it is."),
    )
)

DESCRIBE_PARTY = declare(
    PolicyAction(
        name="coalition.describe_party",
        title=_("Change how a partner describes itself"),
        needs=MandateType.DECIDE,
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("Only the partner itself says who it is and why it takes part."),
    )
)

LEAVE = declare(
    PolicyAction(
        name="coalition.leave",
        title=_("Leave the coalition, with a reason"),
        needs=MandateType.DECIDE,
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("Only a partner itself leaves. Nobody is removed."),
    )
)

GRANT_MANDATE = declare(
    PolicyAction(
        name="coalition.grant_mandate",
        title=_("Say who may act for a partner"),
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("Only the partner itself says who may act for it."),
    )
)

ANSWER_OFFER = declare(
    PolicyAction(
        name="coalition.answer_mandate_offer",
        title=_("Say yes or no to acting for a partner"),
        needs=None,
        rules=(allow(*PARTIES, ActorKind.PARTICIPANT, whose=OWN),),
        otherwise=_("Only who is asked answers. Nobody acts for a partner without their own yes."),
        for_the_barred=True,
    )
)

ASK_SUCCESSOR = declare(
    PolicyAction(
        name="coalition.ask_successor",
        title=_("Ask somebody to take over a partner for which nobody acts any more"),
        needs=None,
        rules=(allow(*PARTIES, ActorKind.PARTICIPANT, whose=OWN),),
        otherwise=_(
            "Who acted for it last asks somebody, as long as nobody acts for it. Or the partners decide."
        ),
        for_the_barred=True,
    )
)

FOLLOW_SIGN_IN = declare(
    PolicyAction(
        name="coalition.follow_sign_in",
        title=_(
            "Ask who signs in at their organisation to act for it, and end that with their group"
        ),
        needs=None,
        rules=(allow(ActorKind.SYSTEM),),
        otherwise=_("The software does this, by what the sign-in of the organisation says."),
    )
)

CONFIRM_MANDATE = declare(
    PolicyAction(
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
    PolicyAction(
        name="coalition.end_mandate",
        title=_("End someone's mandate"),
        for_the_barred=True,
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("Only the partner itself says who may act for it."),
    )
)

CHOOSE_SIDE = declare(
    PolicyAction(
        name="coalition.choose_side",
        title=_("Choose whether one goes on for government or for another partner"),
        needs=None,
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("Only who acts for government and for another partner here chooses."),
        for_the_barred=True,
    )
)

GRANT_SECRETARIAT = declare(
    PolicyAction(
        name="coalition.grant_secretariat",
        title=_("Ask someone for the secretariat"),
        needs=MandateType.DECIDE,
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
    PolicyAction(
        name="coalition.revoke_secretariat",
        title=_("End someone's work in the secretariat"),
        needs=MandateType.DECIDE,
        rules=(
            allow(*SOCIETY),
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

STEP_DOWN = declare(
    PolicyAction(
        name="coalition.step_down",
        title=_("Stop with the secretariat oneself"),
        needs=None,
        for_the_barred=True,
        rules=(allow(*PARTIES, ActorKind.SECRETARIAT, ActorKind.PARTICIPANT, whose=OWN),),
        otherwise=_("Only who organises stops with it themselves."),
    )
)

CHANGE_ACCESS = declare(
    PolicyAction(
        name="coalition.change_access",
        title=_("Show the coalition to everyone, or prepare in private"),
        needs=MandateType.DECIDE,
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

SET_PLACES = declare(
    PolicyAction(
        name="coalition.set_places",
        title=_("Say which neighbourhoods a coalition is about that named its area in words"),
        needs=MandateType.DECIDE,
        rules=(
            allow(*SOCIETY),
            refuse(
                ActorKind.GOVERNMENT,
                because=_("Government does not say what area a coalition is about."),
            ),
        ),
        otherwise=_("The society partners say which neighbourhoods it is about."),
    )
)

SUGGEST_MISSING_VOICE = declare(
    PolicyAction(
        name="coalition.suggest_missing_voice",
        title=_("Say who is missing"),
        rules=(
            allow(*PARTIES, ActorKind.SECRETARIAT, whose=OWN),
            allow(ActorKind.SYSTEM, whose=OWN),
        ),
        otherwise=_("Partners and the secretariat say who is missing, in their own name."),
    )
)

DISMISS_MISSING_VOICE = declare(
    PolicyAction(
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
    PolicyAction(
        name="coalition.report_tie",
        title=_("Say how a partner works with another"),
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("Each partner says for itself with whom it works."),
    )
)

PROPOSE_HANDOVER = declare(
    PolicyAction(
        name="coalition.propose_chair_and_rules",
        title=_("Propose the coalition's own chair and rules"),
        needs=MandateType.DECIDE,
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

CONFIRM_HANDOVER = declare(
    PolicyAction(
        name="coalition.confirm_chair_and_rules",
        title=_("Confirm the coalition's own chair and rules"),
        needs=MandateType.DECIDE,
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
    PolicyAction(
        name="coalition.describe_organisation",
        title=_("Change an organisation's details"),
        needs=MandateType.DECIDE,
        rules=(allow(*PARTIES, whose=OWN),),
        otherwise=_("Only the organisation itself changes its details."),
    )
)

UNLIST = declare(
    PolicyAction(
        name="coalition.unlist",
        title=_("Take a coalition off the list of all neighbourhoods, as host of the site"),
        rules=(
            refuse(
                ActorKind.OPERATOR,
                because=_("You act for a partner here. Another host of the site does this."),
                whose=OWN,
            ),
            allow(ActorKind.OPERATOR),
        ),
        otherwise=_("Only the host of the site does this; partners of two kinds review it."),
    )
)

REVIEW_UNLISTING = declare(
    PolicyAction(
        name="coalition.review_unlisting",
        title=_("Review that the host took the coalition off the list"),
        states=("open", "settled"),
        rules=(
            refuse(because=_("This review is finished."), states=["settled"]),
            refuse(
                ActorKind.GOVERNMENT,
                because=_("Government does not review what the host of the site does."),
            ),
            refuse(because=_("Who did it does not review it."), whose=OWN),
            allow(*SOCIETY, whose=[Whose.OTHER]),
        ),
        otherwise=_("Residents, entrepreneurs and organisations review what the host did."),
    )
)

KEEP_REVIEW_TIME = declare(
    PolicyAction(
        name="coalition.keep_review_time",
        title=_(
            "Settle reviews of what the host did, and bring back what nobody could review in time"
        ),
        rules=(allow(ActorKind.SYSTEM),),
        otherwise=_("The software does this at the end of the term."),
    )
)

SEND_AGAIN = declare(
    PolicyAction(
        name="coalition.send_again",
        title=_("See which mails did not arrive, and send them again"),
        rules=(
            allow(*PARTIES, ActorKind.SECRETARIAT, whose=OWN),
            refuse(
                *PARTIES,
                ActorKind.SECRETARIAT,
                because=_("For whom a mail went out sends it again."),
            ),
        ),
        otherwise=_("For whom a mail went out sees whether it arrived."),
    )
)
