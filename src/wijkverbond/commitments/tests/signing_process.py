"""A process of its own that signs: `signing_process.py PARTY PERSON`, each covenant that it is given.

It says "ready", and then for each line with the id of a covenant: the state after its signature, or
"refused".
"""

import os
import sys
import uuid

import django


def say(word: str) -> None:
    """A line on standard output, at once."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main() -> None:
    """Sign what comes in, until nothing comes any more."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wijkverbond.config.settings")
    django.setup()

    from django.core.exceptions import ValidationError  # noqa: PLC0415 - models need the set-up
    from django.db import connection  # noqa: PLC0415

    from wijkverbond.coalition.models import Party  # noqa: PLC0415
    from wijkverbond.coalition.queries import acting_for  # noqa: PLC0415
    from wijkverbond.commitments.models import Covenant  # noqa: PLC0415
    from wijkverbond.commitments.tests import make as make_commitments  # noqa: PLC0415
    from wijkverbond.kernel import clock  # noqa: PLC0415

    party, person = map(uuid.UUID, sys.argv[1:])
    connection.ensure_connection()
    say("ready")
    for line in sys.stdin:
        actor = acting_for(person, Party.objects.get(id=party), now=clock.now())
        try:
            state = make_commitments.sign(Covenant.objects.get(id=line.strip()), actor).state
        except ValidationError:
            state = "refused"
        say(state)


if __name__ == "__main__":
    main()
