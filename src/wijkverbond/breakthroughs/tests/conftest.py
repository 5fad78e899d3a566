"""Fixtures for the tests of breakthroughs."""

import pytest

from tests import make
from wijkverbond.breakthroughs.models import Breakthrough


@pytest.fixture
def claimed(world: make.World) -> Breakthrough:
    """Reported by the housing corporation."""
    return make.breakthrough(world.coalition, by=world.corporation)
