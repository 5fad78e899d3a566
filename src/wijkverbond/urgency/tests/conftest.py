"""What the tests of conversations and urgencies begin with."""

import pytest

from tests import make
from wijkverbond.urgency.models import Conversation


@pytest.fixture
def open_conversation(world: make.World) -> Conversation:
    """A conversation of the world's coalition, open for thirty days."""
    return make.conversation(world.coalition)
