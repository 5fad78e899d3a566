"""Addresses with which the site is set up."""

from django.urls import path

from wijkverbond.installation import views

app_name = "installation"

urlpatterns = [
    path("inrichten/begin/<str:token>/", views.begin, name="begin"),
    path("inrichten/", views.index, name="index"),
    path("inrichten/naam/", views.name, name="name"),
    path("inrichten/mail/", views.mail, name="mail"),
    path("inrichten/beheerder/", views.host, name="host"),
    path("inrichten/klaar/", views.finish, name="finish"),
]
