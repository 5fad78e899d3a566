"""There is nothing of people in how far the first run is."""

from wijkverbond.installation.models import FetchingOfPlaces, FirstRun, Logo
from wijkverbond.kernel.personal_fields import classify

classify(FetchingOfPlaces, plain=["municipality", "why"])
classify(Logo, plain=["digest", "png"])
classify(FirstRun, plain=["nonce", "browser", "passed"])
