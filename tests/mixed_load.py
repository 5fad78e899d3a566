"""What goes on at once in a site of which parts are killed, and what must be true of it afterwards.

Each kind of work is told what was confirmed to it: that, and nothing twice, is there afterwards.
"""

import contextlib
import random
import re
import time
import uuid
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from typing import Any

from django.core import mail as sent_here
from django.core.management import CommandError, call_command
from django.core.signing import get_cookie_signer
from django.db import DatabaseError, connection
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.types import JSONValue

from tests import make
from tests.database import behind_the_site
from tests.real_site import Page, Site, soon
from tests.sweeps import browser
from wijkverbond.accounts import mail as mails
from wijkverbond.accounts import services as accounts
from wijkverbond.coalition.models import Involvement
from wijkverbond.commitments import queries, signing_rule
from wijkverbond.commitments.models import Covenant, Signature
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.kernel import jobs
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.models import Limit
from wijkverbond.kernel.tests.stream_check import check_stream
from wijkverbond.places.models import KeyFigure, Place
from wijkverbond.places.tests import nation
from wijkverbond.places.tests.nation import Nation
from wijkverbond.ui.shown import FIELD
from wijkverbond.urgency import services as urgencies
from wijkverbond.urgency.models import Answer, AnswerGiven, Statement
from wijkverbond.urgency.views.responses import CHOSEN, COOKIE

Deed = Callable[[], None]
PEOPLE, MAILS = 6, 25  # in each round
SOME = Nation(municipalities=3, districts=9, neighbourhoods=45)
LONGEST = 0.5  # seconds: within this the work of a round is done, or being done
# The workers of before are silent for longer than a worker may be.
LONG_SILENT = """
    UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '10 minutes'
    WHERE last_heartbeat < (SELECT max(last_heartbeat) FROM procrastinate_workers)
"""
CONTEXT: dict[str, JSONValue] = {"code": "1234 5678", "about": "tekenen", "minutes": 10}


class Work(ABC):
    """One kind of work, done in every round."""

    @abstractmethod
    def begin(self) -> list[Deed]:
        """Make ready for a round; what is done in it, all at once."""

    @abstractmethod
    def check(self) -> None:
        """All is up again: what was confirmed is there, and nothing is there twice."""


def is_taken(page: Page | None) -> bool:
    """Whether the site confirmed a form: it leads on."""
    return page is not None and page.status == 302


class Signing(Work):
    """All partners sign a covenant."""

    def __init__(self, site: Site, world: make.World) -> None:
        self._site, self._world = site, world
        self._covenants: list[Covenant] = []
        self._confirmed: list[Actor] = []
        self.rounds_by_signatures: Counter[int] = Counter()

    def begin(self) -> list[Deed]:
        """Everyone has the page open on which they type the code from their mail."""
        covenant = make_commitments.opened(self._world)
        self._covenants.append(covenant)
        self._confirmed = []
        return [self._letter(covenant, actor) for actor in self._world.parties]

    def _letter(self, covenant: Covenant, actor: Actor) -> Deed:
        path = reverse("commitments:sign_code", args=[covenant.coalition.slug, covenant.id])
        session = browser(actor).cookies["sessionid"].value
        page = self._site.ask("GET", path, sessionid=session)
        assert page
        assert page.status == 200, page.status
        shown = re.search(rf'name="{FIELD}" value="([^"]+)"', page.text)
        assert shown
        fields = {"code": _mailed_code(covenant, actor), FIELD: shown[1]}

        def sign() -> None:
            if is_taken(self._site.send(path, fields, sessionid=session)):
                self._confirmed.append(actor)

        return sign

    def check(self) -> None:
        """Models, journal and register tell the same; who did not sign yet signs now."""
        covenant = Covenant.objects.get(id=self._covenants[-1].id)
        signed = set(_signed(covenant).values_list("party_id", flat=True))
        assert {actor.party for actor in self._confirmed} <= signed
        self.rounds_by_signatures[self._check_agreement(covenant)] += 1
        for actor in self._world.parties:
            if actor.party not in signed:
                make_commitments.sign(covenant, actor)
        assert self._check_agreement(covenant) == len(self._world.parties)
        in_force = make_commitments.recorded(covenant, "covenant_in_force")
        assert len(in_force) == len(self._covenants)

    def _check_agreement(self, covenant: Covenant) -> int:
        covenant = Covenant.objects.get(id=covenant.id)
        signed = [str(party) for party in _signed(covenant).values_list("party_id", flat=True)]
        events = _recorded_of(covenant, "signed")
        assert sorted(signed) == sorted(facts["party"] for facts in events)
        assert [facts["signed"] for facts in events] == list(range(1, len(signed) + 1))
        assert {facts["document"] for facts in events} <= {covenant.digest}
        in_force = _recorded_of(covenant, "covenant_in_force")
        assert len(in_force) == int(covenant.state == Covenant.State.IN_FORCE)
        all_answered = signing_rule.complete(signing_rule.count(queries.answers(covenant)))
        assert (covenant.state == Covenant.State.IN_FORCE) == all_answered
        check_stream(covenant.coalition_id)
        return len(signed)


def _signed(covenant: Covenant) -> Any:
    return Signature.objects.filter(covenant=covenant, counts=True)


def _recorded_of(covenant: Covenant, name: str) -> list[Mapping[str, Any]]:
    all_facts = make_commitments.recorded(covenant, name)
    return [facts for facts in all_facts if facts["covenant"] == str(covenant.id)]


