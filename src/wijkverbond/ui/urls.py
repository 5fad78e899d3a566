"""Addresses of the display settings and the component page."""

from django.urls import path

from wijkverbond.ui import gallery, sent_once, views

app_name = "ui"
urlpatterns = [
    path("weergave/", views.preferences, name="preferences"),
    path("verstuurd/<slug:key>/", sent_once.sent, name="sent"),
    path("ui/", gallery.components, name="components"),
    path("ui/focus/", gallery.focus, name="focus"),
]
