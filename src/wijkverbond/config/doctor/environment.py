"""What is wrong with the settings themselves, before anything is started; asks nothing of anyone.

`run` refuses to start with `mistakes`. With `doubts` the site runs, and not as its host means. Needs
nothing but Python, as the launcher does.
"""

import base64
import binascii
import difflib
import ipaddress
import itertools
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from wijkverbond.config.doctor.findings import Finding, Findings
from wijkverbond.installation import colours
from wijkverbond.kernel.one_line import is_one_line

Environment = Mapping[str, str]

PACKAGE = Path(__file__).resolve().parents[2]
PREFIX = "WIJKVERBOND_"
NAMES = (
    "WIJKVERBOND_ACCESSIBLE",
    "WIJKVERBOND_ACCESSIBLE_EXAMINED",
    "WIJKVERBOND_ACCESS_LOG",
    "WIJKVERBOND_ADDRESS",
    "WIJKVERBOND_BOUNDARIES_URL",
    "WIJKVERBOND_COLOUR",
    "WIJKVERBOND_CONTACT_ADDRESS",
    "WIJKVERBOND_CONTACT_EMAIL",
    "WIJKVERBOND_CONTACT_PHONE",
    "WIJKVERBOND_DATA_PLACE",
    "WIJKVERBOND_DEBUG",
    "WIJKVERBOND_DEMO",
    "WIJKVERBOND_EMAIL_FROM",
    "WIJKVERBOND_EMAIL_URL",
    "WIJKVERBOND_ENV_FILE",
    "WIJKVERBOND_FIGURES_URL",
    "WIJKVERBOND_HOSTS",
    "WIJKVERBOND_LISTEN",
    "WIJKVERBOND_LOG",
    "WIJKVERBOND_METRICS_NETWORKS",
    "WIJKVERBOND_METRICS_TOKEN",
    "WIJKVERBOND_NOTICE_EMAIL",
    "WIJKVERBOND_ORGANISATION",
    "WIJKVERBOND_OIDC_BUTTON",
    "WIJKVERBOND_OIDC_CLAIM",
    "WIJKVERBOND_OIDC_CLIENT_ID",
    "WIJKVERBOND_OIDC_ISSUER",
    "WIJKVERBOND_OIDC_MANDATES",
    "WIJKVERBOND_OIDC_SECRET",
    "WIJKVERBOND_PAGE_SECONDS",
    "WIJKVERBOND_PDF_FONTS",
    "WIJKVERBOND_POSTGRESQL",
    "WIJKVERBOND_PRIVACY_EMAIL",
    "WIJKVERBOND_PRIVACY_GROUND",
    "WIJKVERBOND_PRIVATE",
    "WIJKVERBOND_PROXIES",
    "WIJKVERBOND_REGISTER_NAME",
    "WIJKVERBOND_REGISTER_OLD_SEED",
    "WIJKVERBOND_REGISTER_SEED",
    "WIJKVERBOND_SECOND_FACTOR",
    "WIJKVERBOND_SECRET_KEY",
    "WIJKVERBOND_SERVER_CURSORS",
    "WIJKVERBOND_SITE_NAME",
    "WIJKVERBOND_STATIC_ROOT",
    "WIJKVERBOND_THEME_CLASS",
    "WIJKVERBOND_THEME_STYLESHEET",
    "WIJKVERBOND_VAR",
    "WIJKVERBOND_WHEELS",
)
WHOLE_NUMBERS = ("WIJKVERBOND_PROXIES", "WIJKVERBOND_PAGE_SECONDS")
SWITCHES = ("WIJKVERBOND_DEBUG", "WIJKVERBOND_ACCESS_LOG", "WIJKVERBOND_SERVER_CURSORS")
MAILBOXES = (
    "WIJKVERBOND_EMAIL_FROM",
    "WIJKVERBOND_CONTACT_EMAIL",
    "WIJKVERBOND_PRIVACY_EMAIL",
    "WIJKVERBOND_NOTICE_EMAIL",
)
ON_ONE_LINE = (
    "WIJKVERBOND_SITE_NAME",
    "WIJKVERBOND_ORGANISATION",
    "WIJKVERBOND_CONTACT_ADDRESS",
    "WIJKVERBOND_CONTACT_PHONE",
    "WIJKVERBOND_DATA_PLACE",
    "WIJKVERBOND_ACCESSIBLE_EXAMINED",
)
CHOICES = {  # as in kernel.models.SiteDetails
    "WIJKVERBOND_ACCESSIBLE": ("fully", "partly", "begun", "unknown"),
    "WIJKVERBOND_PRIVACY_GROUND": ("public_task", "interest"),
}
ON = ("1", "true", "yes", "on", "y", "ok")
OFF = ("0", "false", "no", "off", "n", "")
POSTGRESQL_SCHEMES = ("postgres", "postgresql", "psql", "pgsql")
SEVERAL_HOSTS = re.compile(r"(?<=[@/,])[^@/,]+,")  # all but the last one
MAIL_SCHEMES = ("smtp", "smtps", "smtp+tls", "smtp+ssl")
OTHER_MAIL_SCHEMES = ("consolemail", "filemail", "memorymail", "dummymail")
KEY_NAME = re.compile(r"[!-*,-~]+")  # as the standard of signed heads says (kernel/merkle.py)
LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}

