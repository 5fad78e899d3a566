"""Run a program that ends, with all that it starts, when whoever started it does, however that ends.

`python -m wijkverbond.config.launch.tied PROGRAM …`, for the shell script while it prepares.
"""

import contextlib
import os
import signal
import subprocess
import sys

from wijkverbond.config.launch.processes import (
    Stopped,
    die_with_parent,
    hold_signals,
    raise_on_signals,
    release_signals,
)


def main(command: list[str]) -> int:
    """Run it in a process group of its own, which is killed when we are told to stop."""
    raise_on_signals()
    try:
        die_with_parent(os.getppid(), signal.SIGTERM)
        hold_signals()  # or one that comes now leaves a child that nobody knows
        process = subprocess.Popen(command, process_group=0, preexec_fn=release_signals)
        try:
            release_signals()
            return process.wait()
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    except Stopped:
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
