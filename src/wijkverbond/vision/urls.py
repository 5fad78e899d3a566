"""Addresses of the vision, goals and benefits."""

from django.urls import path

from wijkverbond.vision.views import benefits, goals, versions

app_name = "vision"

coalition_urlpatterns = [
    path("visie/", versions.index, name="index"),
    path("visie/versie/", versions.write, name="write"),
    path("visie/versie/<uuid:version_id>/", versions.version, name="version"),
    path("visie/versie/<uuid:version_id>/aanpassen/", versions.rewrite, name="rewrite"),
    path("visie/versie/<uuid:version_id>/besluit/", versions.decide, name="decide"),
    path("visie/versie/<uuid:version_id>/wijziging/", versions.amend, name="amend"),
    path("visie/wijziging/<uuid:amendment_id>/", versions.settle, name="settle"),
    path("visie/doel/", goals.set_goal, name="set_goal"),
    path("visie/doel/<uuid:goal_id>/", goals.goal, name="goal"),
    path("visie/doel/<uuid:goal_id>/wijzigen/", goals.change, name="change"),
    path("visie/doelwijziging/<uuid:change_id>/", goals.adapt_change, name="adapt_change"),
    path("visie/doel/<uuid:goal_id>/loslaten/", goals.drop, name="drop"),
    path("visie/doel/<uuid:goal_id>/baat/<uuid:party_id>/", benefits.state, name="benefit"),
    path("visie/baat/<uuid:benefit_id>/bevestigen/", benefits.confirm, name="confirm"),
    path("visie/baat/<uuid:benefit_id>/terugnemen/", benefits.withdraw, name="withdraw"),
]
