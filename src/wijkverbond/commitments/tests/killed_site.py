"""A real site with a database of its own, of which every part can be killed, and who signs there."""

import concurrent.futures
import contextlib
import dataclasses
import http.client
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import environ
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from tests import make
from tests.sweeps import browser
from wijkverbond.accounts import services as accounts
from wijkverbond.accounts.models import User
from wijkverbond.commitments import queries, signing_rule
from wijkverbond.commitments.models import Covenant, Signature
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.config.launch import database, environments, homes, ports, processes, servers
from wijkverbond.config.launch.homes import Home
from wijkverbond.config.launch.processes import Command
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.models import Limit
from wijkverbond.kernel.tests.stream_check import check_stream
from wijkverbond.ui.shown import FIELD

HOST, PORT = "127.0.0.1", 8400
TOKEN = "k" * 32
SLOWEST = 0.4  # seconds: within this a signature has been answered, or is being written

Server = subprocess.Popen[bytes]


@dataclasses.dataclass(frozen=True)
class Letter:
    """A signature on its way to the site: for whom, where, in which session, with which code."""

    actor: Actor
    path: str
    session: str
    code: str


class Site:
    """The database's server and the web server; started again after each kill."""

    def __init__(self, home: Home, port: int) -> None:
        self.home, self.port = home, port
        self.parts: dict[str, Server] = {}
        self._ends: dict[str, contextlib.ExitStack] = {}

    def start(self, part: str) -> None:
        """Start a part, and wait until it can be used."""
        ends = self._ends[part] = contextlib.ExitStack()
        starting: dict[str, Callable[[], contextlib.AbstractContextManager[Server]]] = {
            "database": lambda: database.serving(self.home),
            "web": self._web,
            "worker": lambda: self._running(servers.WORKER),
        }
        self.parts[part] = ends.enter_context(starting[part]())

    def kill(self, part: str) -> None:
        """End a part and all its processes at once, with no word of warning."""
        os.killpg(self.parts[part].pid, signal.SIGKILL)
        self.parts[part].wait()
        self._ends.pop(part).close()

    def stop(self) -> None:
        """End what still runs, in order."""
        for part in ("web", "worker", "database"):
            if part in self._ends:
                self._ends.pop(part).close()

    @contextlib.contextmanager
    def _web(self) -> Iterator[Server]:
        command = servers.web(HOST, self.port, processes=2, beginning=15)
        with self._running(command) as server:
            processes.wait_until(
                lambda: self._ask("GET", "/inloggen/")[0] == 200,
                seconds=60,
                otherwise=lambda: "The site does not answer.",
            )
            yield server

    def _running(self, command: Command) -> contextlib.AbstractContextManager[Server]:
        env = {
            **environments.plain(),
            "DATABASE_URL": database.address(self.home),
            "WIJKVERBOND_SECRET_KEY": settings.SECRET_KEY,
            "WIJKVERBOND_REGISTER_SEED": settings.REGISTER_SEED,
        }
        return processes.running(command, env=env, output=sys.stderr)

    def post(self, letter: Letter, shown: str) -> bool:
        """Whether the site confirmed this signature: it leads on to the covenant.

        It does, unless a part of it is killed: nothing in the letter is wrong.
        """
        fields = {"code": letter.code, FIELD: shown, "csrfmiddlewaretoken": TOKEN}
        status, _page = self._ask("POST", letter.path, letter.session, urlencode(fields))
        assert status is None or not 400 <= status < 500, status
        return status == 302

    def warm(self, letter: Letter) -> str:
        """Open the page of the code, as who signs does, and give what its form says that it shows.

        The first page of a new server is slow.
        """
        status, page = self._ask("GET", letter.path, letter.session)
        assert status == 200, f"the page of the code answers {status}"
        shown = re.search(rf'name="{FIELD}" value="([^"]+)"', page)
        assert shown
        return shown[1]

    def visit(self, path: str) -> tuple[int, str, str | None]:
        """What a stranger gets there: status, page, and after how many seconds to try again."""
        with contextlib.closing(http.client.HTTPConnection(HOST, self.port, timeout=30)) as web:
            web.request("GET", path)
            answer = web.getresponse()
            return answer.status, answer.read().decode(), answer.getheader("Retry-After")

    def _ask(
        self, method: str, path: str, session: str = "", body: str = ""
    ) -> tuple[int | None, str]:
        web = http.client.HTTPConnection(HOST, self.port, timeout=30)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        }
        try:
            web.request(method, path, body, headers)
            answer = web.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return None, ""
        finally:
            web.close()