# Values that stand in the manual or in the source, where everybody can read them.
DOTS = re.compile(r"[.…\s]*")
PASSWORDS_OF_THE_MANUAL = {"choose-one", "password"}
KEY_OF_THE_SOURCE = "only-for-checks-and-tests"  # known seeds: kernel/signing.py
SECRET_LENGTH, DIFFERENT_SIGNS, SEED_BYTES = 50, 5, 32
TOKEN_LENGTH = 20
KNOWN_THERE_BY = ("WIJKVERBOND_OIDC_CLIENT_ID", "WIJKVERBOND_OIDC_SECRET")
PARTS = 3  # of what a group may do: the group, the organisation, what
NEW_KEY = "Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
NEW_SEED = (
    "Make one: python3 -c"
    " 'import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())'"
)
ENCODE = "Write special signs in its user and password as %XX (@ is %40, / is %2F, # is %23)."


def mistakes(env: Environment, known_secrets: frozenset[str] = frozenset()) -> list[Finding]:
    """What an installation cannot be run with; `known_secrets` are those of examples on this machine."""
    known = known_secrets | {KEY_OF_THE_SOURCE}
    secrets = (_secret_key(env, known), _seed(env, known)) if "DATABASE_URL" in env else ()
    return [*itertools.chain(*secrets), *unreadable(env)]


def unreadable(env: Environment) -> list[Finding]:
    """What no command can read or work with, also one that needs no secrets."""
    return [*itertools.chain.from_iterable(rule(env) for rule in MISTAKES)]


def doubts(env: Environment) -> list[Finding]:
    """What an installation can be run with, and what its host surely means otherwise."""
    return [*itertools.chain.from_iterable(rule(env) for rule in DOUBTS)]


def is_on(value: str) -> bool:
    """Whether a switch is on."""
    return value.lower() in ON


def _url(text: str) -> SplitResult | None:
    """An address in its parts; nothing when it cannot be read."""
    try:
        parts = urlsplit(text)
        return parts if parts.port is None or parts.port else None
    except ValueError:
        return None


def _secret_key(env: Environment, known: frozenset[str]) -> Findings:
    key = env.get("WIJKVERBOND_SECRET_KEY", "")
    if DOTS.fullmatch(key):
        yield Finding("WIJKVERBOND_SECRET_KEY is missing.", NEW_KEY)
    elif key in known:
        yield Finding("WIJKVERBOND_SECRET_KEY is one that others know too.", NEW_KEY)
    elif len(key) < SECRET_LENGTH or len(set(key)) < DIFFERENT_SIGNS:
        what = f"WIJKVERBOND_SECRET_KEY can be guessed: it needs {SECRET_LENGTH} random signs."
        yield Finding(what, NEW_KEY)


def _seed(env: Environment, known: frozenset[str]) -> Findings:
    seed = env.get("WIJKVERBOND_REGISTER_SEED", "")
    if DOTS.fullmatch(seed):
        yield Finding("WIJKVERBOND_REGISTER_SEED is missing.", NEW_SEED)
    elif seed in known:
        what = "WIJKVERBOND_REGISTER_SEED is one that others know too: they can sign as you."
        yield Finding(what, NEW_SEED)
    elif not _is_seed(seed):
        what = f"WIJKVERBOND_REGISTER_SEED is not {SEED_BYTES} bytes in base64."
        yield Finding(what, f"Look whether it was copied whole. {NEW_SEED}")


