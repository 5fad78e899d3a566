"""Makes a world for tests, through the services, as people would.

Plain functions with sensible defaults. Organisations and people are roles; names are unique.
"""

from tests.make.cast import (
    EVERYTHING,
    PLACES,
    World,
    account_of,
    actor,
    asleep,
    coalition,
    colleague,
    first_actor,
    grant,
    ground,
    later,
    namesake,
    operator,
    organisation,
    party,
    say_yes,
    secretariat,
    someone,
    taking_part,
    user,
    world,
)
from tests.make.records import (
    GOAL,
    SEEDS,
    VISION,
    amendment,
    answers,
    benefit,
    breakthrough,
    carry,
    changed,
    closed_by_the_clock,
    conversation,
    decision,
    goal,
    goal_of,
    measurement,
    objection,
    position,
    request,
    urgency,
    version,
)

__all__ = [
    "EVERYTHING", "GOAL", "PLACES", "SEEDS", "VISION", "World", "account_of", "actor",
    "amendment", "answers", "asleep", "benefit", "breakthrough", "carry", "changed", "closed_by_the_clock", "coalition",
    "colleague", "conversation", "decision", "first_actor", "goal", "goal_of", "grant", "ground",
    "later", "measurement", "namesake", "objection", "operator", "organisation", "party", "position",
    "request",
    "say_yes", "secretariat", "someone", "taking_part", "urgency", "user", "version", "world",
]  # fmt: skip
