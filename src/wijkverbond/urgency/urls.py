"""Addresses of conversations and shared urgencies."""

from django.urls import path

from wijkverbond.urgency.views import host_hidings, respond, results

app_name = "urgency"

coalition_urlpatterns = [
    path("meedoen/", respond.start, name="respond"),
    path("meedoen/zin/", respond.sentence, name="sentence"),
    path("meedoen/zelf/", respond.own, name="own"),
    path("meedoen/zelf/klaar/", respond.own_done, name="own_done"),
    path("meedoen/eerst/", respond.first, name="first"),
    path("meedoen/klaar/", respond.done_page, name="done"),
    path("wat-nodig-is/", results.index, name="index"),
    path("wat-nodig-is/vraag/", results.ask, name="ask"),
    path("wat-nodig-is/lezen/", results.read_new, name="read_new"),
    path("wat-nodig-is/vraag/<uuid:conversation>/", results.conversation, name="conversation"),
    path("wat-nodig-is/vraag/<uuid:conversation>/sluiten/", results.close, name="close"),
    path("wat-nodig-is/vraag/<uuid:conversation>/votes.csv", results.download, name="download"),
    path("wat-nodig-is/zin/<uuid:statement>/verbergen/", host_hidings.hide, name="hide"),
    path("wat-nodig-is/verborgen/<uuid:hiding>/", host_hidings.review, name="review"),
    path("wat-nodig-is/urgentie/", results.propose, name="propose"),
    path("wat-nodig-is/urgentie/<uuid:urgency>/", results.urgency, name="urgency"),
    path("wat-nodig-is/urgentie/<uuid:urgency>/steun/", results.endorse, name="endorse"),
    path("wat-nodig-is/urgentie/<uuid:urgency>/besluit/", results.decide, name="decide"),
    path("wat-nodig-is/urgentie/<uuid:urgency>/woorden/", results.word, name="word"),
]
