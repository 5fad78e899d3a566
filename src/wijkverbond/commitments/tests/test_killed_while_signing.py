"""The web server and the database are killed while people sign: nothing confirmed is lost.

A few times; `./wijkverbond test --long` does it hundreds of times.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from tests import make
from wijkverbond.commitments.tests import killed_site
from wijkverbond.commitments.tests import make as make_commitments
from wijkverbond.commitments.tests.killed_site import Site
from wijkverbond.register import verify

ROUNDS, LONG_ROUNDS = 3, 200


@pytest.fixture(scope="module")
def site(django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """A site with a database of its own, for all kills."""
    with django_db_blocker.unblock(), killed_site.serving() as started:
        yield started


@pytest.mark.parametrize("part", ["web", "database"])
def test_after_a_kill_the_records_agree_and_no_confirmed_signature_is_lost(
    site: Site, part: str, tmp_path: Path, is_long: bool
) -> None:
    world = make.world()
    rounds_by_signatures: Counter[int] = Counter()
    for number in range(1, (LONG_ROUNDS if is_long else ROUNDS) + 1):
        covenant = make_commitments.opened(world)
        confirmed = killed_site.sign_and_kill(
            site, part, killed_site.letters(covenant, world.parties)
        )
        site.start(part)
        killed_site.check_confirmed_are_signed(covenant, confirmed)
        rounds_by_signatures[killed_site.check_agreement(covenant)] += 1
        killed_site.sign_the_rest(covenant, world)
        assert killed_site.check_agreement(covenant) == len(world.parties)
        assert len(make_commitments.recorded(covenant, "covenant_in_force")) == number
    sys.stdout.write(
        f"{part}: kills by signatures that stood after it: {sorted(rounds_by_signatures.items())}\n"
    )
    register = tmp_path / "register.json"
    with register.open("w") as out:
        call_command("register", "export", world.coalition.slug, stdout=out)
    assert verify.main([str(register), "--all"]) == 0
