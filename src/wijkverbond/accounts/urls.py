"""Addresses of accounts. Some have the names under which django-allauth looks for them."""

from collections.abc import Callable

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpResponse
from django.urls import include, path
from django.views import View

from wijkverbond.accounts import views
from wijkverbond.accounts.organisation import PROVIDER
from wijkverbond.accounts.second_step import just_signed_in, taken_away_once, with_refusal

own = [
    path("inloggen/code/", views.enter_code, name="code"),
    path("inloggen/organisatie/", views.to_organisation, name="to_organisation"),
    path("mijn-gegevens/", views.my_data, name="my_data"),
    path("mijn-gegevens/alles.json", views.export, name="export"),
    path("mijn-gegevens/overal-uitloggen/", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("mijn-gegevens/uitloggen/", views.sign_out_session, name="sign_out_session"),
    path("mijn-gegevens/wissen/", views.erase, name="erase"),
    path("post/", views.post, name="post"),
]


def _step(view: type[View], template: str) -> Callable[..., HttpResponse]:
    """A page of allauth about the second step, in our form."""
    return with_refusal(view.as_view(template_name=f"accounts/second_step/{template}.html"))


# One page shows everything; allauth also leads to a list of passkeys.
own_steps = views.second_step
steps = [
    path("", own_steps, name="mfa_index"),
    path("app/", just_signed_in(_step(totp.ActivateTOTPView, "app")), name="mfa_activate_totp"),
    path(
        "app/weg/",
        taken_away_once(_step(totp.DeactivateTOTPView, "app_off")),
        name="mfa_deactivate_totp",
    ),
    path(
        "noodcodes/", _step(recovery.ViewRecoveryCodesView, "codes"), name="mfa_view_recovery_codes"
    ),
    path(
        "noodcodes/nieuw/",
        _step(recovery.GenerateRecoveryCodesView, "new_codes"),
        name="mfa_generate_recovery_codes",
    ),
    path("passkeys/", own_steps, name="mfa_list_webauthn"),
    path(
        "passkeys/nieuw/",
        just_signed_in(_step(webauthn.AddWebAuthnView, "passkey")),
        name="mfa_add_webauthn",
    ),
    path(
        "passkeys/<int:pk>/",
        _step(webauthn.EditWebAuthnView, "passkey_name"),
        name="mfa_edit_webauthn",
    ),
    path(
        "passkeys/<int:pk>/weg/",
        taken_away_once(_step(webauthn.RemoveWebAuthnView, "passkey_off")),
        name="mfa_remove_webauthn",
    ),
    path("bevestigen/", _step(base.ReauthenticateView, "again"), name="mfa_reauthenticate"),
    path(
        "bevestigen/passkey/",
        _step(webauthn.ReauthenticateWebAuthnView, "again_passkey"),
        name="mfa_reauthenticate_webauthn",
    ),
]
urlpatterns = [
    path("inloggen/tweede-stap/", _step(base.AuthenticateView, "sign_in"), name="mfa_authenticate"),
    path("mijn-gegevens/tweede-stap/", include(steps)),
    path(
        "inloggen/organisatie/terug/",
        views.from_organisation,
        {"provider_id": PROVIDER},
        name="openid_connect_callback",
    ),
    path("inloggen/", views.sign_in, name="account_login"),
    path("uitloggen/", views.sign_out, name="account_logout"),
    path("", include((own, "accounts"))),
]
