"""When the last good back-up was made: so that the doctor, and a page for who hosts, can say it."""

import datetime as dt

from wijkverbond.kernel.models import LastBackup


def note(made_at: dt.datetime) -> None:
    """Keep that there is a good back-up of the database as it was at this moment."""
    LastBackup.objects.update_or_create(id=1, defaults={"made_at": made_at})


def last() -> dt.datetime | None:
    """The moment of the last good back-up, or None when there never was one."""
    return LastBackup.objects.values_list("made_at", flat=True).first()
