"""What the tests of these pages do in a browser."""

import re

from django.core import mail
from django.test import Client

ADDRESS = "voorzitter@example.org"


def ask_code(client: Client, address: str = ADDRESS, **more: str) -> str:
    """Ask for a code; the code that was mailed."""
    response = client.post("/inloggen/", {"email": address, **more})
    assert (response.status_code, response["Location"]) == (302, "/inloggen/code/")
    code = re.search(r"\d{4} \d{4}", str(mail.outbox[-1].body))
    assert code
    return code[0]


def is_signed_in(client: Client) -> bool:
    """Whether this browser sees its own data."""
    return client.get("/mijn-gegevens/").status_code == 200