def _is_seed(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == SEED_BYTES
    except (binascii.Error, ValueError):
        return False


def _key_name(env: Environment) -> Findings:
    name = env.get("WIJKVERBOND_REGISTER_NAME")
    if name is not None and not KEY_NAME.fullmatch(name):
        what = (
            "WIJKVERBOND_REGISTER_NAME cannot be the name of a key: letters without accents only."
        )
        yield Finding(what, "Take the host name of the site, without spaces and plus signs.")


def _database(env: Environment) -> Findings:
    if "DATABASE_URL" not in env:
        return
    url = _url(SEVERAL_HOSTS.sub("", env["DATABASE_URL"]))
    if url is None:
        yield Finding("DATABASE_URL cannot be read.", ENCODE)
    elif url.scheme not in POSTGRESQL_SCHEMES:
        what = "DATABASE_URL is not the address of a PostgreSQL."
        yield Finding(what, "Write it as postgresql://user:password@host:5432/name.")
    elif url.fragment or not url.path.strip("/"):
        yield Finding("DATABASE_URL names no database after its host.", ENCODE)
    elif unquote(url.password or "") in PASSWORDS_OF_THE_MANUAL:
        what = "DATABASE_URL has the password of the manual."
        yield Finding(what, "Choose another, also in the database: ALTER ROLE … PASSWORD …")


def _address(env: Environment) -> Findings:
    address = env.get("WIJKVERBOND_ADDRESS")
    if address is None:
        return
    url = _url(address)
    if url is None or url.scheme not in ("http", "https") or not url.hostname:
        what = "WIJKVERBOND_ADDRESS is not the address of a site."
        yield Finding(what, "Write it with its beginning: https://wijk.example.nl")
    elif url.path or url.query or url.fragment or url.username:
        what = "WIJKVERBOND_ADDRESS has more than a host, or ends with a slash."
        yield Finding(what, f"Write {url.scheme}://{url.hostname} and nothing after it.")
    elif url.scheme == "https" and not (_answers_to(url.hostname, env) or [*_host_names(env)]):
        what = f"WIJKVERBOND_HOSTS does not have {url.hostname}: every visitor would be refused."
        yield Finding(what, f"Set WIJKVERBOND_HOSTS={url.hostname}")


def _hosts(env: Environment) -> list[str]:
    return [host.strip() for host in env.get("WIJKVERBOND_HOSTS", "").split(",") if host.strip()]


def _answers_to(host: str, env: Environment) -> bool:
    """Whether a host is among those of the settings, as Django reads them."""
    return any(
        pattern == "*" or host == pattern.lower() or (pattern[0] == "." and host.endswith(pattern))
        for pattern in _hosts(env) or LOCAL_HOSTS
    )


def _host_names(env: Environment) -> Findings:
    for host in _hosts(env):
        if "/" in host or re.search(r"[^:\]]:\d+$", host):
            what = f"WIJKVERBOND_HOSTS has {host}, which is not the name of a host."
            yield Finding(what, "Write it without https:// and without a port.")


def _debugging(env: Environment) -> Findings:
    address = env.get("WIJKVERBOND_ADDRESS", "")
    if is_on(env.get("WIJKVERBOND_DEBUG", "")) and address.startswith("https://"):
        what = "WIJKVERBOND_DEBUG shows settings and data to every visitor who meets an error."
        yield Finding(what, "Take WIJKVERBOND_DEBUG away.")


def _mail(env: Environment) -> Findings:
    if "WIJKVERBOND_EMAIL_URL" not in env:
        return
    url = _url(env["WIJKVERBOND_EMAIL_URL"])
    if url is None or (url.scheme in MAIL_SCHEMES and (url.fragment or url.path.strip("/"))):
        yield Finding("WIJKVERBOND_EMAIL_URL cannot be read.", ENCODE)
    elif url.scheme not in (*MAIL_SCHEMES, *OTHER_MAIL_SCHEMES):
        what = "WIJKVERBOND_EMAIL_URL is not the address of a mail server."
        yield Finding(what, "Write it as smtp+tls://user:password@host:587.")
    elif url.scheme in MAIL_SCHEMES and not url.hostname:
        what = "WIJKVERBOND_EMAIL_URL names no mail server."
        yield Finding(what, "Write it as smtp+tls://user:password@host:587.")


def _mailboxes(env: Environment) -> Findings:
    for name in MAILBOXES:
        if name in env and not re.fullmatch(r"[^\s@<>,]+@[^\s@<>,]+", env[name]):
            what = f"{name} is not an e-mail address."
            yield Finding(what, "Write the address alone; a name is WIJKVERBOND_SITE_NAME.")


def _lines(env: Environment) -> Findings:
    for name in ON_ONE_LINE:
        if not is_one_line(env.get(name, "")):
            what = f"{name} takes more than one line, which no mail can bear."
            yield Finding(what, "Write it on one line, without tabs and other control signs.")


def _colour(env: Environment) -> Findings:
    colour = env.get("WIJKVERBOND_COLOUR", "")
    if colour and not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        yield Finding("WIJKVERBOND_COLOUR is no colour.", "Write it as #0b5a45.")
    elif colour and (ratio := colours.weakest(colour)) < colours.NEEDED:
        what = (
            f"WIJKVERBOND_COLOUR has a contrast of {ratio:.1f} : 1: not everyone can read with it."
        )
        yield Finding(what, f"Choose a darker one: {colours.NEEDED} : 1 is needed.")


def _choices(env: Environment) -> Findings:
    for name, words in CHOICES.items():
        if env.get(name, "") not in {"", *words}:
            yield Finding(f"{name} is none of its words.", f"Write {', '.join(words)}.")


def _listening(env: Environment) -> Findings:
    try:
        ipaddress.IPv4Address(env.get("WIJKVERBOND_LISTEN", "127.0.0.1"))
    except ValueError:
        what = "WIJKVERBOND_LISTEN is not an IPv4 address."
        yield Finding(what, "Write 127.0.0.1 behind a proxy on this machine, 0.0.0.0 for all.")


def _numbers(env: Environment) -> Findings:
    for name in WHOLE_NUMBERS:
        if not env.get(name, "0").isdecimal():
            yield Finding(f"{name} is not a whole number.", "Write figures only, 0 or more.")


def _switches(env: Environment) -> Findings:
    for name in SWITCHES:
        if env.get(name, "").lower() not in (*ON, *OFF):
            yield Finding(f"{name} is neither on nor off.", "Write 1 for on, 0 for off.")


def _log_form(env: Environment) -> Findings:
    if env.get("WIJKVERBOND_LOG", "") not in ("", "json"):
        what = "WIJKVERBOND_LOG is no form of the log."
        yield Finding(what, "Write json, or take it away for lines that people read.")


def _second_factor(env: Environment) -> Findings:
    if env.get("WIJKVERBOND_SECOND_FACTOR", "operators") not in ("operators", "government"):
        what = "WIJKVERBOND_SECOND_FACTOR does not say of whom a second step is asked."
        yield Finding(what, "Write operators, or government for these and people of government.")


def _organisation(env: Environment) -> Findings:
    if not env.get("WIJKVERBOND_OIDC_ISSUER"):
        return
    url = _url(env["WIJKVERBOND_OIDC_ISSUER"])
    host = url.hostname if url else None
    if not (url and host and (url.scheme == "https" or host in LOCAL_HOSTS)):
        what = "WIJKVERBOND_OIDC_ISSUER is not an https address."
        yield Finding(what, "Write the address of the issuer, without /.well-known/ behind it.")
    elif missing := [name for name in KNOWN_THERE_BY if not env.get(name)]:
        what = f"Nobody can sign in at their organisation without {' and '.join(missing)}."
        yield Finding(what, "Ask who looks after that sign-in for it.")


def _groups(env: Environment) -> Findings:
    for row in env.get("WIJKVERBOND_OIDC_MANDATES", "").split(";"):
        parts = [part.strip() for part in row.split(">")]
        if row.strip() and (len(parts) != PARTS or parts[-1] not in ("take_part", "decide")):
            what = f"WIJKVERBOND_OIDC_MANDATES cannot be read at “{row.strip()}”."
            remedy = "Write group > organisation > take_part (or decide), with ; between several."
            yield Finding(what, remedy)


def _networks(env: Environment) -> Findings:
    for network in filter(None, env.get("WIJKVERBOND_METRICS_NETWORKS", "").split(",")):
        try:
            ipaddress.ip_network(network)
        except ValueError:
            what = f"WIJKVERBOND_METRICS_NETWORKS has {network}, which is no network."
            yield Finding(what, "Write it as 10.0.0.0/8, with commas between several.")


def _metrics_token(env: Environment) -> Findings:
    token = env.get("WIJKVERBOND_METRICS_TOKEN", "")
    if token and (len(token) < TOKEN_LENGTH or len(set(token)) < DIFFERENT_SIGNS):
        what = f"WIJKVERBOND_METRICS_TOKEN can be guessed: it needs {TOKEN_LENGTH} random signs."
        yield Finding(what, NEW_KEY)


def _fonts(env: Environment) -> Findings:
    folder = env.get("WIJKVERBOND_PDF_FONTS", "")
    if folder and not Path(folder).is_dir():
        what = "WIJKVERBOND_PDF_FONTS is not a folder that can be read."
        yield Finding(what, "Write its whole path, and let the user of the site read it.")


def _theme_class(env: Environment) -> Findings:
    if not re.fullmatch(r"[\w-]*", env.get("WIJKVERBOND_THEME_CLASS", "")):
        what = "WIJKVERBOND_THEME_CLASS is not one class."
        yield Finding(what, "Write its name as in the stylesheet, without dot and spaces.")


def _dollars(env: Environment) -> Findings:
    for name, value in env.items():
        if (name.startswith(PREFIX) or name == "DATABASE_URL") and value.startswith("$"):
            what = f"{name} begins with a dollar sign, which would name another setting."
            yield Finding(what, "Let it begin with another sign.")


def _unknown(env: Environment) -> Findings:
    for name in sorted(env):
        if name.startswith(PREFIX) and name not in NAMES:
            meant = difflib.get_close_matches(name, NAMES, 1)
            remedy = f"Is {meant[0]} meant?" if meant else "Take it away."
            yield Finding(f"There is no setting {name}.", remedy)


def _no_mail(env: Environment) -> Findings:
    url = urlsplit(env.get("WIJKVERBOND_EMAIL_URL", "consolemail://"))
    if url.scheme not in MAIL_SCHEMES:
        what = "Mails go to no mail server, so nobody gets a code to sign in."
        yield Finding(what, "Set WIJKVERBOND_EMAIL_URL=smtp+tls://user:password@host:587")
    elif url.password in PASSWORDS_OF_THE_MANUAL:
        what = "WIJKVERBOND_EMAIL_URL has the password of the manual."
        yield Finding(what, "Write that of your mail server.")


def _not_secure(env: Environment) -> Findings:
    url = urlsplit(env.get("WIJKVERBOND_ADDRESS", ""))
    if url.scheme != "https" and url.hostname not in {*LOCAL_HOSTS, None}:
        what = "WIJKVERBOND_ADDRESS is not https: everyone on the way can read along."
        yield Finding(what, "Let your web server take a certificate, and write https://.")


def _theme(env: Environment) -> Findings:
    sheet = env.get("WIJKVERBOND_THEME_STYLESHEET", "")
    folders = PACKAGE.glob("*/static")
    if sheet and not any((folder / sheet.lstrip("/")).is_file() for folder in folders):
        what = f"WIJKVERBOND_THEME_STYLESHEET={sheet} is not there: the site has its own colours."
        yield Finding(what, f"Put the file at {PACKAGE / 'ui' / 'static'}/{sheet.lstrip('/')}")


def _no_fonts(env: Environment) -> Findings:
    folder = env.get("WIJKVERBOND_PDF_FONTS", "")
    if folder and not any(Path(folder).rglob("*.[to]tf")):
        what = "WIJKVERBOND_PDF_FONTS has no fonts."
        yield Finding(what, "Put files in it that end in .ttf or .otf.")


def _old_seed(env: Environment) -> Findings:
    if env.get("WIJKVERBOND_REGISTER_OLD_SEED"):
        what = (
            "WIJKVERBOND_REGISTER_OLD_SEED lies on the server, where only the new seed is needed."
        )
        yield Finding(what, "Take it away once the command register rotate is done.")


def _any_host(env: Environment) -> Findings:
    if "*" in _hosts(env):
        what = "WIJKVERBOND_HOSTS has *, so the site answers to names that are not its own."
        yield Finding(what, "Name its hosts.")


MISTAKES: tuple[Callable[[Environment], Findings], ...] = (
    _dollars,
    _database,
    _key_name,
    _address,
    _host_names,
    _debugging,
    _mail,
    _mailboxes,
    _lines,
    _choices,
    _colour,
    _listening,
    _numbers,
    _switches,
    _log_form,
    _second_factor,
    _organisation,
    _groups,
    _networks,
    _metrics_token,
    _fonts,
    _theme_class,
)
DOUBTS: tuple[Callable[[Environment], Findings], ...] = (
    _unknown,
    _no_mail,
    _not_secure,
    _old_seed,
    _any_host,
    _theme,
    _no_fonts,
)
