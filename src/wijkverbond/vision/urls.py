"""Addresses of the vision, goals and benefits."""

from django.urls import path

from wijkverbond.vision.views import benefits, goals, versions

app_name = "vision"

coalition_urlpatterns = [
    path("visie/", versions.index, name="index"),
    path("visie/versie/", versions.write, name="write"),
    path("visie/versie/<uuid:version>/", versions.version, name="version"),
    path("visie/versie/<uuid:version>/aanpassen/", versions.rewrite, name="rewrite"),
    path("visie/versie/<uuid:version>/besluit/", versions.decide, name="decide"),
    path("visie/versie/<uuid:version>/wijziging/", versions.amend, name="amend"),
    path("visie/wijziging/<uuid:amendment>/", versions.settle, name="settle"),
    path("visie/doel/", goals.set_goal, name="set_goal"),
    path("visie/doel/<uuid:goal>/", goals.goal, name="goal"),
    path("visie/doel/<uuid:goal>/wijzigen/", goals.change, name="change"),
    path("visie/doelwijziging/<uuid:change>/", goals.adapt_change, name="adapt_change"),
    path("visie/doel/<uuid:goal>/loslaten/", goals.drop, name="drop"),
    path("visie/doel/<uuid:goal>/baat/<uuid:party>/", benefits.state, name="benefit"),
    path("visie/baat/<uuid:benefit>/bevestigen/", benefits.confirm, name="confirm"),
    path("visie/baat/<uuid:benefit>/terugnemen/", benefits.withdraw, name="withdraw"),
]
