"""Whom the services of places let do something: each with the action that it asks for, and whose it is."""

from tests.deeds import Deed, nobodys, on
from wijkverbond.places import services as places

DEEDS: dict[str, Deed] = {
    "places.services.import_places": Deed(
        "places.import",
        nobodys,
        on(lambda world: 2024, places.import_places),
        anywhere=True,
    ),
}
