"""Addresses of proposals."""

from django.urls import path

from wijkverbond.decisions.views import proposals, rounds

app_name = "decisions"

coalition_urlpatterns = [
    path("besluiten/", rounds.index, name="index"),
    path("besluiten/nieuw/", proposals.propose, name="propose"),
    path("besluiten/schorsing/", proposals.propose_suspension, name="propose_suspension"),
    path("besluiten/tweede-stap/", proposals.propose_second_step, name="propose_second_step"),
    path("besluiten/wekken/<uuid:party_id>/", proposals.propose_waking, name="propose_waking"),
    path("besluiten/secretariaat/", proposals.propose_secretariat, name="propose_secretariat"),
    path(
        "besluiten/secretariaat/<uuid:secretariat_id>/einde/",
        proposals.propose_end_of_secretariat,
        name="propose_end_of_secretariat",
    ),
    path(
        "besluiten/voorzitter/", proposals.propose_chair_and_rules, name="propose_chair_and_rules"
    ),
    path(
        "besluiten/voorzitter/<uuid:proposal_id>/aanpassen/",
        proposals.adapt_chair_and_rules,
        name="adapt_chair_and_rules",
    ),
    path("besluiten/<uuid:decision_id>/", rounds.page, name="page"),
    path("besluiten/<uuid:decision_id>/antwoord/", rounds.answer, name="answer"),
    path("besluiten/<uuid:decision_id>/papier/", rounds.enter, name="enter"),
    path("besluiten/<uuid:decision_id>/aanpassen/", rounds.adapt, name="adapt"),
    path("besluiten/<uuid:decision_id>/kader/", rounds.limit, name="limit"),
    path("besluiten/<uuid:decision_id>/sluiten/", rounds.close, name="close"),
    path("besluiten/<uuid:decision_id>/intrekken/", rounds.withdraw, name="withdraw"),
    path(
        "besluiten/naderhand/<uuid:later_answer_id>/",
        rounds.answer_afterwards,
        name="answer_afterwards",
    ),
    path("besluiten/bezwaar/<uuid:objection_id>/antwoord/", rounds.reply, name="reply"),
    path("besluiten/bezwaar/<uuid:objection_id>/opgelost/", rounds.resolve, name="resolve"),
]
