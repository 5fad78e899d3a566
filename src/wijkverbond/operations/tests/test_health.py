"""What people and machines see of the installation, when it works and when a part does not."""

import datetime as dt
import json
import re
import shutil
from collections.abc import Callable
from ipaddress import ip_network

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from tests import make
from wijkverbond.config.launch.homes import CHECKOUT
from wijkverbond.kernel import backups, clock, jobs
from wijkverbond.kernel.models import Stream
from wijkverbond.operations import queries
from wijkverbond.operations.models import Observation

pytestmark = pytest.mark.django_db

MONITORING = CHECKOUT / "docs" / "administrators" / "monitoring"
FIGURE = re.compile(r"wijkverbond_\w+")
TOKEN = "t" * 20


@pytest.fixture(autouse=True)
def nothing_waits(db: None) -> None:
    """The worker has done what the making of the world left to it."""
    ProcrastinateJob.objects.filter(status="todo").delete()


def worker_seen(*, seconds_ago: int = 5) -> None:
    """A worker gave a sign of life."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s))",
            [seconds_ago],
        )


def job_due(*, minutes_ago: int) -> None:
    """Something waits for the worker since then."""
    jobs.defer("kernel.follow", streams=[])
    ProcrastinateEvent.objects.filter(type="deferred").update(
        at=F("at") - dt.timedelta(minutes=minutes_ago)
    )


def certificate_ends(*, days: float) -> None:
    """The worker saw that the certificate is good for so many days more."""
    Observation.objects.create(subject="certificate", value=days, at=clock.now())


def last_entry_unsigned(world: make.World) -> None:
    """The last entry of a register has no head."""
    Stream.objects.filter(id=world.coalition.id).update(leaves=F("leaves") + 1)


def asked(address: str, **headers: str) -> tuple[int, list[str]]:
    """Status and causes of the probe."""
    answer = Client().get(address, headers=headers)
    return answer.status_code, json.loads(answer.content)["causes"]


def test_a_probe_that_asks_by_number_hears_that_all_is_well(
    world: make.World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    worker_seen()
    with django_assert_max_num_queries(4):
        assert asked("/health", host="10.1.2.3:8000") == (200, [])
    assert Client().get("/gezond/", headers={"host": "10.1.2.3"}).status_code == 400
    assert "Ja, alles werkt." in Client().get("/gezond/").content.decode()


Trouble = Callable[[make.World], object]
TROUBLES: dict[str, tuple[str, tuple[Trouble, ...]]] = {
    "no worker ever ran": ("worker", ()),
    "the worker is silent": ("worker", (lambda _: worker_seen(seconds_ago=200),)),
    "the worker hangs": ("worker", (lambda _: worker_seen(), lambda _: job_due(minutes_ago=11))),
    "the certificate ends": (
        "certificate",
        (lambda _: worker_seen(), lambda _: certificate_ends(days=6.5)),
    ),
    "browsers refuse it": (
        "certificate",
        (lambda _: worker_seen(), lambda _: certificate_ends(days=-1)),
    ),
    "an entry is not signed": ("register", (lambda _: worker_seen(), last_entry_unsigned)),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_does_not_work_is_a_cause_and_is_told_to_people(
    trouble: str, world: make.World
) -> None:
    cause, happenings = TROUBLES[trouble]
    for happens in happenings:
        happens(world)
    assert asked("/health") == (503, [cause])
    assert asked("/health?part=web") == (200, [])
    page = Client().get("/gezond/").content.decode()
    assert "Iets werkt niet zoals het hoort." in page
    [part] = [part for part in queries.parts(queries.figures()) if part.trouble]
    assert str(part.trouble) in page


def test_a_full_disk_is_a_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    worker_seen()
    disk = shutil.disk_usage("/")._replace(total=10**12, free=10**8)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: disk)
    assert asked("/health") == (503, ["disk"])


def test_figures_are_for_who_has_the_token_or_asks_from_a_network_of_the_settings(
    settings: Settings,
) -> None:
    assert Client().get("/metrics").status_code == 404
    settings.METRICS_TOKEN = TOKEN
    for sent, status in ((f"Bearer {TOKEN}", 200), ("Bearer é", 404)):
        assert Client().get("/metrics", headers={"authorization": sent}).status_code == status
    settings.METRICS_NETWORKS = [ip_network("127.0.0.0/8")]
    assert Client().get("/metrics").status_code == 200
    assert Client(REMOTE_ADDR="192.0.2.1").get("/metrics").status_code == 404


def test_alarms_and_dashboard_name_the_figures_that_there_are(
    world: make.World, settings: Settings
) -> None:
    settings.METRICS_NETWORKS = [ip_network("127.0.0.1")]
    worker_seen()
    certificate_ends(days=60)
    backups.note(clock.now())
    text = Client().get("/metrics").content.decode()
    figures = {family.name for family in text_string_to_metric_families(text)}
    with_a_replica = {"wijkverbond_replica_lag_seconds"}
    named = [
        set(FIGURE.findall((MONITORING / file).read_text()))
        for file in ("alarms.yml", "dashboard.json")
    ]
    assert named[1] == figures | with_a_replica
    assert named[0] <= named[1]
