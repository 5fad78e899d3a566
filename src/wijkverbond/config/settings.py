"""Settings of the installation, all from the environment (documented in docs/administrators)."""

from importlib.util import find_spec
from ipaddress import ip_network
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from wijkverbond.config import logs
from wijkverbond.config.version import project_version

env = environ.Env()

PACKAGE = Path(__file__).resolve().parent.parent
VERSION = project_version()
DEMO = env.bool("WIJKVERBOND_DEMO", False)
DEBUG = env.bool("WIJKVERBOND_DEBUG", False)

# Made by the launcher for a private database; an installation brings its own.
# Empty, it signs nothing: Django refuses.
FOR_CHECKS = "" if "DATABASE_URL" in env.ENVIRON else "only-for-checks-and-tests"
SECRET_KEY = env.str("WIJKVERBOND_SECRET_KEY", FOR_CHECKS)
ALLOWED_HOSTS = env.list("WIJKVERBOND_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SITE_ADDRESS = env.str("WIJKVERBOND_ADDRESS", "http://localhost:8000")
# What can also be filled in in the browser: a setting goes before that (kernel/site.py).
SITE = {
    "name": env.str("WIJKVERBOND_SITE_NAME", ""),
    "organisation": env.str("WIJKVERBOND_ORGANISATION", ""),
    "sender": env.str("WIJKVERBOND_EMAIL_FROM", ""),
    "address": env.str("WIJKVERBOND_CONTACT_ADDRESS", ""),
    "email": env.str("WIJKVERBOND_CONTACT_EMAIL", ""),
    "phone": env.str("WIJKVERBOND_CONTACT_PHONE", ""),
    "privacy_email": env.str("WIJKVERBOND_PRIVACY_EMAIL", ""),
    "privacy_ground": env.str("WIJKVERBOND_PRIVACY_GROUND", ""),
    "data_place": env.str("WIJKVERBOND_DATA_PLACE", ""),
    "accessible": env.str("WIJKVERBOND_ACCESSIBLE", ""),
    "examined": env.str("WIJKVERBOND_ACCESSIBLE_EXAMINED", ""),
    "notice_email": env.str("WIJKVERBOND_NOTICE_EMAIL", ""),
    "colour": env.str("WIJKVERBOND_COLOUR", ""),
}
# How many proxies of our own stand before the site, each adding to X-Forwarded-For.
TRUSTED_PROXIES = env.int("WIJKVERBOND_PROXIES", 0)

# The key that signs the register's heads: a C2SP key name and a base64 Ed25519 seed of 32 bytes. There
# is none unless it is given: what only reads needs none (docs/administrators/register-key.md).
REGISTER_NAME = env.str("WIJKVERBOND_REGISTER_NAME", "wijkverbond.local")
REGISTER_SEED = env.str("WIJKVERBOND_REGISTER_SEED", "")
REGISTER_OLD_SEED = env.str("WIJKVERBOND_REGISTER_OLD_SEED", "")  # for `register rotate` only

# The log is for people, or with `json` one object a line; who asked for what only where that is wanted.
LOGGING = logs.configure(as_json=env.str("WIJKVERBOND_LOG", "") == "json")
ACCESS_LOG = env.bool("WIJKVERBOND_ACCESS_LOG", False)

CAPABILITIES = [
    "places",
    "coalition",
    "decisions",
    "insights",
    "urgency",
    "vision",
    "commitments",
    "actions",
    "breakthroughs",
    "results",
    "vitality",
    "demo",
    "overview",
    "installation",
    "operations",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "wijkverbond.kernel",
    "wijkverbond.ui",
    "wijkverbond.register",
    "wijkverbond.accounts",
    *(f"wijkverbond.{name}" for name in CAPABILITIES),
]
if find_spec("django_linear_migrations"):  # development only: keeps the migrations in one line
    INSTALLED_APPS.append("django_linear_migrations")

MIDDLEWARE = [
    "wijkverbond.ui.request_log.middleware",
    "wijkverbond.ui.arrival.middleware",
    "wijkverbond.operations.probes.middleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "wijkverbond.ui.page_cache.middleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wijkverbond.accounts.sessions.middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wijkverbond.ui.errors.middleware",
    "wijkverbond.ui.errors.NothingIsKept",
    "wijkverbond.ui.shown.Middleware",
    "wijkverbond.accounts.demanded.Middleware",
    "wijkverbond.ui.sent_once.Middleware",
    "wijkverbond.ui.reading_direction.middleware",
]

ROOT_URLCONF = "wijkverbond.config.urls"
WSGI_APPLICATION = "wijkverbond.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # Partials (`page.html#row`) around the cache, components (`<c-card>`) inside it.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wijkverbond.ui.context.site",
                "wijkverbond.coalition.acting.shown",
                "wijkverbond.installation.going_on.shown",
            ],
        },
    },
]
COTTON_ISOLATE_BY_DEFAULT = True
FORM_RENDERER = "wijkverbond.ui.forms.Renderer"
CSRF_FAILURE_VIEW = "wijkverbond.ui.errors.csrf_failure"

# White label: one more stylesheet of NL Design System tokens, and the class its selectors use.
THEME_STYLESHEET = env.str("WIJKVERBOND_THEME_STYLESHEET", "")
THEME_CLASS = env.str("WIJKVERBOND_THEME_CLASS", "")

# More fonts for PDFs: a folder with fonts of scripts that are not in those that come along.
PDF_FONTS = env.str("WIJKVERBOND_PDF_FONTS", "")

