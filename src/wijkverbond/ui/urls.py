"""Addresses of the display settings and the component page."""

from django.urls import path

from wijkverbond.ui import gallery, views

app_name = "ui"
urlpatterns = [
    path("weergave/", views.preferences, name="preferences"),
    path("ui/", gallery.components, name="components"),
    path("ui/focus/", gallery.focus, name="focus"),
]
