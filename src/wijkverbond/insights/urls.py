"""Addresses of signals and insights."""

from django.urls import path

from wijkverbond.insights.views import insights, signals

app_name = "insights"

coalition_urlpatterns = [
    path("inzichten/", insights.index, name="index"),
    path("inzichten/delen/", insights.publish, name="publish"),
    path("inzichten/iemand-anders/", insights.someone_else, name="someone_else"),
    path("inzichten/signaal/", signals.give, name="give"),
    path("inzichten/signaal/klaar/", signals.signal_given, name="given"),
    path("inzichten/signalen/", signals.signals, name="signals"),
    path("inzichten/signalen/lezen/", signals.read_new, name="read_new"),
    path("inzichten/signalen/<uuid:signal_id>/antwoord/", signals.answer, name="answer"),
    path("inzichten/<uuid:insight_id>/", insights.insight, name="insight"),
    path("inzichten/<uuid:insight_id>/herken/", insights.recognise, name="recognise"),
    path("inzichten/<uuid:insight_id>/herzien/", insights.revise, name="revise"),
    path("inzichten/<uuid:insight_id>/terug/", insights.withdraw, name="withdraw"),
]
