"""The kernel as a Django app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

# The modules in which a capability declares something; a capability has those that it needs.
DECLARATIONS = (
    "events",
    "policies",
    "decision_types",
    "personal_data",
    "followers",
    "streams",
    "memberships",
    "limit_lifts",
    "my_tasks",
    "checks",
)


class KernelConfig(AppConfig):
    """The journal's tables; finds what the capabilities declare."""

    name = "wijkverbond.kernel"

    def ready(self) -> None:
        """Load every capability's declarations, so that the registries are complete."""
        autodiscover_modules(*DECLARATIONS)
