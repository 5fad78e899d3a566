"""That a browser is setting up the site for the first time: other pages then lead back to it."""

from django.http import HttpRequest
from django.urls import reverse

SETTING_UP = "setting_up"  # where a session keeps the secret of the browser that used the link


def shown(request: HttpRequest) -> dict[str, str]:
    """Context processor: the way back to the steps, for who went on to another page meanwhile."""
    index = reverse("installation:index")
    session = getattr(request, "session", {})
    is_elsewhere = SETTING_UP in session and not request.path.startswith(index)
    return {"set_up_url": index} if is_elsewhere else {}