def _mailed_code(covenant: Covenant, actor: Actor) -> str:
    Limit.objects.all().delete()
    purpose = queries.signing_purpose(covenant, actor)
    accounts.send_confirmation(make.account_of(actor), purpose, about="tekenen")
    match = re.search(r"\b\d{4} \d{4}\b", str(sent_here.outbox[-1].body))
    assert match
    return match[0]


class Answering(Work):
    """People answer every sentence of a question, once."""

    def __init__(self, site: Site, world: make.World) -> None:
        self._site, self._world = site, world
        self._conversation = make.conversation(world.coalition)
        self._sent: set[tuple[int, uuid.UUID, int]] = set()
        self._confirmed: set[tuple[int, uuid.UUID, int]] = set()

    def begin(self) -> list[Deed]:
        """Some people begin."""
        return [self._person(number) for number in range(PEOPLE)]

    def _person(self, number: int) -> Deed:
        someone = make.someone(coalition=self._world.coalition)
        participant = urgencies.join(
            self._conversation, actor=someone, kind="residents", involvement=Involvement.LIVES
        )
        path = reverse("urgency:sentence", args=[self._world.coalition.slug])
        cookie = get_cookie_signer(salt=COOKIE).sign(str(participant.token))

        def answer(statement: Statement) -> None:
            value = (number + statement.number) % 3 - 1
            given = (participant.id, statement.id, value)
            self._sent.add(given)
            fields = {"statement": str(statement.id), "answer": CHOSEN[value]}
            page = self._site.send(path, fields, **{COOKIE: cookie})
            if page and is_taken(page) and page.where.endswith(str(statement.id)):
                self._confirmed.add(given)

        statements = list(self._conversation.statements.all())

        def answer_all() -> None:
            for statement in statements:
                answer(statement)

        return answer_all

    def check(self) -> None:
        """Every confirmed answer is there, once, in the history too."""
        members = ("participant_id", "statement_id", "value")
        history = list(AnswerGiven.objects.values_list(*members))
        assert len(set(history)) == len(history)
        assert self._confirmed <= set(history) <= self._sent
        assert set(Answer.objects.values_list(*members)) == set(history)


class Importing(Work):
    """The host brings in the figures of some municipalities."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "kwb.csv"
        self._is_confirmed = False
        nation.write_table(self._file, SOME)

    def begin(self) -> list[Deed]:
        """Nothing of it is known yet."""
        behind_the_site("TRUNCATE places_place CASCADE")
        self._is_confirmed = False
        return [self._bring_in]

    def _bring_in(self) -> None:
        with contextlib.suppress(DatabaseError, CommandError), contextlib.closing(connection):
            year = str(nation.YEAR)
            call_command(
                "places", "import", "--year", year, "--figures", self._file, stdout=StringIO()
            )
            self._is_confirmed = True

    def check(self) -> None:
        """All of it is there, or nothing; then it can be brought in again."""
        whole = (SOME.places, SOME.places * len(nation.FIGURES))
        assert self._known() in ({whole} if self._is_confirmed else {whole, (0, 0)})
        self._bring_in()
        assert self._known() == whole

    def _known(self) -> tuple[int, int]:
        codes = SOME.codes()
        figures = KeyFigure.objects.filter(place__code__in=codes)
        return Place.objects.filter(code__in=codes).count(), figures.count()


class Mailing(Work):
    """The worker sends mails."""

    def __init__(self, site: Site) -> None:
        self._inbox = site.inbox
        self._rounds = 0
        self._expected: set[str] = set()

    def begin(self) -> list[Deed]:
        """Mails are asked for, and the first of them arrived: the worker is at work."""
        self._rounds += 1
        before = len(self._inbox.mails)
        for _ in range(MAILS):
            mails.queue("iemand@example.org", "accounts/mail/confirmation.txt", CONTEXT)
        soon(lambda: len(self._inbox.mails) > before, "The worker sends no mail.")
        return []

    def check(self) -> None:
        """No mail was given up; what was being sent at a kill came again, as the same mail."""
        queued = ProcrastinateJob.objects.filter(task_name="accounts.send_mail")
        assert not queued.exclude(status__in=["todo", "doing", "succeeded"]).exists()
        self._expected |= {job.args["mail_id"] for job in queued}
        received = [(mail["Message-ID"], mail["To"], mail["Subject"]) for mail in self._inbox.mails]
        assert len(set(received)) == len({mail_id for mail_id, *_ in received})
        assert len(received) - len(set(received)) <= self._rounds

    def check_all_arrived(self, *, at_once: bool) -> None:
        """Every mail arrives; what a dead worker was doing at once, or after its two minutes."""
        if at_once:
            with connection.cursor() as cursor:
                cursor.execute(LONG_SILENT)
            jobs.defer("kernel.take_up_jobs", timestamp=0)
        soon(lambda: not self._missing(), "Not every mail arrived.", seconds=200)
        self.check()

    def _missing(self) -> set[str]:
        arrived = {received["Message-ID"][1:].partition("@")[0] for received in self._inbox.mails}
        return self._expected - arrived


def everyone_at_once(works: Sequence[Work], kill: Callable[[], None]) -> None:
    """One round of all works, during which something is killed at a random moment."""
    deeds = [deed for work in works for deed in work.begin()]
    with ThreadPoolExecutor(len(deeds)) as pool:
        done = [pool.submit(deed) for deed in deeds]
        time.sleep(random.uniform(0, LONGEST))
        kill()
    for deed in done:
        deed.result()
