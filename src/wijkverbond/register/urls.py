"""Addresses of the register."""

from django.urls import path

from wijkverbond.register import views

app_name = "register"

urlpatterns = [
    path("register/", views.index, name="index"),
    path("register/verify.py", views.verifier, name="verifier"),
    path("register/heads.atom", views.heads, name="heads"),
]

coalition_urlpatterns = [
    path("register/", views.entries, name="entries"),
    path("register/zegel/", views.seal, name="seal"),
    path("register.json", views.document, name="document"),
]
