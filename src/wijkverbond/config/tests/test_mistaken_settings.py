"""Thirty mistakes and more that an administrator makes in the settings: each has its sentence."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

from wijkverbond.config.doctor import environment
from wijkverbond.config.launch import commands, env_file, homes
from wijkverbond.config.launch.homes import CHECKOUT
from wijkverbond.config.launch.processes import Failure, Misuse
from wijkverbond.kernel import merkle

KEY = "0123456789" * 5
SEED = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
EXAMPLE = "one-of-the-demonstration-0123456789-0123456789-0123456789"
GOOD = {
    "DATABASE_URL": "postgresql://wijkverbond:a%2Fb@127.0.0.1:5432/wijkverbond",
    "WIJKVERBOND_SECRET_KEY": KEY,
    "WIJKVERBOND_REGISTER_SEED": SEED,
    "WIJKVERBOND_REGISTER_NAME": "wijk.example.nl",
    "WIJKVERBOND_ADDRESS": "https://wijk.example.nl",
    "WIJKVERBOND_HOSTS": "wijk.example.nl",
    "WIJKVERBOND_PROXIES": "1",
    "WIJKVERBOND_EMAIL_URL": "smtp+tls://user:s%40fe@mail.example.nl:587",
    "WIJKVERBOND_EMAIL_FROM": "wijkverbond@example.nl",
    "WIJKVERBOND_LISTEN": "127.0.0.1",
    "WIJKVERBOND_DEBUG": "0",
    "PORT": "8000",
}
MISTAKES = [
    ("DATABASE_URL", "mysql://user:pass@host/name", "is not the address of a PostgreSQL"),
    ("DATABASE_URL", "postgresql://user:pa/ss@host/name", "DATABASE_URL cannot be read"),
    ("DATABASE_URL", "postgresql://user:pa#ss@host/name", "DATABASE_URL cannot be read"),
    ("DATABASE_URL", "postgresql://user:pass@host", "names no database"),
    ("DATABASE_URL", "postgresql://w:choose-one@127.0.0.1/w", "the password of the manual"),
    ("WIJKVERBOND_SECRET_KEY", None, "WIJKVERBOND_SECRET_KEY is missing"),
    ("WIJKVERBOND_SECRET_KEY", "…", "WIJKVERBOND_SECRET_KEY is missing"),
    ("WIJKVERBOND_SECRET_KEY", "too-short", "can be guessed"),
    ("WIJKVERBOND_SECRET_KEY", "ab" * 30, "can be guessed"),
    ("WIJKVERBOND_SECRET_KEY", "only-for-checks-and-tests", "one that others know"),
    ("WIJKVERBOND_SECRET_KEY", EXAMPLE, "one that others know"),
    ("WIJKVERBOND_REGISTER_SEED", None, "WIJKVERBOND_REGISTER_SEED is missing"),
    ("WIJKVERBOND_REGISTER_SEED", "...", "WIJKVERBOND_REGISTER_SEED is missing"),
    ("WIJKVERBOND_REGISTER_SEED", "not base64 é", "not 32 bytes in base64"),
    ("WIJKVERBOND_REGISTER_SEED", SEED[:-8], "not 32 bytes in base64"),
    ("WIJKVERBOND_REGISTER_SEED", EXAMPLE, "they can sign as you"),
    ("WIJKVERBOND_REGISTER_NAME", "wijk aan zee", "cannot be the name of a key"),
    ("WIJKVERBOND_ADDRESS", "wijk.example.nl", "is not the address of a site"),
    ("WIJKVERBOND_ADDRESS", "https://wijk.example.nl:port", "is not the address of a site"),
    ("WIJKVERBOND_ADDRESS", "https://wijk.example.nl/", "ends with a slash"),
    ("WIJKVERBOND_ADDRESS", "https://elders.example.nl", "every visitor would be refused"),
    ("WIJKVERBOND_HOSTS", None, "every visitor would be refused"),
    ("WIJKVERBOND_HOSTS", "https://wijk.example.nl", "is not the name of a host"),
    ("WIJKVERBOND_HOSTS", "wijk.example.nl,wijk.example.nl:443", "is not the name of a host"),
    ("WIJKVERBOND_PROXIES", "one", "is not a whole number"),
    ("WIJKVERBOND_PROXIES", "-1", "is not a whole number"),
    ("WIJKVERBOND_PAGE_SECONDS", "10s", "is not a whole number"),
    ("WIJKVERBOND_DEBUG", "1", "shows settings and data"),
    ("WIJKVERBOND_DEBUG", "sometimes", "neither on nor off"),
    ("WIJKVERBOND_ACCESS_LOG", "all", "neither on nor off"),
    ("WIJKVERBOND_LOG", "jsn", "no form of the log"),
    ("WIJKVERBOND_SECOND_FACTOR", "everyone", "of whom a second step is asked"),
    ("WIJKVERBOND_OIDC_ISSUER", "http://login.example.nl", "is not an https address"),
    ("WIJKVERBOND_OIDC_ISSUER", "https://login.example.nl", "without WIJKVERBOND_OIDC_CLIENT_ID and"),
    ("WIJKVERBOND_OIDC_MANDATES", "Wijkteam > Gemeente", "cannot be read at “Wijkteam > Gemeente”"),
    ("WIJKVERBOND_OIDC_MANDATES", "Wijkteam > Gemeente > sign", "cannot be read at"),
    ("WIJKVERBOND_METRICS_NETWORKS", "10.0.0.0/8,monitor", "has monitor, which is no network"),
    ("WIJKVERBOND_METRICS_TOKEN", "secret", "METRICS_TOKEN can be guessed"),
    ("WIJKVERBOND_EMAIL_URL", "mail.example.nl:587", "is not the address of a mail server"),
    ("WIJKVERBOND_EMAIL_URL", "smtp+tls://:587", "names no mail server"),
    ("WIJKVERBOND_EMAIL_URL", "smtp+tls://user:pa/ss@mail.nl:587", "EMAIL_URL cannot be read"),
    ("WIJKVERBOND_EMAIL_FROM", "Wijkverbond <w@example.nl>", "not an e-mail address"),
    ("WIJKVERBOND_NOTICE_EMAIL", "the host", "NOTICE_EMAIL is not an e-mail address"),
    ("WIJKVERBOND_COLOUR", "#ff8800", "COLOUR has a contrast of"),
    ("WIJKVERBOND_COLOUR", "green", "COLOUR is no colour"),
    ("WIJKVERBOND_ACCESSIBLE", "very", "ACCESSIBLE is none of its words"),
    ("WIJKVERBOND_LISTEN", "localhost", "not an IPv4 address"),
    ("WIJKVERBOND_PDF_FONTS", "/nowhere/fonts", "not a folder that can be read"),
    ("WIJKVERBOND_THEME_CLASS", ".a .b", "is not one class"),
    ("WIJKVERBOND_SITE_NAME", "Wijk\nBcc: x", "takes more than one line"),
    ("WIJKVERBOND_SITE_NAME", "$ite", "begins with a dollar sign"),
]  # fmt: skip
DOUBTS = [
    ("WIJKVERBOND_REGISTER_OLD_SEED", SEED, "Take it away once"),
    ("WIJKVERBOND_HOST", "wijk.example.nl", "Is WIJKVERBOND_HOSTS meant?"),
    ("WIJKVERBOND_EMAIL_URL", None, "nobody gets a code to sign in"),
    ("WIJKVERBOND_EMAIL_URL", "smtp://u:password@mail.nl:25", "the password of the manual"),
    ("WIJKVERBOND_ADDRESS", "http://wijk.example.nl", "everyone on the way can read along"),
    ("WIJKVERBOND_HOSTS", "*", "names that are not its own"),
    ("WIJKVERBOND_THEME_STYLESHEET", "ons/huis.css", "the site has its own colours"),
    ("WIJKVERBOND_PDF_FONTS", str(Path(__file__).parent), "has no fonts"),
]


def changed(name: str, value: str | None) -> dict[str, str]:
    """Good settings but for this one."""
    return {key: text for key, text in {**GOOD, name: value}.items() if text is not None}


def test_good_settings_have_no_mistakes() -> None:
    assert environment.mistakes(GOOD) == []
    assert environment.doubts(GOOD) == []
    house_style = {"WIJKVERBOND_THEME_STYLESHEET": "ui/css/example-theme.css"}
    assert environment.doubts({**GOOD, **house_style}) == []
    for address in ("w:a@one:5432,two:5433/name", "w:a,b@[::1]/name", "w@/name?host=%2Frun"):
        assert environment.mistakes({**GOOD, "DATABASE_URL": f"postgresql://{address}"}) == []
    assert environment.mistakes({}) == []  # a private database, on this machine only


@pytest.mark.parametrize(("name", "value", "sentence"), MISTAKES)
def test_a_mistake_has_one_sentence_and_a_remedy(
    name: str, value: str | None, sentence: str
) -> None:
    [found] = environment.mistakes(changed(name, value), frozenset({EXAMPLE}))
    assert sentence in found.what
    assert found.remedy
    assert "\n" not in str(found)


@pytest.mark.parametrize(("name", "value", "sentence"), DOUBTS)
def test_a_doubt_has_a_sentence_and_the_site_runs(
    name: str, value: str | None, sentence: str
) -> None:
    settings = changed(name, value)
    [found] = environment.doubts(settings)
    assert sentence in str(found)
    assert environment.mistakes(settings) == []


@pytest.mark.parametrize(
    "name", ["DATABASE_URL", "WIJKVERBOND_SECRET_KEY", "WIJKVERBOND_REGISTER_SEED"]
)
def test_no_sentence_repeats_a_secret(name: str) -> None:
    for value in ("hidden:9", "mysql://hidden", "postgresql://u:hidden@host"):
        assert "hidden" not in "".join(map(str, environment.mistakes(changed(name, value))))


def test_names_of_keys_are_those_of_the_register() -> None:
    assert environment.KEY_NAME == merkle.KEY_NAME


def test_the_secrets_of_a_demonstration_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(homes, "base", lambda: tmp_path)
    secrets = homes.Home.named("demo-2").secrets()
    homes.Home.named("run").secrets()
    assert homes.secrets_of_examples() == set(secrets.values())


def launched(tmp_path: Path, lines: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """What `run` says with a file of settings."""
    file = tmp_path / "settings.env"
    file.write_text("".join(f"{name}={value}\n" for name, value in lines.items()))
    ours = ("WIJKVERBOND_", "DATABASE_URL")
    env = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    command = [str(CHECKOUT / "wijkverbond"), "--env-file", str(file), "run"]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_run_refuses_all_mistakes_at_once_and_starts_nothing(tmp_path: Path) -> None:
    answer = launched(tmp_path, {**GOOD, "WIJKVERBOND_HOSTS": "", "WIJKVERBOND_PROXIES": "one"})
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert "every visitor would be refused" in answer.stderr
    assert "WIJKVERBOND_PROXIES is not a whole number" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("command", ["manage", "policies", "run"])
def test_no_command_begins_with_what_it_cannot_read(
    monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://host/name")
    with pytest.raises(Misuse, match="is not the address of a PostgreSQL"):
        commands.dispatch(command, [])


def test_run_refuses_a_database_that_is_not_there_with_a_sentence(tmp_path: Path) -> None:
    away = f"postgresql://wijkverbond:x@/wijkverbond?host={tmp_path}"
    answer = launched(tmp_path, {**GOOD, "DATABASE_URL": away, "PORT": "8663"})
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert "No such file or directory" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_two_web_servers_never_share_a_port(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as the web server does
        other.bind(("127.0.0.1", 0))
        other.listen()
        for name, value in {**GOOD, "PORT": str(other.getsockname()[1])}.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(Failure, match="cannot be used"):
            commands.dispatch("run", ["--only", "web"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a&b", "a&b"),
        ("$HOME and $5", "$HOME and $5"),
        ("  spaces  between  ", "spaces  between"),
        ("'  single & $HOME \"x\" \\n '", "  single & $HOME \"x\" \\n "),
        ('"double & $HOME # it\'s "', "double & $HOME # it's "),
        ("it's # no comment ; here", "it's # no comment ; here"),
        ("a=b%20c", "a=b%20c"),
        ("", ""),
        ('""', ""),
    ],
)  # fmt: skip
def test_a_value_is_read_as_systemd_reads_it(tmp_path: Path, text: str, value: str) -> None:
    file = tmp_path / "settings.env"
    file.write_text(f"# a comment\n; another\n\nNAME={text}\n")
    assert env_file.read(file) == {"NAME": value}


@pytest.mark.parametrize(
    "line",
    ["NAME='a' b", "NAME='a", 'NAME="a\\"b"', "NAME=a\\b", "export NAME=a", "a b=c", "ALONE"],
)
def test_what_can_be_read_in_two_ways_is_refused_without_showing_it(
    tmp_path: Path, line: str
) -> None:
    file = tmp_path / "settings.env"
    file.write_text(f"# first\n{line}\n")
    with pytest.raises(Misuse, match="Line 2 of ") as refused:
        env_file.read(file)
    assert line not in str(refused.value)


def test_what_stands_in_the_environment_goes_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.env"
    file.write_text("ONE_OF_FILE=file\nONE_OF_BOTH=file\n")
    monkeypatch.setattr(os, "environ", {"WIJKVERBOND_ENV_FILE": str(file), "ONE_OF_BOTH": "shell"})
    env_file.load()
    assert (os.environ["ONE_OF_FILE"], os.environ["ONE_OF_BOTH"]) == ("file", "shell")


GENERATOR = Path("/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator")


@pytest.mark.skipif(not GENERATOR.exists(), reason="there is no systemd here")
def test_systemd_itself_reads_the_same(tmp_path: Path) -> None:
    lines = ["A=a&b$&c", "B='  c & \"d\" \\n '", 'C="it\'s # $ "', "D=it's  # here", "E=  f  "]
    folder = tmp_path / "environment.d"
    folder.mkdir()
    file = folder / "settings.conf"
    file.write_text("\n".join(lines))
    env = {"XDG_CONFIG_HOME": str(tmp_path), "PATH": os.defpath}
    answer = subprocess.run([GENERATOR], env=env, capture_output=True, text=True, check=True)
    told = f'{answer.stdout}\nprintf \'%s|\' "$A" "$B" "$C" "$D" "$E"'  # escaped for a shell
    read = subprocess.run(["sh", "-c", told], capture_output=True, text=True, check=True)
    assert read.stdout.split("|")[:-1] == [*env_file.read(file).values()]
