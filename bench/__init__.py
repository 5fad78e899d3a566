"""Repeatable measurements (quality.md, "Speed and size"); never part of the tests.

Django is set up here, so that it is in the processes that a measurement spawns too.
"""

import django

django.setup()
