"""Cookies and proxies of an installation with https, as its settings make them."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

NAMES = (
    "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER", "CSRF_TRUSTED_ORIGINS", "EMAIL_BACKEND",
)  # fmt: skip
SHOW = (
    "import json; from django.conf import settings;"
    f"print(json.dumps({{name: getattr(settings, name) for name in {NAMES}}}))"
)


def settings_with(**environment: str) -> dict[str, Any]:
    """The settings that this environment makes, in a process of its own."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "wijkverbond.config.settings", **environment}
    process = subprocess.run([sys.executable, "-c", SHOW], env=env, capture_output=True, check=True)
    settings: dict[str, Any] = json.loads(process.stdout)
    return settings


def test_over_https_cookies_stay_with_this_host() -> None:
    settings = settings_with(WIJKVERBOND_ADDRESS="https://wijkverbond.example")
    assert settings["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert settings["CSRF_COOKIE_NAME"] == "__Host-csrftoken"
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SESSION_COOKIE_HTTPONLY"]
    assert settings["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert settings["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://wijkverbond.example"]


@pytest.mark.parametrize(
    ("proxies", "header"), [("0", None), ("1", ["HTTP_X_FORWARDED_PROTO", "https"])]
)
def test_what_a_proxy_says_counts_only_behind_a_proxy(
    proxies: str, header: list[str] | None
) -> None:
    settings = settings_with(
        WIJKVERBOND_ADDRESS="https://wijkverbond.example", WIJKVERBOND_PROXIES=proxies
    )
    assert settings["SECURE_PROXY_SSL_HEADER"] == header


def test_only_the_demonstration_keeps_its_mails() -> None:
    keeps = "wijkverbond.accounts.post.Backend"
    url = "smtp://mail.example:25"
    assert settings_with(WIJKVERBOND_DEMO="1", WIJKVERBOND_EMAIL_URL=url)["EMAIL_BACKEND"] == keeps
    assert settings_with(WIJKVERBOND_DEMO="", WIJKVERBOND_EMAIL_URL=url)["EMAIL_BACKEND"] != keeps
