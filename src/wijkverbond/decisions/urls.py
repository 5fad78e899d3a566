"""Addresses of proposals."""

from django.urls import path

from wijkverbond.decisions import views

app_name = "decisions"

coalition_urlpatterns = [
    path("besluiten/", views.index, name="index"),
    path("besluiten/<uuid:decision>/", views.page, name="page"),
    path("besluiten/<uuid:decision>/antwoord/", views.answer, name="answer"),
    path("besluiten/<uuid:decision>/papier/", views.enter, name="enter"),
    path("besluiten/<uuid:decision>/aanpassen/", views.adapt, name="adapt"),
    path("besluiten/<uuid:decision>/kader/", views.limit, name="limit"),
    path("besluiten/<uuid:decision>/sluiten/", views.close, name="close"),
    path("besluiten/<uuid:decision>/intrekken/", views.withdraw, name="withdraw"),
    path("besluiten/bezwaar/<uuid:objection>/antwoord/", views.reply, name="reply"),
    path("besluiten/bezwaar/<uuid:objection>/opgelost/", views.resolve, name="resolve"),
]
