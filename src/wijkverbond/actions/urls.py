"""Addresses of initiatives, pledges kept, obstacles, and requests to government."""

from django.urls import path

from wijkverbond.actions.views import check_ins, initiatives, obstacles, requests

app_name = "actions"

ONE = "doen/<uuid:initiative_id>/"
ACTION = f"{ONE}acties/<uuid:action_id>/"

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
    path("doen/beloften/<uuid:pledge_id>/", check_ins.index, name="check_ins"),
    path("doen/beloften/<uuid:pledge_id>/melden/", check_ins.check_in, name="check_in"),
    path("doen/meldingen/<uuid:check_in_id>/oordeel/", check_ins.judge, name="judge"),
    path("doen/vastgelopen/", obstacles.raise_obstacle, name="raise_obstacle"),
    path("doen/vastgelopen/<uuid:obstacle_id>/", obstacles.page, name="obstacle"),
    path("doen/vastgelopen/<uuid:obstacle_id>/los/", obstacles.resolve, name="resolve_obstacle"),
    path("verzoeken/", requests.index, name="requests"),
    path("verzoeken/nieuw/", requests.ask, name="ask"),
    path("verzoeken/<uuid:request_id>/", requests.page, name="request"),
    path("verzoeken/<uuid:request_id>/ontvangen/", requests.acknowledge, name="acknowledge"),
    path("verzoeken/<uuid:request_id>/verlengen/", requests.extend, name="extend"),
    path("verzoeken/<uuid:request_id>/antwoord/", requests.answer, name="answer"),
    path("verzoeken/<uuid:request_id>/opgelost/", requests.accept, name="accept"),
    path("verzoeken/<uuid:request_id>/opnieuw/", requests.reopen, name="reopen"),
    path("verzoeken/<uuid:request_id>/hoger/", requests.escalate, name="escalate"),
    path("verzoeken/<uuid:request_id>/intrekken/", requests.withdraw, name="withdraw"),
]
