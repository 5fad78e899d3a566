"""A real server that publishes the figures and boundaries of one small municipality, well or badly."""

import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from wijkverbond.places.tests.conftest import feature, square

Answer = tuple[int, bytes, dict[str, str]]
TABLE = {
    "value": [
        {"WijkenEnBuurten": "GM9001    ", "AantalInwoners_5": 1700, "Koopwoningen_47": 60},
        {"WijkenEnBuurten": "WK900101  ", "AantalInwoners_5": 1000, "Koopwoningen_47": None},
        {"WijkenEnBuurten": "BU90010101", "AantalInwoners_5": 600, "Onbekend_99": 7},
        {"WijkenEnBuurten": "BU10900199", "AantalInwoners_5": 5},
    ]
}
CODES = {"gemeenten": "GM9001", "wijken": "WK900101", "buurten": "BU90010101"}


def json_answer(value: object) -> Answer:
    """A good answer."""
    return 200, json.dumps(value).encode(), {}


class Publisher:
    """What the server answers by path, and what was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: dict[str, Answer] = {"/figures": json_answer(TABLE)}
        for layer, code in CODES.items():
            shape = feature(code, square(6.5, 53.0), naam=None, statnaam=f"Naam van {code}")
            page = {"type": "FeatureCollection", "features": [shape]}
            self.answers[f"/{layer}"] = json_answer(page)


@pytest.fixture
def publisher(settings: Settings) -> Iterator[Publisher]:
    """A publisher with one small municipality."""
    publishing = Publisher()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            publishing.asked.append(path)
            status, body, headers = publishing.answers[path]
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever).start()
        address = f"http://127.0.0.1:{server.server_port}"
        settings.FIGURES_URL = address + "/figures?table={table}&code={code}"
        settings.BOUNDARIES_URL = address + "/{layer}?year={year}&code={code}&start={start}"
        yield publishing
        server.shutdown()
