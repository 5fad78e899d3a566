"""Addresses of results."""

from django.urls import path

from wijkverbond.results import views

app_name = "results"

coalition_urlpatterns = [
    path("resultaten/", views.index, name="index"),
    path("resultaten/<uuid:goal_id>/", views.goal, name="goal"),
    path("resultaten/<uuid:goal_id>/meten/", views.measure, name="measure"),
    path("resultaten/<uuid:goal_id>/overnemen/", views.adopt, name="adopt"),
    path("resultaten/meting/<uuid:measurement_id>/verbeteren/", views.correct, name="correct"),
]
