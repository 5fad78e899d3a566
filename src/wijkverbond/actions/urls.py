"""Addresses of requests to government."""

from django.urls import path

from wijkverbond.actions import views

app_name = "actions"

coalition_urlpatterns = [
    path("verzoeken/", views.index, name="requests"),
    path("verzoeken/nieuw/", views.ask, name="ask"),
    path("verzoeken/<uuid:asked>/", views.page, name="request"),
    path("verzoeken/<uuid:asked>/ontvangen/", views.acknowledge, name="acknowledge"),
    path("verzoeken/<uuid:asked>/verlengen/", views.extend, name="extend"),
    path("verzoeken/<uuid:asked>/antwoord/", views.answer, name="answer"),
    path("verzoeken/<uuid:asked>/opgelost/", views.accept, name="accept"),
    path("verzoeken/<uuid:asked>/opnieuw/", views.reopen, name="reopen"),
    path("verzoeken/<uuid:asked>/hoger/", views.escalate, name="escalate"),
    path("verzoeken/<uuid:asked>/intrekken/", views.withdraw, name="withdraw"),
]
