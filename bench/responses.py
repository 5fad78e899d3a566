"""S5: one response to a statement, from request to stored with its history (at least 60 % of bare).

`./wijkverbond bench responses`. Against a view with the same middleware and the same two writes, asked in
turn over eight connections: 2,000 people answer 25 statements in random order, often again.
"""

import json
import random
import tempfile
import uuid
from pathlib import Path

from django.core.signing import get_cookie_signer
from django.db import connection

from bench import _web
from wijkverbond.config.launch import system
from wijkverbond.kernel import clock
from wijkverbond.urgency import queries
from wijkverbond.urgency.models import Conversation, Participant

PEOPLE = 2_000
REQUESTS = 20_000
CSRF = "a" * 32


def main() -> None:
    """Print answers a second, those of the bare view, and the ratio."""
    system.need(_web.LOAD)
    with _web.demonstration(), tempfile.TemporaryDirectory() as folder:
        scripts = _scripts(Path(folder))
        connection.close()
        sites = (
            _web.serving("wijkverbond.config.launch.site:application", 8701),
            _web.serving("bench._writes:application", 8702),
        )
        with sites[0] as site, sites[1] as writes:
            ours, bare = _web.compared(
                (f"{site}/w/pittelo/meedoen/zin/", scripts[0]), (f"{writes}/write/", scripts[1])
            )
    print(f"responses: {ours:.0f} answers/s")
    print(f"responses: {bare:.0f}/s by a view with the same middleware and the same two writes")
    print(f"responses: ours / bare: {ours / bare:.2f}")


def _scripts(folder: Path) -> tuple[Path, Path]:
    """What the load program sends to each of the two sites."""

    conversation = Conversation.objects.filter(
        coalition__slug="pittelo", closes_at__gt=clock.now()
    ).get()
    assert queries.open_now(conversation.coalition, clock.now()) == conversation
    people = Participant.objects.bulk_create(
        Participant(conversation=conversation, kind="residents", involvement="lives")
        for _ in range(PEOPLE)
    )
    statements = list(
        conversation.statements.filter(state="published").values_list("id", flat=True)
    )
    name = "meedoen"
    chance = random.Random(1)
    chosen = [(chance.choice(people).token, chance.choice(statements)) for _ in range(REQUESTS)]
    return _script(folder / "ours.lua", name, chosen), _script(folder / "bare.lua", name, chosen)


def _script(file: Path, cookie: str, chosen: list[tuple[uuid.UUID, uuid.UUID]]) -> Path:
    signer = get_cookie_signer(salt=cookie)
    signed = {token: signer.sign(str(token)) for token in {token for token, _ in chosen}}
    sent = [
        {
            "cookie": f"csrftoken={CSRF}; {cookie}={signed[token]}",
            "body": f"csrfmiddlewaretoken={CSRF}&statement={statement}&answer=agree&token={token}",
        }
        for token, statement in chosen
    ]
    rows = ",\n".join(
        f"{{{json.dumps(sample['cookie'])}, {json.dumps(sample['body'])}}}" for sample in sent
    )
    file.write_text(f"""
local sent = {{{rows}}}
local number = 0
request = function()
  number = number % #sent + 1
  return wrk.format("POST", nil, {{
    ["Cookie"] = sent[number][1], ["Content-Type"] = "application/x-www-form-urlencoded",
  }}, sent[number][2])
end
""")
    return file
