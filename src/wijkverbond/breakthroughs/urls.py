"""Addresses of breakthroughs."""

from django.urls import path

from wijkverbond.breakthroughs import views

app_name = "breakthroughs"

coalition_urlpatterns = [
    path("doorbraken/", views.index, name="index"),
    path("doorbraken/melden/", views.claim, name="claim"),
    path("doorbraken/<uuid:breakthrough_id>/", views.page, name="page"),
    path(
        "doorbraken/<uuid:breakthrough_id>/meegewerkt/", views.say_worked_on, name="say_worked_on"
    ),
    path("doorbraken/<uuid:breakthrough_id>/bevestigen/", views.confirm, name="confirm"),
    path("doorbraken/<uuid:breakthrough_id>/anders/", views.dispute, name="dispute"),
    path("doorbraken/<uuid:breakthrough_id>/bewoner/", views.resident, name="resident"),
    path(
        "doorbraken/<uuid:breakthrough_id>/bewoner/code/", views.resident_code, name="resident_code"
    ),
    path("doorbraken/<uuid:breakthrough_id>/terugnemen/", views.withdraw, name="withdraw"),
]
