"""There is nothing of people in how far the first run is."""

from wijkverbond.installation.models import FirstRun
from wijkverbond.kernel.personal_fields import classify

classify(FirstRun, plain=["nonce", "browser", "passed"])
