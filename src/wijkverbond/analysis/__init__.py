"""Pure computation: numbers in, numbers out; no Django, no clock, no randomness."""

import os

# Linear algebra on one thread: the same last bits everywhere, and on these sizes also the fastest.
# It must be known before numpy is first imported, so here.
for _setting in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_setting, "1")