@contextlib.contextmanager
def serving() -> Iterator[Site]:
    """A site with empty tables; this process uses its database too, in place of that of the tests."""
    with (
        homes.temporary_home("signing") as home,
        ports.reserved(HOST, PORT, or_next=True) as port,
        home.held("database", seconds=60),
    ):
        site = Site(home, port)
        try:
            site.start("database")
            with using(database.address(home)):
                call_command("migrate", interactive=False, verbosity=0)
                site.start("web")
                yield site
        finally:
            site.stop()


@contextlib.contextmanager
def using(address: str) -> Iterator[None]:
    """Let Django in this process use another database during the block."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(environ.Env.db_url_config(address))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(before)


def letters(covenant: Covenant, signers: Sequence[Actor]) -> list[Letter]:
    """A signature of each of these people, with the code that was mailed to them."""
    path = reverse("commitments:sign_code", args=[covenant.coalition.slug, covenant.id])
    return [
        Letter(
            actor, path, browser(actor).cookies["sessionid"].value, _mailed_code(covenant, actor)
        )
        for actor in signers
    ]


def sign_and_kill(site: Site, part: str, letters: Sequence[Letter]) -> list[Actor]:
    """All sign at once; at a random moment a part is killed. Who was told that they signed."""
    with concurrent.futures.ThreadPoolExecutor(len(letters)) as pool:
        shown = list(pool.map(site.warm, letters))
        answers = [
            pool.submit(site.post, letter, text)
            for letter, text in zip(letters, shown, strict=True)
        ]
        time.sleep(random.uniform(0, SLOWEST))
        site.kill(part)
        connection.close()
        return [
            letter.actor for letter, answer in zip(letters, answers, strict=True) if answer.result()
        ]


def check_agreement(covenant: Covenant) -> int:
    """Models, journal and register tell the same of a covenant; how many signed it."""
    covenant = Covenant.objects.get(id=covenant.id)
    signed_parties = [str(party) for party in _signed(covenant).values_list("party_id", flat=True)]
    events = _recorded_of(covenant, "signed")
    assert sorted(signed_parties) == sorted(facts["party"] for facts in events)
    assert [facts["signed"] for facts in events] == list(range(1, len(signed_parties) + 1))
    assert {facts["document"] for facts in events} <= {covenant.digest}
    in_force = _recorded_of(covenant, "covenant_in_force")
    assert len(in_force) == int(covenant.state == Covenant.State.IN_FORCE)
    all_answered = signing_rule.complete(signing_rule.count(queries.answers(covenant)))
    assert (covenant.state == Covenant.State.IN_FORCE) == all_answered
    check_stream(covenant.coalition_id)
    return len(signed_parties)


def check_confirmed_are_signed(covenant: Covenant, confirmed: Sequence[Actor]) -> None:
    """Everyone who was told that they signed has signed."""
    signed_parties = set(_signed(covenant).values_list("party_id", flat=True))
    assert {actor.party for actor in confirmed} <= signed_parties


def sign_the_rest(covenant: Covenant, world: make.World) -> None:
    """Those whose signature was lost before it was confirmed sign again."""
    signed_parties = set(_signed(covenant).values_list("party_id", flat=True))
    for actor in world.parties:
        if actor.party not in signed_parties:
            make_commitments.sign(covenant, actor)


def _signed(covenant: Covenant) -> Any:
    return Signature.objects.filter(covenant=covenant, counts=True)


def _recorded_of(covenant: Covenant, name: str) -> list[Mapping[str, Any]]:
    all_facts = make_commitments.recorded(covenant, name)
    return [facts for facts in all_facts if facts["covenant"] == str(covenant.id)]


def _mailed_code(covenant: Covenant, actor: Actor) -> str:
    Limit.objects.all().delete()
    accounts.send_confirmation(
        User.objects.get(id=str(actor.person)),
        queries.signing_purpose(covenant, actor),
        about="tekenen",
    )
    match = re.search(r"\b\d{4} \d{4}\b", str(mail.outbox[-1].body))
    assert match
    return match[0]
