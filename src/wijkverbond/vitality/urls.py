"""Address of the reading."""

from django.urls import path

from wijkverbond.vitality import views

app_name = "vitality"

coalition_urlpatterns = [path("hoe-vitaal/", views.index, name="index")]
