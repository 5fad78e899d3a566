"""A real sign-in of an organisation, as a process of its own: `python organisation.py FILE CALLBACK`.

It is the OpenID Connect provider of django-allauth. FILE says as JSON who sits at the browser (`person`,
`email`, `groups`); nobody is asked for anything. Its address is printed once it answers.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

CLIENT, SECRET = "wijkverbond", "known-to-both"
APPS = (
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
)
TABLES = ("auth", "contenttypes", "sessions", "account", "allauth_idp_oidc")


def configure(file: Path) -> None:
    """Set Django up as the site of an organisation."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    settings.configure(
        SECRET_KEY="of-the-organisation",
        ALLOWED_HOSTS=["localhost"],
        ROOT_URLCONF="__main__",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{file}.db"}},
        USE_TZ=True,
        INSTALLED_APPS=APPS,
        MIGRATION_MODULES=dict.fromkeys(TABLES),  # made at once
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
            "__main__.sits_at_the_browser",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        IDP_OIDC_ADAPTER="__main__.Adapter",
        IDP_OIDC_PRIVATE_KEY=key.decode(),
        IDP_OIDC_RATE_LIMITS=False,
    )
    django.setup()


def known() -> dict[str, Any]:
    """Who sits at the browser."""
    answer: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text())
    return answer


def sits_at_the_browser(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Who sits at the browser is signed in at their organisation."""
    from django.contrib.auth.models import User  # noqa: PLC0415 - needs the settings

    def answer(request: HttpRequest) -> HttpResponse:
        person, _new = User.objects.get_or_create(username=known()["person"])
        request.user = person  # type: ignore[assignment]  # not of our own site
        return get_response(request)

    return answer


def serve(callback: str) -> None:
    """Answer until this process is ended."""
    from allauth.idp.oidc.adapter import DefaultOIDCAdapter  # noqa: PLC0415 - needs the settings
    from allauth.idp.oidc.models import Client  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    class Adapter(DefaultOIDCAdapter):  # type: ignore[misc]
        def get_claims(self, *asked: Any, **more: Any) -> dict[str, Any]:
            return {**super().get_claims(*asked, **more), **known()}

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_more: object) -> None:
            pass

    vars(sys.modules["__main__"]).update(
        Adapter=Adapter, urlpatterns=[path("", include("allauth.idp.urls"))]
    )
    call_command("migrate", run_syncdb=True, verbosity=0)
    client = Client(id=CLIENT, scopes="openid\nprofile\nemail", redirect_uris=callback)
    client.skip_consent = True
    client.set_secret(SECRET)
    client.save()
    server = make_server("localhost", 0, get_wsgi_application(), handler_class=Quiet)
    sys.stdout.write(f"http://localhost:{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    configure(Path(sys.argv[1]))
    serve(sys.argv[2])
