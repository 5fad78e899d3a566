"""Naming a record of an outer query from inside its subqueries, however deep they stand."""

import uuid

from django.db.models import OuterRef

RecordKey = uuid.UUID | OuterRef


def inward(key: RecordKey) -> RecordKey:
    """The same record, as it is named one subquery deeper."""
    return OuterRef(key) if isinstance(key, OuterRef) else key
