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
from wijkverbond.commitments.tests import agreed
from wijkverbond.config.launch.homes import CHECKOUT
from wijkverbond.kernel.actor import Actor
from wijkverbond.kernel.tests import signed
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
        assert [said(process) for process in started] == ["ready"] * len(started)
        yield started
    finally:
        for process in started:
            process.kill()
            process.communicate()


def said(process: Process) -> str:
    """The next line that a process says."""
    assert process.stdout
    return process.stdout.readline().strip()


def sign_at_once(covenant: Covenant, started: list[Process]) -> list[str]:
    """What each process says of its signature."""
    for process in started:
        assert process.stdin
        process.stdin.write(f"{covenant.id}\n")
    return sorted(said(process) for process in started)


def numbers(covenant: Covenant) -> list[int]:
    """The n of n of m in the register, of the covenant's signatures in order."""
    found = agreed.recorded(covenant, "signed")
    return [facts["signed"] for facts in found if facts["covenant"] == str(covenant.id)]


def test_two_last_signatures_at_the_same_instant_bring_it_into_force_exactly_once(
    rounds: int,
) -> None:
    world = make.world()
    with processes(world.shopkeeper, world.corporation) as started:
        for number in range(1, rounds + 1):
            covenant = agreed.sign(agreed.opened(world), world.resident)
            assert sign_at_once(covenant, started) == ["in_force", "signing"]
            assert numbers(covenant) == [1, 2, 3]
            in_force = agreed.recorded(covenant, "covenant_in_force")
            assert [facts["number"] for facts in in_force] == list(range(1, number + 1))
            assert len(agreed.recorded(covenant, "covenant_renewed")) == number - 1
    assert Covenant.objects.filter(state="in_force").get() == covenant
    assert signed.check(world.coalition.id) > 0


def test_two_people_who_sign_for_one_partner_at_the_same_instant_sign_once(
    rounds: int,
) -> None:
    world = make.world()
    other = agreed.colleague(world.corporation)
    with processes(world.corporation, other) as started:
        for _ in range(rounds):
            covenant = agreed.opened(world)
            assert sign_at_once(covenant, started) == ["refused", "signing"]
            assert numbers(covenant) == [1]
            assert covenant.signatures.count() == 1
    assert signed.check(world.coalition.id) > 0
