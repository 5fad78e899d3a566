"""What people do with a coalition: the only place that writes its tables."""

from wijkverbond.coalition.services.confirming import confirm_party
from wijkverbond.coalition.services.erasure import (
    forget_invitations,
    forget_name,
    invitations_to,
    one_person_organisations,
)
from wijkverbond.coalition.services.handover import (
    check_chair,
    confirm_handover,
    demand_second_step,
    end_second_step,
    handover_event,
    new_chair_and_rules,
    propose_handover,
)
from wijkverbond.coalition.services.invitations import (
    accept,
    decline,
    invite,
    invite_again,
    revoke_invitation,
)
from wijkverbond.coalition.services.joining import lock_coalition, start
from wijkverbond.coalition.services.mandate_offers import (
    accept_mandate,
    ask_successor,
    decline_mandate,
    take_back_offer,
)
from wijkverbond.coalition.services.mandates import (
    choose_side,
    confirm_mandate,
    end_mandate,
    follow_sign_in,
    forget,
    grant,
    person_with,
)
from wijkverbond.coalition.services.missing_voices import dismiss_missing, suggest_missing
from wijkverbond.coalition.services.names import judge_name, report_name
from wijkverbond.coalition.services.participation import (
    change_access,
    describe_organisation,
    describe_party,
    end_suspension,
    leave,
    set_places,
    suspend,
)
from wijkverbond.coalition.services.retention import (
    forget_invited,
    forget_offers,
    forget_unused,
)
from wijkverbond.coalition.services.secretariat import (
    begin_secretariat,
    drop_nomination,
    end_secretariat,
    grant_secretariat,
    keep_secretariat,
    nominate_secretariat,
    revoke_secretariat,
    step_down,
)
from wijkverbond.coalition.services.successors import name_successor, wake
from wijkverbond.coalition.services.ties import report_tie
from wijkverbond.coalition.services.undelivered import send_again
from wijkverbond.coalition.services.unlistings import (
    keep_unlisting_time,
    list_again,
    review_unlisting,
    unlist,
)

__all__ = [
    "accept",
    "accept_mandate",
    "ask_successor",
    "begin_secretariat",
    "change_access",
    "check_chair",
    "choose_side",
    "confirm_handover",
    "confirm_mandate",
    "confirm_party",
    "decline",
    "decline_mandate",
    "demand_second_step",
    "describe_organisation",
    "describe_party",
    "dismiss_missing",
    "drop_nomination",
    "end_mandate",
    "end_second_step",
    "end_secretariat",
    "end_suspension",
    "follow_sign_in",
    "forget",
    "forget_invitations",
    "forget_invited",
    "forget_name",
    "forget_offers",
    "forget_unused",
    "grant",
    "grant_secretariat",
    "handover_event",
    "invitations_to",
    "invite",
    "invite_again",
    "judge_name",
    "keep_secretariat",
    "keep_unlisting_time",
    "leave",
    "list_again",
    "lock_coalition",
    "name_successor",
    "new_chair_and_rules",
    "nominate_secretariat",
    "one_person_organisations",
    "person_with",
    "propose_handover",
    "report_name",
    "report_tie",
    "review_unlisting",
    "revoke_invitation",
    "revoke_secretariat",
    "send_again",
    "set_places",
    "start",
    "step_down",
    "suggest_missing",
    "suspend",
    "take_back_offer",
    "unlist",
    "wake",
]
