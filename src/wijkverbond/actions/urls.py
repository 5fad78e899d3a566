"""Addresses of initiatives, promises kept, obstacles, and requests to government."""

from django.urls import path

from wijkverbond.actions.views import check_ins, initiatives, obstacles, requests

app_name = "actions"

ONE = "doen/<uuid:initiative>/"
ACTION = f"{ONE}acties/<uuid:action>/"

coalition_urlpatterns = [
    path("doen/", initiatives.index, name="index"),
    path("doen/nieuw/", initiatives.propose, name="propose"),
    path(ONE, initiatives.page, name="initiative"),
    path(f"{ONE}beginnen/", initiatives.start, name="start"),
    path(f"{ONE}meedoen/", initiatives.join, name="join"),
    path(f"{ONE}klaar/", initiatives.finish, name="finish"),
    path(f"{ONE}stoppen/", initiatives.stop, name="stop"),
    path(f"{ONE}acties/", initiatives.plan, name="plan"),
    path(f"{ACTION}gedaan/", initiatives.done, name="done"),
    path(f"{ACTION}vervalt/", initiatives.drop, name="drop"),
    path("doen/beloften/<uuid:pledge>/", check_ins.index, name="check_ins"),
    path("doen/beloften/<uuid:pledge>/melden/", check_ins.check_in, name="check_in"),
    path("doen/meldingen/<uuid:check_in>/oordeel/", check_ins.judge, name="judge"),
    path("doen/vastgelopen/", obstacles.raise_obstacle, name="raise_obstacle"),
    path("doen/vastgelopen/<uuid:obstacle>/", obstacles.page, name="obstacle"),
    path("doen/vastgelopen/<uuid:obstacle>/los/", obstacles.resolve, name="resolve_obstacle"),
    path("verzoeken/", requests.index, name="requests"),
    path("verzoeken/nieuw/", requests.ask, name="ask"),
    path("verzoeken/<uuid:asked>/", requests.page, name="request"),
    path("verzoeken/<uuid:asked>/ontvangen/", requests.acknowledge, name="acknowledge"),
    path("verzoeken/<uuid:asked>/verlengen/", requests.extend, name="extend"),
    path("verzoeken/<uuid:asked>/antwoord/", requests.answer, name="answer"),
    path("verzoeken/<uuid:asked>/opgelost/", requests.accept, name="accept"),
    path("verzoeken/<uuid:asked>/opnieuw/", requests.reopen, name="reopen"),
    path("verzoeken/<uuid:asked>/hoger/", requests.escalate, name="escalate"),
    path("verzoeken/<uuid:asked>/intrekken/", requests.withdraw, name="withdraw"),
]
