"""What doing asks of partners, and what of their own the same page shows them."""

from wijkverbond.actions.my_tasks import initiatives, pledges, requests

__all__ = ["initiatives", "pledges", "requests"]
