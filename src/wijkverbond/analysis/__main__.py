"""Commands that only compute: `python -m wijkverbond.analysis opinions DIR …`."""

import os
import sys

# One thread for linear algebra: the same last bits on every start, and here also the fastest.
for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_threads] = "1"

from wijkverbond.analysis import opinions_command  # noqa: E402 (numpy reads the threads on import)

COMMANDS = {"opinions": opinions_command.main}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.stderr.write(f"one of these: {', '.join(COMMANDS)}\n")
        sys.exit(opinions_command.WRONG_CALL)
    sys.exit(COMMANDS[sys.argv[1]](sys.argv[2:]))
