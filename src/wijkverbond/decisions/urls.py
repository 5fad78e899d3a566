"""Addresses of proposals."""

from django.urls import path

from wijkverbond.decisions import views

app_name = "decisions"

coalition_urlpatterns = [
    path("besluiten/", views.index, name="index"),
    path("besluiten/nieuw/", views.propose, name="propose"),
    path("besluiten/schorsing/", views.propose_suspension, name="propose_suspension"),
    path("besluiten/wekken/<uuid:party_id>/", views.propose_waking, name="propose_waking"),
    path("besluiten/secretariaat/", views.propose_secretariat, name="propose_secretariat"),
    path(
        "besluiten/secretariaat/<uuid:secretariat_id>/einde/",
        views.propose_end_of_secretariat,
        name="propose_end_of_secretariat",
    ),
    path("besluiten/voorzitter/", views.propose_chair_and_rules, name="propose_chair_and_rules"),
    path(
        "besluiten/voorzitter/<uuid:proposal_id>/aanpassen/",
        views.adapt_chair_and_rules,
        name="adapt_chair_and_rules",
    ),
    path("besluiten/<uuid:decision_id>/", views.page, name="page"),
    path("besluiten/<uuid:decision_id>/antwoord/", views.answer, name="answer"),
    path("besluiten/<uuid:decision_id>/papier/", views.enter, name="enter"),
    path("besluiten/<uuid:decision_id>/aanpassen/", views.adapt, name="adapt"),
    path("besluiten/<uuid:decision_id>/kader/", views.limit, name="limit"),
    path("besluiten/<uuid:decision_id>/sluiten/", views.close, name="close"),
    path("besluiten/<uuid:decision_id>/intrekken/", views.withdraw, name="withdraw"),
    path(
        "besluiten/naderhand/<uuid:later_answer_id>/",
        views.answer_afterwards,
        name="answer_afterwards",
    ),
    path("besluiten/bezwaar/<uuid:objection_id>/antwoord/", views.reply, name="reply"),
    path("besluiten/bezwaar/<uuid:objection_id>/opgelost/", views.resolve, name="resolve"),
]
