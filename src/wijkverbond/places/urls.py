"""The addresses of official figures about places."""

from django.urls import path

from wijkverbond.places import views

app_name = "places"

urlpatterns = [
    path("plaats/", views.search, name="search"),
    path("plaats/<str:code>/", views.place, name="place"),
]
