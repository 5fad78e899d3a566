"""Addresses of accounts. Two have the names under which django-allauth looks for them."""

from django.urls import include, path

from wijkverbond.accounts import views

own = [
    path("inloggen/code/", views.enter_code, name="code"),
    path("mijn-gegevens/", views.my_data, name="my_data"),
    path("mijn-gegevens/alles.json", views.export, name="export"),
    path("mijn-gegevens/overal-uitloggen/", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("mijn-gegevens/uitloggen/", views.sign_out_session, name="sign_out_session"),
    path("mijn-gegevens/wissen/", views.erase, name="erase"),
    path("post/", views.post, name="post"),
]
urlpatterns = [
    path("inloggen/", views.sign_in, name="account_login"),
    path("uitloggen/", views.sign_out, name="account_logout"),
    path("", include((own, "accounts"))),
]
