"""The component page: each component in each state, with its source.

A component's stories are the partials of `templates/ui/stories/<component>.html`; the source shown
is the text of the partial, so what one reads is what was drawn. Tests walk this page.
"""

import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from wijkverbond.ui import http, samples

TEMPLATES = Path(__file__).parent / "templates"
STORIES = TEMPLATES / "ui" / "stories"
PARTIAL = re.compile(r"{% partialdef (\w+) %}\n(.*?)\n{% endpartialdef(?: \w+)? %}", re.DOTALL)


@dataclass(frozen=True)
class Story:
    """One state of a component: as drawn, and the text that draws it."""

    title: str
    html: SafeString
    source: str


@dataclass(frozen=True)
class Component:
    """A component with its stories."""

    name: str
    stories: list[Story]


def _component(file: Path, request: HttpRequest) -> Component:
    context = samples.context()
    stories = [
        Story(
            name.replace("_", " "),
            _rendered(f"ui/stories/{file.name}#{name}", context, request),
            textwrap.dedent(source),
        )
        for name, source in PARTIAL.findall(file.read_text())
    ]
    return Component(file.stem, stories)


def _rendered(template: str, context: dict[str, object], request: HttpRequest) -> SafeString:
    """A story as it stands on a page, except that it may not take the focus when this one opens."""
    html = render_to_string(template, context, request=request)
    return mark_safe(html.replace(" autofocus", ""))  # noqa: S308  (our own template, escaped there)


def _only_where_shown() -> None:
    if not (settings.DEBUG or settings.DEMO):
        raise Http404


def components(request: HttpRequest) -> HttpResponse:
    """Every component; in development and in the demonstration only."""
    _only_where_shown()
    drawn = [_component(file, request) for file in sorted(STORIES.glob("*.html"))]
    context = {"components": drawn, **samples.navigation_context()}
    return http.page(request, "ui/components.html", context)


def focus(request: HttpRequest) -> HttpResponse:
    """The page of one task, as an example; in development and in the demonstration only."""
    _only_where_shown()
    context = {**samples.context(), **samples.navigation_context(), "stop_url": "/ui/"}
    return http.page(request, "ui/focus_example.html", context)
