"""The figures of the installation as Prometheus reads them."""

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from wijkverbond.operations.queries import Figures, Part

# Name, what it is, and the figure.
GAUGES = (
    ("worker_silent_seconds", "Since the worker's last sign of life", "worker_silent"),
    ("oldest_due_job_seconds", "Since the oldest waiting job was due", "oldest_due"),
    ("failed_mails", "Mails that were given up, of the last week", "failed_mails"),
    ("replica_lag_seconds", "How far the replica that is furthest behind is behind", "replica_lag"),
    ("backup_age_seconds", "Since the last good back-up", "backup_age"),
    ("database_bytes", "Size of the database", "database_bytes"),
    ("entries", "Entries of all registers", "entries"),
    ("registers_without_head", "Registers of which the last entry has no head", "registers_without_head"),
    ("disk_free_bytes", "Room where the site writes", "disk_free_bytes"),
    ("certificate_days", "Days until the certificate ends; below zero when refused", "certificate_days"),
)  # fmt: skip


def text(figures: Figures, parts: list[Part]) -> bytes:
    """All figures; one that is unknown is left out."""
    registry = CollectorRegistry()
    for name, what, field in GAUGES:
        value = getattr(figures, field)
        if value is not None:
            Gauge(f"wijkverbond_{name}", what, registry=registry).set(value)
    jobs = Gauge("wijkverbond_jobs", "Jobs of the worker by state", ["state"], registry=registry)
    for state, number in figures.jobs.items():
        jobs.labels(state).set(number)
    works = Gauge("wijkverbond_works", "Whether a part works", ["part"], registry=registry)
    for part in parts:
        works.labels(part.code).set(not part.trouble)
    return generate_latest(registry)
