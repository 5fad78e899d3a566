"""Addresses of the circle."""

from django.urls import path

from wijkverbond.coalition.views import circle, joining, party, policy_page

app_name = "coalition"

urlpatterns = [
    path("w/nieuw/", joining.start, name="start"),
    path("uitnodiging/<str:token>/", joining.invitation, name="invitation"),
    path("uitnodiging/<str:token>/nee/", joining.decline, name="decline"),
    path("spelregels/", policy_page.table, name="rules"),
]

coalition_urlpatterns = [
    path("wissel/", circle.switch, name="switch"),
    path("wie-doet-mee/", circle.who, name="who"),
    path("wie-doet-mee/uitnodigen/", joining.invite, name="invite"),
    path("wie-doet-mee/uitnodigen/<uuid:invitation_id>/intrekken/", joining.revoke, name="revoke"),
    path("wie-doet-mee/ontbreekt/", circle.suggest, name="suggest"),
    path("wie-doet-mee/ontbreekt/<uuid:voice_id>/", circle.dismiss, name="dismiss"),
    path("wie-doet-mee/samenwerking/", circle.tie, name="tie"),
    path("wie-doet-mee/overdracht/", circle.handover, name="handover"),
    path("wie-doet-mee/openen/", circle.open_up, name="open_up"),
    path("wie-doet-mee/secretariaat/", party.secretariat, name="secretariat"),
    path(
        "wie-doet-mee/secretariaat/<uuid:secretariat_id>/einde/",
        party.end_secretariat,
        name="end_secretariat",
    ),
    path("wie-doet-mee/mandaten/", party.to_confirm, name="to_confirm"),
    path("wie-doet-mee/mandaten/<uuid:mandate_id>/bevestigen/", party.confirm, name="confirm"),
    path("wie-doet-mee/mandaten/<uuid:mandate_id>/einde/", party.end_mandate, name="end_mandate"),
    path("wie-doet-mee/<uuid:party_id>/", party.page, name="party"),
    path("wie-doet-mee/<uuid:party_id>/wijzigen/", party.describe, name="describe"),
    path("wie-doet-mee/<uuid:party_id>/mandaten/", party.mandates, name="mandates"),
    path("wie-doet-mee/<uuid:party_id>/stoppen/", party.leave, name="leave"),
]
