"""Addresses of the health of the installation; those of machines are known by these names."""

from django.urls import path

from wijkverbond.operations import views

app_name = "operations"

urlpatterns = [
    path("gezond/", views.health, name="health"),
    path("beheer/", views.look_after, name="look_after"),
    path("beheer/<int:job>/opnieuw/", views.try_again, name="try_again"),
    path("beheer/van-de-lijst/", views.unlist, name="unlist"),
    path("beheer/van-de-lijst/<uuid:unlisting_id>/terug/", views.list_again, name="list_again"),
    path("health", views.probe, name="probe"),
    path("metrics", views.figures, name="figures"),
]
