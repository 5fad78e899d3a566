"""Addresses of signals and insights."""

from django.urls import path

from wijkverbond.insights.views import knowing, signalling

app_name = "insights"

coalition_urlpatterns = [
    path("inzichten/", knowing.index, name="index"),
    path("inzichten/delen/", knowing.publish, name="publish"),
    path("inzichten/signaal/", signalling.give, name="give"),
    path("inzichten/signaal/klaar/", signalling.given, name="given"),
    path("inzichten/signalen/", signalling.signals, name="signals"),
    path("inzichten/signalen/lezen/", signalling.read_new, name="read_new"),
    path("inzichten/signalen/<uuid:signal>/antwoord/", signalling.answer, name="answer"),
    path("inzichten/<uuid:insight>/", knowing.insight, name="insight"),
    path("inzichten/<uuid:insight>/herken/", knowing.recognise, name="recognise"),
    path("inzichten/<uuid:insight>/herzien/", knowing.revise, name="revise"),
    path("inzichten/<uuid:insight>/terug/", knowing.withdraw, name="withdraw"),
]
