"""Repeatable measurements (quality.md, "Speed and size"); never part of the tests.

Django is set up here, so that it is in the processes that a measurement spawns too; not in those of the
bare site (`_rows`), which has settings of its own.
"""

import os

import django

if "BENCH_BARE" not in os.environ:
    django.setup()
