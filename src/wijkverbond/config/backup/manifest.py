"""What a back-up says of itself: one line of JSON before the data."""

import dataclasses
import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from wijkverbond.accounts.models import User
from wijkverbond.coalition.models import Coalition
from wijkverbond.config.backup.refusals import Refused
from wijkverbond.kernel import clock, signing
from wijkverbond.kernel.models import Entry, Head

COUNTED = {"coalitions": Coalition, "people": User, "entries": Entry, "heads": Head}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Manifest:
    """From which version, when, of which tables and how much; `key` is the register's public key.

    `seed` is secret: only an encrypted back-up has it, when that was asked for.
    """

    version: str
    made_at: dt.datetime
    migrations: list[str]
    counts: dict[str, int]
    key: str
    key_name: str = ""
    seed: str = ""

    def line(self) -> bytes:
        """The manifest as it stands in the file."""
        members = dataclasses.asdict(self) | {"made_at": self.made_at.isoformat()}
        return json.dumps(members).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> "Manifest":
        """The manifest that this line is; what a later version says besides is left."""
        try:
            members: dict[str, Any] = json.loads(line)
            made_at = dt.datetime.fromisoformat(members.pop("made_at"))
            names = {field.name for field in dataclasses.fields(cls)}
            known = {name: value for name, value in members.items() if name in names}
            return cls(made_at=made_at, **known)
        except (KeyError, TypeError, ValueError) as error:
            raise Refused("This version cannot read what the back-up says of itself.") from error


def of_database(*, with_seed: bool) -> Manifest:
    """The manifest of the database as the present transaction sees it."""
    name, seed = (settings.REGISTER_NAME, settings.REGISTER_SEED) if with_seed else ("", "")
    return Manifest(
        version=settings.VERSION,
        made_at=clock.now(),
        migrations=sorted(map(".".join, MigrationLoader(connection).applied_migrations)),
        counts=counts(),
        key=_public_key(),
        key_name=name,
        seed=seed,
    )


def counts() -> dict[str, int]:
    """How much there is of what people would miss."""
    return {name: model._default_manager.count() for name, model in COUNTED.items()}


def _public_key() -> str:
    try:
        return signing.signer().verifier_key
    except signing.CannotSign:  # a database can be backed up without its seed
        return ""
