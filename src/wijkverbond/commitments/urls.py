"""Addresses of covenants and pledges."""

from django.urls import path

from wijkverbond.commitments.views import compose, covenant, pledges, signing

app_name = "commitments"

coalition_urlpatterns = [
    path("convenant/", covenant.index, name="index"),
    path("convenant/nieuw/", compose.start, name="start"),
    path("convenant/<uuid:covenant_id>/", covenant.page, name="covenant"),
    path("convenant/<uuid:covenant_id>/convenant.pdf", covenant.download, name="document"),
    path("convenant/<uuid:covenant_id>/tekst.json", covenant.exact_text, name="exact_text"),
    path("convenant/<uuid:covenant_id>/wijzigen/", compose.rewrite, name="rewrite"),
    path("convenant/<uuid:covenant_id>/openen/", compose.open_for_signing, name="open"),
    path("convenant/<uuid:covenant_id>/heropenen/", compose.reopen, name="reopen"),
    path("convenant/<uuid:covenant_id>/tekenen/", signing.ask_code, name="sign"),
    path("convenant/<uuid:covenant_id>/tekenen/code/", signing.type_code, name="sign_code"),
    path("convenant/<uuid:covenant_id>/niet-tekenen/", signing.decline, name="decline"),
    path("convenant/<uuid:covenant_id>/terugblik/", compose.yearly_check, name="yearly_check"),
    path("beloften/", pledges.index, name="pledges"),
    path("beloften/nieuw/", pledges.write, name="write_pledge"),
    path("beloften/<uuid:pledge_id>/", pledges.page, name="pledge"),
    path("beloften/<uuid:pledge_id>/wijzigen/", pledges.change, name="change_pledge"),
    path("beloften/<uuid:pledge_id>/aanbieden/", pledges.offer, name="offer_pledge"),
    path("beloften/<uuid:pledge_id>/terugnemen/", pledges.withdraw, name="withdraw_pledge"),
]
