"""Addresses of covenants and promises."""

from django.urls import path

from wijkverbond.commitments.views import compose, covenant, pledges, signing

app_name = "commitments"

coalition_urlpatterns = [
    path("convenant/", covenant.index, name="index"),
    path("convenant/nieuw/", compose.start, name="start"),
    path("convenant/<uuid:covenant>/", covenant.page, name="covenant"),
    path("convenant/<uuid:covenant>/convenant.pdf", covenant.download, name="document"),
    path("convenant/<uuid:covenant>/wijzigen/", compose.rewrite, name="rewrite"),
    path("convenant/<uuid:covenant>/openen/", compose.open_for_signing, name="open"),
    path("convenant/<uuid:covenant>/tekenen/", signing.ask_code, name="sign"),
    path("convenant/<uuid:covenant>/tekenen/code/", signing.type_code, name="sign_code"),
    path("convenant/<uuid:covenant>/niet-tekenen/", signing.decline, name="decline"),
    path("convenant/<uuid:covenant>/terugblik/", compose.yearly_check, name="yearly_check"),
    path("beloften/", pledges.index, name="pledges"),
    path("beloften/nieuw/", pledges.write, name="write_pledge"),
    path("beloften/<uuid:pledge>/", pledges.page, name="pledge"),
    path("beloften/<uuid:pledge>/wijzigen/", pledges.change, name="change_pledge"),
    path("beloften/<uuid:pledge>/aanbieden/", pledges.offer, name="offer_pledge"),
    path("beloften/<uuid:pledge>/terugnemen/", pledges.withdraw, name="withdraw_pledge"),
]
