"""Real processes that sign at the same instant, on the real database.

A few times; `./wijkverbond test --long` does it a hundred times.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import make
from wijkverbond.commitments.models import Covenant
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.config.launch.homes import CHECKOUT
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.tests.stream_check import check_stream
from wijkverbond.kernel.tests.test_simultaneous_recording import address

PROGRAM = Path(__file__).with_name("signing_process.py")
ROUNDS, LONG_ROUNDS = 8, 100

pytestmark = pytest.mark.django_db(transaction=True)

Process = subprocess.Popen[str]


@pytest.fixture
def rounds(is_long: bool) -> int:
    """How often they sign at once."""
    return LONG_ROUNDS if is_long else ROUNDS


@contextlib.contextmanager
def processes(*signers: Actor) -> Iterator[list[Process]]:
    """A process for each signer, ready to sign."""
    paths = os.pathsep.join([str(CHECKOUT), str(CHECKOUT / "src")])
    started = [
        subprocess.Popen(
            [sys.executable, PROGRAM, str(signer.party), str(signer.person)],
            env={**os.environ, "DATABASE_URL": address(), "PYTHONPATH": paths},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        for signer in signers
    ]
    try:
        assert [next_line(process) for process in started] == ["ready"] * len(started)
        yield started
    finally:
        for process in started:
            process.kill()
            process.communicate()


def next_line(process: Process) -> str:
    """The next line that a process says."""
    assert process.stdout
    return process.stdout.readline().strip()


def sign_at_once(covenant: Covenant, started: list[Process]) -> list[str]:
    """What each process says of its signature."""
    for process in started:
        assert process.stdin
        process.stdin.write(f"{covenant.id}\n")
    return sorted(next_line(process) for process in started)


def recorded_numbers(covenant: Covenant) -> list[int]:
    """The n of n of m in the register, of the covenant's signatures in order."""
    recorded_signatures = make_commitments.recorded(covenant, "signed")
    return [
        facts["signed"] for facts in recorded_signatures if facts["covenant"] == str(covenant.id)
    ]


def test_two_last_signatures_at_the_same_instant_bring_it_into_force_exactly_once(
    rounds: int,
) -> None:
    world = make.world()
    with processes(world.shopkeeper, world.corporation) as started:
        for number in range(1, rounds + 1):
            covenant = make_commitments.sign(make_commitments.opened(world), world.resident)
            assert sign_at_once(covenant, started) == ["in_force", "signing"]
            assert recorded_numbers(covenant) == [1, 2, 3]
            in_force = make_commitments.recorded(covenant, "covenant_in_force")
            assert [facts["number"] for facts in in_force] == list(range(1, number + 1))
            assert len(make_commitments.recorded(covenant, "covenant_renewed")) == number - 1
    assert Covenant.objects.filter(state="in_force").get() == covenant
    assert check_stream(world.coalition.id) > 0


def test_two_people_who_sign_for_one_partner_at_the_same_instant_sign_once(
    rounds: int,
) -> None:
    world = make.world()
    other = make_commitments.colleague(world.corporation)
    with processes(world.corporation, other) as started:
        for _ in range(rounds):
            covenant = make_commitments.opened(world)
            assert sign_at_once(covenant, started) == ["refused", "signing"]
            assert recorded_numbers(covenant) == [1]
            assert covenant.signatures.count() == 1
    assert check_stream(world.coalition.id) > 0
