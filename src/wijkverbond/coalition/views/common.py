"""What the pages of the circle have in common."""

from functools import partial

from wijkverbond.ui import navigation

crumbs = partial(navigation.crumbs, "coalition:who")
