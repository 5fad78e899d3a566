"""Places, their boundaries and their figures are official: there is no person in them."""

from wijkverbond.kernel.personal_fields import classify
from wijkverbond.places.models import Boundary, KeyFigure, Place

classify(Place, plain=["code", "name", "search_name"])
classify(Boundary, plain=["geometry"])
classify(KeyFigure, plain=["indicator"])
