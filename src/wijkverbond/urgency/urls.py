"""Addresses of conversations and shared urgencies."""

from django.urls import path

from wijkverbond.urgency.views import (
    conversations,
    erasing,
    host_hidings,
    responses,
    set_apart,
    shared_urgencies,
)

app_name = "urgency"

coalition_urlpatterns = [
    path("meedoen/", responses.start, name="respond"),
    path("meedoen/opnieuw/", responses.again, name="again"),
    path("meedoen/zin/", responses.answer_statement, name="sentence"),
    path("meedoen/zelf/", responses.own_statement, name="own"),
    path("meedoen/zelf/klaar/", responses.own_statement_done, name="own_done"),
    path("meedoen/eerst/", responses.priorities, name="first"),
    path("meedoen/klaar/", responses.done, name="done"),
    path("wat-nodig-is/", conversations.index, name="index"),
    path("wat-nodig-is/vraag/", conversations.ask, name="ask"),
    path("wat-nodig-is/lezen/", conversations.read_new, name="read_new"),
    path(
        "wat-nodig-is/vraag/<uuid:conversation_id>/",
        conversations.conversation,
        name="conversation",
    ),
    path("wat-nodig-is/vraag/<uuid:conversation_id>/zaal/", conversations.hall, name="hall"),
    path("wat-nodig-is/vraag/<uuid:conversation_id>/sluiten/", conversations.close, name="close"),
    path(
        "wat-nodig-is/vraag/<uuid:conversation_id>/votes.csv",
        conversations.download,
        name="download",
    ),
    path(
        "wat-nodig-is/vraag/<uuid:conversation_id>/edition.json",
        conversations.edition,
        name="edition",
    ),
    path(
        "wat-nodig-is/vraag/<uuid:conversation_id>/opvallend/",
        set_apart.look_alikes,
        name="look_alikes",
    ),
    path(
        "wat-nodig-is/vraag/<uuid:conversation_id>/without.json",
        set_apart.without,
        name="without",
    ),
    path("wat-nodig-is/apart/<uuid:apart_id>/", set_apart.apart, name="apart"),
    path("wat-nodig-is/zin/<uuid:statement_id>/verbergen/", host_hidings.hide, name="hide"),
    path("wat-nodig-is/verborgen/<uuid:hiding_id>/", host_hidings.review, name="review"),
    path("wat-nodig-is/urgentie/", shared_urgencies.propose, name="propose"),
    path("wat-nodig-is/urgentie/<uuid:urgency_id>/", shared_urgencies.urgency, name="urgency"),
    path(
        "wat-nodig-is/urgentie/<uuid:urgency_id>/steun/", shared_urgencies.endorse, name="endorse"
    ),
    path(
        "wat-nodig-is/urgentie/<uuid:urgency_id>/besluit/", shared_urgencies.decide, name="decide"
    ),
    path("wat-nodig-is/urgentie/<uuid:urgency_id>/woorden/", shared_urgencies.word, name="word"),
]

urlpatterns = [path("antwoorden-wissen/", erasing.erase, name="erase")]
