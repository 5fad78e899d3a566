"""Addresses of breakthroughs."""

from django.urls import path

from wijkverbond.breakthroughs import views

app_name = "breakthroughs"

coalition_urlpatterns = [
    path("doorbraken/", views.index, name="index"),
    path("doorbraken/melden/", views.claim, name="claim"),
    path("doorbraken/<uuid:breakthrough>/", views.page, name="page"),
    path("doorbraken/<uuid:breakthrough>/bevestigen/", views.confirm, name="confirm"),
    path("doorbraken/<uuid:breakthrough>/anders/", views.dispute, name="dispute"),
    path("doorbraken/<uuid:breakthrough>/bewoner/", views.resident, name="resident"),
    path("doorbraken/<uuid:breakthrough>/terugnemen/", views.withdraw, name="withdraw"),
]
