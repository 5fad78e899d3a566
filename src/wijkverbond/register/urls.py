"""Addresses of the register."""

from django.urls import path

from wijkverbond.register import views

app_name = "register"

urlpatterns = [
    path("register/", views.index, name="index"),
    path("register/verify.py", views.verifier, name="verifier"),
]

coalition_urlpatterns = [
    path("register/", views.entries, name="entries"),
    path("register.json", views.document, name="document"),
]
