"""When many people of one network are welcome at once: a hall in which a question is answered."""

from wijkverbond.kernel.registry import LIMIT_LIFTS, LimitLift
from wijkverbond.urgency import queries

LIMIT_LIFTS.declare(LimitLift(name="urgency.in_the_hall", holds=queries.in_the_hall))
