"""Addresses of the portal and of my work."""

from django.urls import path

from wijkverbond.overview import views

app_name = "overview"

urlpatterns = [
    path("", views.portal, name="portal"),
    path("privacy/", views.privacy, name="privacy"),
    path("mijn-werk/", views.my_work, name="my_work"),
]

coalition_urlpatterns = [
    path("", views.home, name="home"),
    path("tijdlijn/", views.timeline_page, name="timeline"),
    path("spoor/<slug:type_name>/<uuid:record_id>/", views.trace_page, name="trace"),
]
