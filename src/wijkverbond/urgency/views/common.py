"""What the pages of conversations and urgencies have in common."""

from functools import partial

from wijkverbond.ui import navigation

crumbs = partial(navigation.crumbs, "urgency:index")
