"""S15: from a fresh clone to a page of the demonstration (at most 120 s, aim 60 s).

`./wijkverbond bench clone`. Clones this repository as committed into an empty folder, with empty caches
of packages, and starts the demonstration as a newcomer does; everything is gone afterwards.
"""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from wijkverbond.config.launch import ports, processes
from wijkverbond.config.launch.homes import CHECKOUT

PORT = 8703
MOST = 120


def main() -> None:
    """Print the seconds until the coalition's page answers, and against 120 s."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        clone = Path(folder, "wijkverbond")
        subprocess.run(["git", "clone", "--quiet", str(CHECKOUT), str(clone)], check=True)
        cloned = time.perf_counter()
        caches = {"UV_CACHE_DIR": f"{folder}/uv", "PIP_NO_CACHE_DIR": "1", "PORT": str(PORT)}
        ours = ("WIJKVERBOND_", "PG", "DATABASE_URL", "PYTHONPATH")
        env = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        with processes.running([clone / "wijkverbond", "demo"], env=env | caches):
            processes.wait_until(
                lambda: ports.status("127.0.0.1", PORT, name="localhost") is not None,
                seconds=600,
                otherwise=lambda: "The demonstration does not answer.",
            )
            ended = time.perf_counter()
    print(f"clone: {cloned - began:.1f} s to clone, {ended - cloned:.1f} s until the site answers")
    print(f"clone: all / {MOST} s: {(ended - began) / MOST:.2f}")


if __name__ == "__main__":
    main()
