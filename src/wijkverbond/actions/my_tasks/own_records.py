"""A record of a partner's own, as the page with its tasks shows how it stands."""

import dataclasses
import uuid


@dataclasses.dataclass(frozen=True, kw_only=True)
class OwnRecord:
    """A record with how it stands; `address` is the name of its page, of the slug and its id."""

    id: uuid.UUID
    title: str
    address: str
    level: str
    state: str
    more: str
