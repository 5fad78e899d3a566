"""Addresses of the health of the installation; those of machines are known by these names."""

from django.urls import path

from wijkverbond.operations import views

app_name = "operations"

urlpatterns = [
    path("gezond/", views.health, name="health"),
    path("health", views.probe, name="probe"),
    path("metrics", views.figures, name="figures"),
]
