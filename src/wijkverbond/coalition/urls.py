"""Addresses of a coalition and those who take part in it."""

from django.urls import path

from wijkverbond.coalition.views import (
    circle,
    handover,
    invitations,
    mandate_offers,
    mandates,
    missing_voices,
    names,
    participation,
    policy_page,
    secretariat,
    ties,
    undelivered,
    unlistings,
)

app_name = "coalition"

urlpatterns = [
    path("w/nieuw/", participation.start, name="start"),
    path("uitnodiging/<str:token>/", invitations.invitation, name="invitation"),
    path("uitnodiging/<str:token>/nee/", invitations.decline, name="decline"),
    path("spelregels/", policy_page.table, name="rules"),
]

coalition_urlpatterns = [
    path("wissel/", mandates.switch, name="switch"),
    path("wissel/overheid-of-partner/", mandates.choose_side, name="choose_side"),
    path("wissel/gevraagd/<uuid:offer_id>/", mandate_offers.mandate_offer, name="mandate_offer"),
    path(
        "wissel/gevraagd/<uuid:offer_id>/nee/",
        mandate_offers.decline_mandate,
        name="decline_mandate",
    ),
    path("van-de-lijst/", unlistings.off_the_list, name="off_the_list"),
    path("van-de-lijst/<uuid:unlisting_id>/", unlistings.review_unlisting, name="review_unlisting"),
    path("wie-doet-mee/", circle.who, name="who"),
    path("wie-doet-mee/uitnodigen/", invitations.invite, name="invite"),
    path(
        "wie-doet-mee/uitnodigen/<uuid:invitation_id>/intrekken/", invitations.revoke, name="revoke"
    ),
    path(
        "wie-doet-mee/uitnodigen/<uuid:invitation_id>/opnieuw/",
        invitations.again,
        name="invite_again",
    ),
    path("wie-doet-mee/niet-aangekomen/", undelivered.not_delivered, name="not_delivered"),
    path(
        "wie-doet-mee/niet-aangekomen/<int:job>/opnieuw/",
        undelivered.send_again,
        name="send_again",
    ),
    path("wie-doet-mee/ontbreekt/", missing_voices.suggest, name="suggest"),
    path("wie-doet-mee/ontbreekt/<uuid:voice_id>/", missing_voices.dismiss, name="dismiss"),
    path("wie-doet-mee/samenwerking/", ties.tie, name="tie"),
    path("wie-doet-mee/overdracht/", handover.handover, name="handover"),
    path("wie-doet-mee/gebied/", participation.set_places, name="set_places"),
    path("wie-doet-mee/openen/", participation.open_up, name="open_up"),
    path("wie-doet-mee/secretariaat/", secretariat.secretariat, name="secretariat"),
    path(
        "wie-doet-mee/secretariaat/<uuid:secretariat_id>/einde/",
        secretariat.end,
        name="end_secretariat",
    ),
    path(
        "wie-doet-mee/secretariaat/<uuid:secretariat_id>/terugnemen/",
        secretariat.keep,
        name="keep_secretariat",
    ),
    path(
        "wie-doet-mee/secretariaat/<uuid:secretariat_id>/instemmen/",
        secretariat.agree,
        name="agree_secretariat",
    ),
    path("wie-doet-mee/mandaten/", mandates.to_confirm, name="to_confirm"),
    path("wie-doet-mee/mandaten/<uuid:mandate_id>/bevestigen/", mandates.confirm, name="confirm"),
    path(
        "wie-doet-mee/mandaten/<uuid:mandate_id>/einde/", mandates.end_mandate, name="end_mandate"
    ),
    path(
        "wie-doet-mee/mandaten/<uuid:offer_id>/terugnemen/",
        mandate_offers.take_back_offer,
        name="take_back_offer",
    ),
    path("wie-doet-mee/<uuid:party_id>/", participation.page, name="party"),
    path(
        "wie-doet-mee/<uuid:party_id>/bevestigen/",
        participation.confirm_party,
        name="confirm_party",
    ),
    path(
        "wie-doet-mee/<uuid:party_id>/opvolger/",
        mandate_offers.ask_successor,
        name="ask_successor",
    ),
    path("wie-doet-mee/<uuid:party_id>/naam/", names.name, name="name"),
    path("wie-doet-mee/naam/<uuid:report_id>/", names.judge_name, name="judge_name"),
    path("wie-doet-mee/<uuid:party_id>/wijzigen/", participation.describe, name="describe"),
    path("wie-doet-mee/<uuid:party_id>/mandaten/", mandates.mandates, name="mandates"),
    path("wie-doet-mee/<uuid:party_id>/stoppen/", participation.leave, name="leave"),
]
