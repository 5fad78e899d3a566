"""Navigation that capabilities declare, so that no link exists before its page does.

Each capability declares its pages in its `AppConfig.ready()`:

    navigation.coalition_page("insights:index", _("Insights"), order=20)
    navigation.coalition_page("decisions:index", _("Decisions"), order=55, more=True)
    navigation.footer_link("policies:table", _("Who may do what"), column="how", order=10)

Declaring the same view twice is refused at start-up.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from django.urls import reverse
from django.utils.functional import Promise

Text = str | Promise
Column = Literal["how", "about"]
COALITION_HOME = "overview:home"


@runtime_checkable
class Coalition(Protocol):
    """What the navigation knows of a coalition."""

    @property
    def slug(self) -> str:
        """How addresses name it."""

    @property
    def name(self) -> str:
        """How people call it."""


@dataclass(frozen=True)
class Link:
    """A link as a page shows it; `current` marks the page one is on."""

    label: Text
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class TraceStep:
    """One record of a trace: the title of its type, its text, its page; `is_current` marks the one shown."""

    type_title: Text
    label: Text
    url: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class MenuItem:
    """A declared page: its view, label and place in the order."""

    view: str
    label: Text
    order: int
    column: str = ""
    more: bool = False
    title: Text = ""
    is_there: Callable[[], bool] = lambda: True


_coalition: dict[str, MenuItem] = {}
_footer: dict[str, MenuItem] = {}


def _declare(registry: dict[str, MenuItem], entry: MenuItem) -> None:
    if entry.view in registry:
        raise ValueError(f"{entry.view} is declared twice in the navigation")
    registry[entry.view] = entry


def coalition_page(
    view: str, label: Text, *, order: int, more: bool = False, title: Text = ""
) -> None:
    """Declare a page of a coalition; its address takes the coalition's `slug`.

    The eight pages of the cycle stand in the row; everything else stands under "More". `title` is
    how the page is called where there is more room than in the row.
    """
    _declare(_coalition, MenuItem(view, label, order, more=more, title=title))


def footer_link(
    view: str,
    label: Text,
    *,
    column: Column,
    order: int,
    is_there: Callable[[], bool] = lambda: True,
) -> None:
    """Declare a page of the whole site for the footer: how it works, or about this site.

    One that is not always there says when it is, without asking the database: every page has it.
    """
    _declare(_footer, MenuItem(view, label, order, column, is_there=is_there))


def _sorted(entries: Iterable[MenuItem]) -> list[MenuItem]:
    return sorted(entries, key=lambda entry: entry.order)


@dataclass(frozen=True)
class Navigation:
    """The pages of a coalition: those in the row, and those under "More"."""

    row: Sequence[Link]
    more: Sequence[Link] = ()

    @property
    def links(self) -> list[Link]:
        """All of them, as the menu of a phone shows them."""
        return [*self.row, *self.more]

    @property
    def folded(self) -> Link | None:
        """The page one is on, when it stands under "More"."""
        return next((link for link in self.more if link.current), None)


def coalition_nav(slug: str, path: str) -> Navigation:
    """The navigation of one coalition; the entry with the longest matching address is current."""
    urls = {entry.view: reverse(entry.view, kwargs={"slug": slug}) for entry in _coalition.values()}
    current_url = max((url for url in urls.values() if path.startswith(url)), key=len, default="")

    def links(*, more: bool) -> list[Link]:
        entries = _sorted(entry for entry in _coalition.values() if entry.more == more)
        return [
            Link(entry.label, urls[entry.view], urls[entry.view] == current_url)
            for entry in entries
        ]

    return Navigation(links(more=False), links(more=True))


def crumbs(view: str, coalition: Coalition, *links: Link) -> list[Link]:
    """Where one is: the coalition, the declared page `view` of it, and further."""
    entry = _coalition[view]
    return coalition_crumbs(
        coalition, Link(entry.title or entry.label, reverse(view, args=[coalition.slug])), *links
    )


def coalition_crumbs(coalition: Coalition, *links: Link) -> list[Link]:
    """Where one is: the coalition, and further."""
    return [Link(coalition.name, reverse(COALITION_HOME, args=[coalition.slug])), *links]


def footer(column: Column) -> list[Link]:
    """The declared links of one column of the footer."""
    return [
        Link(entry.label, reverse(entry.view))
        for entry in _sorted(_footer.values())
        if entry.column == column and entry.is_there()
    ]
