"""Addresses with which the site is set up."""

from django.urls import path

from wijkverbond.installation import views
from wijkverbond.installation.models import Step

app_name = "installation"

TEXTS = {
    Step.CONTACT: "contact",
    Step.PRIVACY: "privacyverklaring",
    Step.ACCESSIBILITY: "toegankelijkheid",
    Step.NOTICE: "melden",
}

urlpatterns = [
    path("inrichten/begin/<str:token>/", views.begin, name="begin"),
    path("inrichten/", views.index, name="index"),
    path("inrichten/naam/", views.name, name="name"),
    path("inrichten/mail/", views.mail, name="mail"),
    path("inrichten/beheerder/", views.host, name="host"),
    path("inrichten/gemeente/", views.places, name="places"),
    path("inrichten/gemeente/bestand/", views.places_file, name="places_file"),
    path("inrichten/uiterlijk/", views.look, name="look"),
    path("huisstijl/<slug:colour>.css", views.colour, name="colour"),
    path("huisstijl/<slug:digest>.png", views.logo, name="logo"),
    path("inrichten/eerste-coalitie/", views.founder, name="founder"),
    path("inrichten/klaar/", views.finish, name="finish"),
    *(
        path(f"inrichten/{at}/", views.text, {"step": step}, name=step)
        for step, at in TEXTS.items()
    ),
    *(
        path(f"{at}/", views.read, {"step": step}, name=f"read_{step}")
        for step, at in TEXTS.items()
    ),
]
