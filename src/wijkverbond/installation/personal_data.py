"""There is nothing of people in how far the first run is."""

from wijkverbond.installation.models import FetchingOfPlaces, FirstRun
from wijkverbond.kernel.personal_fields import classify

classify(FetchingOfPlaces, plain=["municipality", "why"])
classify(FirstRun, plain=["nonce", "browser", "passed"])