# A connection per thread is kept between requests, and asked for a sign of life before each.
KEPT = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
# Off behind a pooler that gives each transaction another connection.
SERVER_CURSORS = env.bool("WIJKVERBOND_SERVER_CURSORS", True)
DATABASE = env.db_url("DATABASE_URL", "postgresql:///wijkverbond")
# A machine that is gone without a word (no cable, no power) is found out in a quarter of a minute.
FOUND_OUT = {
    "connect_timeout": 10,  # seconds
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "tcp_user_timeout": 15_000,  # milliseconds
}
DATABASE["ENGINE"] = (
    "wijkverbond.kernel.database"  # in a web server no answer is waited for without end
)
DATABASE["OPTIONS"] = FOUND_OUT | DATABASE.get("OPTIONS", {})  # what the address says goes before
DATABASES = {"default": KEPT | {"DISABLE_SERVER_SIDE_CURSORS": not SERVER_CURSORS} | DATABASE}
# What was due while no worker ran is done late, once: also what is done once a day.
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 25 * 3600}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
SESSION_ENGINE = "wijkverbond.accounts.sessions"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "wijkverbond.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None

# Whose acts take a second step, as kinds of actor; nobody's in the demonstration.
OF_GOVERNMENT_TOO = env.str("WIJKVERBOND_SECOND_FACTOR", "operators") == "government"
SECOND_STEP_OF = () if DEMO else ("operator", *(["government"] if OF_GOVERNMENT_TOO else []))
# Codes that are tried are counted in the database, not per process as allauth does.
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "wijkverbond.accounts.second_step.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_FORMS = {
    "authenticate": "wijkverbond.accounts.forms.StepForm",
    "authenticate_webauthn": "wijkverbond.accounts.forms.PasskeyForm",
    "reauthenticate": "wijkverbond.accounts.forms.StepForm",
    "reauthenticate_webauthn": "wijkverbond.accounts.forms.PasskeyForm",
    "activate_totp": "wijkverbond.accounts.forms.AppForm",
    "add_webauthn": "wijkverbond.accounts.forms.NewPasskeyForm",
    "edit_webauthn": "wijkverbond.accounts.forms.PasskeyNameForm",
}

# The sign-in of an organisation (OpenID Connect); none without an issuer.
OIDC_ISSUER = env.str("WIJKVERBOND_OIDC_ISSUER", "").removesuffix("/")
OIDC_CLIENT_ID = env.str("WIJKVERBOND_OIDC_CLIENT_ID", "")
OIDC_SECRET = env.str("WIJKVERBOND_OIDC_SECRET", "")
OIDC_BUTTON = env.str("WIJKVERBOND_OIDC_BUTTON", "")
OIDC_CLAIM = env.str("WIJKVERBOND_OIDC_CLAIM", "groups")
OIDC_MANDATES = env.str("WIJKVERBOND_OIDC_MANDATES", "")
SOCIALACCOUNT_ADAPTER = "wijkverbond.accounts.organisation.Adapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5  # seconds

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]  # each in its own words
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
FORMAT_MODULE_PATH = ["wijkverbond.config.formats"]  # days in full, also in English

# Where official figures and boundaries are fetched; the placeholders are those of places.
FIGURES_URL = env.str(
    "WIJKVERBOND_FIGURES_URL",
    "https://opendata.cbs.nl/ODataApi/odata/{table}/TypedDataSet"
    "?$filter=substringof('{digits}',WijkenEnBuurten)",
)
BOUNDARIES_URL = env.str(
    "WIJKVERBOND_BOUNDARIES_URL",
    "https://service.pdok.nl/cbs/wijkenbuurten/{year}/wfs/v1_0?service=WFS&version=2.0.0"
    "&request=GetFeature&typeNames={layer}&outputFormat=application/json&srsName=EPSG:4326"
    "&count=1000&startIndex={start}&filter=<Filter><PropertyIsEqualTo><PropertyName>gemeentecode"
    "</PropertyName><Literal>{code}</Literal></PropertyIsEqualTo></Filter>",
)

# Who may read /metrics: with this token, or from one of these networks; without either nobody.
METRICS_TOKEN = env.str("WIJKVERBOND_METRICS_TOKEN", "")
METRICS_NETWORKS = [
    ip_network(each) for each in env.list("WIJKVERBOND_METRICS_NETWORKS", default=[])
]

# How long a page may be kept for visitors without a session while nothing happens; 0 keeps none.
PAGE_SECONDS = env.int("WIJKVERBOND_PAGE_SECONDS", 10)

STATIC_URL = "/static/"
# Collected by the launcher: compressed, with a digest in each name. Without it found in the apps.
STATIC_ROOT = env.str("WIJKVERBOND_STATIC_ROOT", "")
WHITENOISE_USE_FINDERS = not STATIC_ROOT
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "wijkverbond.ui.staticfiles.Storage"
        if STATIC_ROOT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

EMAIL_CONFIG = env.email_url("WIJKVERBOND_EMAIL_URL", "consolemail://")
vars().update(EMAIL_CONFIG)
if EMAIL_CONFIG["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    EMAIL_BACKEND = "wijkverbond.accounts.delivery.Backend"
if DEMO:  # shows its mails at /post/ and sends none
    EMAIL_BACKEND = "wijkverbond.accounts.post.Backend"
EMAIL_TIMEOUT = 10

SECURE_SITE = SITE_ADDRESS.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SITE
if SECURE_SITE:  # a browser takes these only over https, from this host itself, for all of it
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
if SECURE_SITE and TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SITE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
