"""There is nothing of people in what is observed."""

from wijkverbond.kernel.personal_fields import classify
from wijkverbond.operations.models import Observation

classify(Observation, plain=["subject"])
